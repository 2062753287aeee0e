import { describe, expect, test } from 'vitest';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { latestReviews } from '../shared/pull-request-summary.ts';
import { tool } from '../summarize-pull-request.ts';
import { byPath, officially } from './by-path.ts';
import { githubRefusals } from './refusals.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

const NO_CHECKS = { passed: 0, failed: 0, pending: 0, skipped: 0, cancelled: 0, failing: [] };

describe('github_summarize_pull_request', () => {
  const github = useGitHub();

  test('what a reviewer needs, asked for as documented', async () => {
    const { status, json } = await github.call('user_ada', tool.name, {
      repository: 'harbor-bikes/fleet-planner',
      number: 57,
    });

    expect(status).toBe(200);
    expect(json).toEqual({
      title: 'Quote child seats',
      state: 'open',
      is_draft: false,
      author: 'jonas-keller',
      description:
        'City Ferries wants three of the twelve bikes with a child seat. Adds them to the lease quote.',
      base: 'main',
      head: 'feature/child-seats',
      is_mergeable: true,
      created_at: '2026-11-20T09:58:00Z',
      awaits: ['ada-okafor'],
      additions: 55,
      deletions: 6,
      changed_files: 2,
      url: 'https://github.com/harbor-bikes/fleet-planner/pull/57',
      reviews: [{ reviewer: 'grace-lindqvist', state: 'approved' }],
      files: [
        { path: 'src/quote.ts', status: 'modified', additions: 31, deletions: 6 },
        { path: 'src/child-seat.ts', status: 'added', additions: 24, deletions: 0 },
      ],
      checks: { ...NO_CHECKS, passed: 1, failed: 3, failing: ['test', 'build', 'preview/deploy'] },
      is_complete: true,
    });
    const [first, ...others] = github.sent();
    expect(first).toBe('GET /repos/harbor-bikes/fleet-planner/pulls/57');
    expect(others.sort()).toEqual([
      expect.stringMatching(
        /^GET \/repos\/harbor-bikes\/fleet-planner\/commits\/[0-9a-f]{40}\/check-runs\?per_page=100$/,
      ),
      expect.stringMatching(
        /^GET \/repos\/harbor-bikes\/fleet-planner\/commits\/[0-9a-f]{40}\/status\?per_page=100$/,
      ),
      'GET /repos/harbor-bikes/fleet-planner/pulls/57/files?per_page=100',
      'GET /repos/harbor-bikes/fleet-planner/pulls/57/reviews?per_page=100',
    ]);
  });

  test.each([
    ['one that is merged', 49, { state: 'merged', reviews: [], files: [], checks: NO_CHECKS, awaits: [] }],
    ['a draft', 58, { state: 'open', is_draft: true, description: null }],
  ])('%s', async (_, number, expected) => {
    const { json } = await github.call('user_grace', tool.name, {
      repository: 'harbor-bikes/fleet-planner',
      number,
    });

    expect(json).toMatchObject(expected);
  });

  test.each([
    ['no such number', 'user_ada', 'harbor-bikes/fleet-planner', 9_999],
    ['no right to see it', 'user_grace', 'harbor-bikes/old-webshop', 3],
  ])('%s is not_found', async (_, user, repository, number) => {
    const { error } = await github.call(user, tool.name, { repository, number });

    expect(error).toMatchObject({ code: 'not_found', retryable: false });
    expect(github.sent()).toHaveLength(1);
  });

  test("GitHub's own examples", async () => {
    github.bed.provider.script = officially();

    const { json } = await github.bed.environment(tool)({
      input: { repository: 'octocat/Hello-World', number: 1347 },
    });

    expect(json).toEqual({
      title: 'Amazing new feature',
      state: 'open',
      is_draft: false,
      author: 'octocat',
      description: 'Please pull these awesome changes in!',
      base: 'master',
      head: 'new-topic',
      is_mergeable: true,
      created_at: '2011-01-26T19:01:12Z',
      awaits: ['other_user', 'justice-league'],
      additions: 100,
      deletions: 3,
      changed_files: 5,
      url: 'https://github.com/octocat/Hello-World/pull/1347',
      reviews: [{ reviewer: 'octocat', state: 'approved' }],
      files: [{ path: 'file1.txt', status: 'added', additions: 103, deletions: 21 }],
      checks: { ...NO_CHECKS, passed: 1, skipped: 1 },
      is_complete: true,
    });
  });

  test('what GitHub may leave out', async () => {
    const pull = {
      title: 'A change',
      state: 'closed',
      base: { ref: 'main' },
      head: { ref: 'x', sha: 'abc1234' },
      created_at: '2026-11-20T10:00:00Z',
      additions: 0,
      deletions: 0,
      changed_files: 0,
      html_url: 'https://github.com/a/b/pull/1',
    };
    const run = { id: 1, name: 'test', status: 'waiting', conclusion: null, output: null, app: null };
    const status = { context: 'ci', state: 'brand_new', description: null, target_url: null };
    github.bed.provider.script = byPath({
      '/pulls/1': { body: pull },
      '/reviews': { body: [{ state: 'APPROVED', user: null }] },
      '/files': { body: [] },
      '/check-runs': { body: { check_runs: [run] } },
      '/status': { body: { statuses: [status] } },
    });

    const { json } = await github.bed.environment(tool)({ input: { repository: 'a/b', number: 1 } });

    expect(json).toMatchObject({
      state: 'closed',
      author: null,
      description: null,
      is_mergeable: null,
      awaits: [],
      reviews: [{ reviewer: 'ghost', state: 'approved' }],
      checks: { ...NO_CHECKS, pending: 2 },
    });
  });

  test.each(['/reviews', '/check-runs', '/status'])('%s without an end are not all read', async (endless) => {
    const script = officially();
    github.bed.provider.script = (request) => ({
      ...script(request),
      ...(request.url?.includes(endless) && {
        headers: { link: '<https://api.github.com/x?page=2>; rel="next"' },
      }),
    });

    const { json } = await github.bed.environment(tool)({
      input: { repository: 'octocat/Hello-World', number: 1347 },
    });

    expect(json).toMatchObject({ is_complete: false });
    expect(github.bed.provider.requests.filter(({ url }) => url?.includes(endless))).toHaveLength(10);
  });

  test('of many failing checks the first 20 are named', async () => {
    const statuses = Array.from({ length: 30 }, (_, index) => ({ context: `ci-${index}`, state: 'error' }));
    github.bed.provider.script = officially({
      '/check-runs': { body: { check_runs: [] } },
      '/status': { body: { statuses } },
    });

    const { json } = await github.bed.environment(tool)({
      input: { repository: 'octocat/Hello-World', number: 1347 },
    });

    const failing = statuses.slice(0, 20).map(({ context }) => context);
    expect(json).toMatchObject({ checks: { failed: 30, failing } });
  });

  test('all pages of reviews and checks are read, of the files the first', async () => {
    const linked = (body: unknown) => ({
      body,
      headers: { link: '<https://api.github.com/x?per_page=100&page=2>; rel="next"' },
    });
    const review = (login: string, state: string) => ({ user: { login }, state });
    const failed = (id: number) => ({ id, name: `job ${id}`, status: 'completed', conclusion: 'timed_out' });
    const script = officially({ '/files': linked([]) });
    github.bed.provider.script = (request) => {
      const isSecond = request.url?.endsWith('&page=2');
      if (request.url?.includes('/reviews')) {
        return isSecond
          ? { body: [review('hubot', 'APPROVED')] }
          : linked([review('hubot', 'CHANGES_REQUESTED')]);
      }
      if (!request.url?.includes('/check-runs')) return script(request);
      return isSecond ? { body: { check_runs: [failed(2)] } } : linked({ check_runs: [failed(1)] });
    };

    const { json } = await github.bed.environment(tool)({
      input: { repository: 'octocat/Hello-World', number: 1347 },
    });

    expect(json).toMatchObject({
      reviews: [{ reviewer: 'hubot', state: 'approved' }],
      checks: { failed: 2, failing: ['job 1', 'job 2'] },
    });
  });
});

test.each([
  ['the last verdict counts', ['APPROVED', 'CHANGES_REQUESTED'], 'changes_requested'],
  ['a comment leaves a verdict as it is', ['APPROVED', 'COMMENTED'], 'approved'],
  ['a verdict goes before a comment', ['COMMENTED', 'APPROVED'], 'approved'],
  ['a comment alone', ['COMMENTED', 'COMMENTED'], 'commented'],
  ['one that was dismissed', ['APPROVED', 'DISMISSED'], 'dismissed'],
  ['one that is not sent', ['PENDING'], undefined],
])('%s', (_, states, state) => {
  const reviews = latestReviews(states.map((given) => ({ user: { login: 'hubot' }, state: given })));

  expect(reviews).toEqual(state === undefined ? [] : [{ reviewer: 'hubot', state }]);
});

testRefusals(tool, { repository: 'octocat/Hello-World', number: 1347 }, githubRefusals);
testBadInputs(
  tool,
  { repository: 'octocat/Hello-World', number: 1347 },
  { number: [0, -1, 1.5, 2 ** 31, null] },
);
