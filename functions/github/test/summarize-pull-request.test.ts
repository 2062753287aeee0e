import { describe, expect, test } from 'vitest';
import { movedByWeeks } from '../../../local/providers/story-time.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../summarize-pull-request.ts';
import { byPath, officially } from './by-path.ts';
import { githubProviderErrors } from './provider-errors.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

const NO_CHECKS = { passed: 0, failed: 0, pending: 0, skipped: 0, cancelled: 0, failing: [] };

describe('github_summarize_pull_request', () => {
  const github = useGitHub();

  test('returns a summary, and sends the documented requests', async () => {
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
      head_sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      head_repository: 'harbor-bikes/fleet-planner',
      is_mergeable: false,
      merge_state: 'blocked',
      created_at: movedByWeeks('2026-11-20T09:58:00Z'),
      awaits: ['ada-okafor', 'quoting'],
      comments_count: 0,
      review_comments_count: 0,
      additions: 55,
      deletions: 6,
      changed_files: 2,
      url: 'https://github.com/harbor-bikes/fleet-planner/pull/57',
      reviews: [
        {
          reviewer: 'ada-okafor',
          state: 'asked_again',
          previous_state: 'changes_requested',
          is_outdated: true,
          text: 'Please show the weight of each seat.',
        },
        {
          reviewer: 'ghost',
          state: 'dismissed',
          previous_state: null,
          is_outdated: true,
          text: 'Not before the winter.',
        },
        {
          reviewer: 'grace-lindqvist',
          state: 'approved',
          previous_state: null,
          is_outdated: true,
          text: null,
        },
      ],
      review_threads: [],
      files: [
        { path: 'src/quote.ts', status: 'modified', additions: 31, deletions: 6 },
        { path: 'src/child-seat.ts', status: 'added', additions: 24, deletions: 0 },
      ],
      checks: { ...NO_CHECKS, passed: 3, failed: 3, failing: ['test', 'build', 'preview/deploy'] },
      is_complete: true,
      missing: [],
    });
    const [first, ...others] = github.sent();
    expect(first).toBe('GET /repos/harbor-bikes/fleet-planner/pulls/57');
    expect(others.sort()).toEqual([
      expect.stringMatching(/\/actions\/runs\?head_sha=[0-9a-f]{40}&per_page=100$/),
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
    ['a merged pull request', 49, { state: 'merged', reviews: [], files: [], checks: NO_CHECKS, awaits: [] }],
    [
      'a draft with a workflow that did not start',
      58,
      {
        state: 'open',
        is_draft: true,
        is_mergeable: false,
        description: null,
        checks: { ...NO_CHECKS, failed: 1, failing: ['Preview'] },
      },
    ],
  ])('summarizes %s', async (_, number, expected) => {
    const { json } = await github.call('user_grace', tool.name, {
      repository: 'harbor-bikes/fleet-planner',
      number,
    });

    expect(json).toMatchObject(expected);
  });

  test('returns review threads, each with an ID that the reply tool accepts', async () => {
    const { json } = await github.call('user_ada', tool.name, {
      repository: 'harbor-bikes/repair-tickets',
      number: 12,
    });

    expect(json).toMatchObject({
      review_threads: [
        {
          comment_id: '512003',
          path: 'src/front-desk.ts',
          line: null,
          author: null,
          text: 'Is this still used?',
        },
        {
          comment_id: '512001',
          path: 'src/reminder.ts',
          line: 17,
          author: 'jonas-keller',
          text: 'Then the front desk gets a task to call.',
        },
      ],
      changed_files: 2,
      files: [{ path: 'src/reminder.ts' }, { path: 'src/front-desk.ts' }],
      checks: { ...NO_CHECKS, passed: 1 },
      // Only the second request returns this value, because GitHub starts to compute it on the first request.
      is_mergeable: true,
      merge_state: 'clean',
      is_complete: true,
    });
  });

  test.each([
    [59, { head_repository: null, is_mergeable: false, merge_state: 'dirty', head: 'danish' }],
    [
      60,
      {
        head_repository: 'noor-haddad/fleet-planner',
        is_mergeable: false,
        merge_state: 'behind',
        head: 'main',
      },
    ],
  ])('reads pull request %i, which comes from a fork', async (number, expected) => {
    const { json } = await github.call('user_ada', tool.name, {
      repository: 'harbor-bikes/fleet-planner',
      number,
    });

    expect(json).toMatchObject({
      ...expected,
      head_sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      reviews: [],
    });
  });

  test.each([
    ['57'],
    ['#57'],
    ['PR #57'],
    ['harbor-bikes/fleet-planner#57'],
    ['https://github.com/harbor-bikes/fleet-planner/pull/57/files?w=1#diff-1'],
  ])('reads the number from “%s”', async (number) => {
    const { json } = await github.call('user_ada', tool.name, {
      repository: 'https://github.com/Harbor-Bikes/fleet-planner/pull/57',
      number,
    });

    expect(json).toMatchObject({ title: 'Quote child seats' });
  });

  const pull = {
    title: 'A change',
    state: 'open',
    user: { login: 'octocat' },
    base: { ref: 'main' },
    head: { ref: 'x', sha: 'abc1234', repo: { full_name: 'a/b' } },
    created_at: '2026-11-20T10:00:00Z',
    mergeable: true,
    mergeable_state: 'clean',
    additions: 0,
    deletions: 0,
    changed_files: 0,
    review_comments: 0,
    html_url: 'https://github.com/a/b/pull/1',
  };
  const around = {
    '/reviews': { body: [] },
    '/files': { body: [] },
    '/check-runs': { body: { check_runs: [] } },
    '/status': { body: { statuses: [] } },
  };
  const summarize = () => github.bed.environment(tool)({ input: { repository: 'a/b', number: 1 } });

  // https://docs.github.com/en/graphql/reference/enums#mergestatestatus
  test.each([
    [{ mergeable: true, mergeable_state: 'clean' }, true],
    [{ mergeable: true, mergeable_state: 'has_hooks' }, true],
    [{ mergeable: true, mergeable_state: 'unstable' }, true],
    [{ mergeable: true, mergeable_state: 'blocked' }, false],
    [{ mergeable: true, mergeable_state: 'behind' }, false],
    [{ mergeable: true, mergeable_state: 'draft' }, false],
    [{ mergeable: false, mergeable_state: 'dirty' }, false],
    [{ mergeable: true, mergeable_state: 'brand_new' }, null],
  ])('if the pull request has %j, returns is_mergeable: %j', async (state, is_mergeable) => {
    github.bed.provider.script = byPath({ ...around, '/pulls/1': { body: { ...pull, ...state } } });

    const { json } = await summarize();

    const merge_state = state.mergeable_state;
    expect(json).toMatchObject({ is_mergeable, merge_state, is_complete: true });
  });

  test('reports mergeability as missing while GitHub computes mergeability', async () => {
    const unknown = { ...pull, mergeable: null, mergeable_state: 'unknown' };
    github.bed.provider.script = byPath({ ...around, '/pulls/1': { body: unknown } });

    const { json } = await summarize();

    expect(json).toMatchObject({
      is_mergeable: null,
      merge_state: 'unknown',
      is_complete: false,
      missing: [expect.stringContaining('still computing')],
    });
    expect(github.bed.provider.requests.filter(({ url }) => url?.endsWith('/pulls/1'))).toHaveLength(2);
  });

  test.each([
    ['cannot be read', { status: 403, body: { message: 'Resource not accessible by integration' } }],
    ['are malformed', { body: { comments: [] } }],
  ])('reports missing review comments if the comments %s', async (_, answer) => {
    const body = { ...pull, review_comments: 3 };
    github.bed.provider.script = byPath({ ...around, '/pulls/1': { body }, '/pulls/1/comments': answer });

    const { json } = await summarize();

    const missing = ['The review comments, which GitHub did not return.'];
    expect(json).toMatchObject({ review_comments_count: 3, review_threads: [], is_complete: false, missing });
  });

  test('shortens a very large pull request to the size limit, and reports missing parts', async () => {
    const long = 'ü'.repeat(5_000);
    const many = <Item>(count: number, item: (index: number) => Item) =>
      Array.from({ length: count }, (_, index) => item(index));
    const reviews = many(60, (index) => ({
      user: { login: `hubot-${index}` },
      state: 'APPROVED',
      body: long,
    }));
    const comments = many(100, (id) => ({ id, body: long, path: `${id}/${long}`, user: { login: 'hubot' } }));
    const files = many(100, (index) => ({
      filename: `${index}/${long}`,
      status: 'modified',
      additions: 1_000_000,
      deletions: 1_000_000,
    }));
    const statuses = many(300, (index) => ({ context: `${index} ${long}`, state: 'failure' }));
    github.bed.provider.script = byPath({
      '/pulls/1': { body: { ...pull, title: long, body: long, review_comments: 100 } },
      '/pulls/1/comments': { body: comments },
      '/reviews': { body: reviews },
      '/files': { body: files },
      '/check-runs': { body: { check_runs: [] } },
      '/status': { body: { statuses } },
    });

    const { status, body, json } = await summarize();

    expect(status).toBe(200);
    expect(Buffer.byteLength(body)).toBeLessThan(24_000);
    expect(json).toMatchObject({
      reviews: reviews.slice(10).map(({ user }) => ({ reviewer: user.login })),
      is_complete: false,
      missing: ['Reviewers other than the last 50.', expect.stringContaining('Review threads')],
    });
  });

  test('lists only the newest of many review threads', async () => {
    const body = { ...pull, review_comments: 21 };
    const comments = Array.from({ length: 21 }, (_, index) => ({
      id: 100 - index,
      body: 'Why?',
      path: 'a.ts',
    }));
    github.bed.provider.script = byPath({
      ...around,
      '/pulls/1': { body },
      '/pulls/1/comments': { body: comments },
    });

    const { json } = await summarize();

    expect(json).toMatchObject({
      review_threads: comments.slice(0, 20).map(({ id }) => ({ comment_id: String(id) })),
      is_complete: false,
      missing: ['Review threads other than the 20 with the newest comments.'],
    });
  });

  test.each([
    ['an unknown number', 'user_ada', 'harbor-bikes/fleet-planner', 9_999],
    ['a hidden repository', 'user_grace', 'harbor-bikes/old-webshop', 3],
  ])('returns not_found for %s', async (_, user, repository, number) => {
    const { error } = await github.call(user, tool.name, { repository, number });

    expect(error).toMatchObject({ code: 'not_found', retryable: false });
    expect(github.sent()).toHaveLength(1);
  });

  test("accepts the examples in GitHub's documentation", async () => {
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
      head_sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
      head_repository: 'octocat/Hello-World',
      is_mergeable: true,
      merge_state: 'clean',
      created_at: '2011-01-26T19:01:12Z',
      awaits: ['other_user', 'justice-league'],
      comments_count: 10,
      review_comments_count: 0,
      additions: 100,
      deletions: 3,
      changed_files: 5,
      url: 'https://github.com/octocat/Hello-World/pull/1347',
      // The tool leaves out the example's only review, which is by the author of the pull request.
      reviews: [],
      review_threads: [],
      files: [{ path: 'file1.txt', status: 'added', additions: 103, deletions: 21 }],
      checks: { ...NO_CHECKS, passed: 1, skipped: 1 },
      is_complete: true,
      missing: [],
    });
  });

  test('accepts responses without optional values', async () => {
    const { title, base, created_at, additions, deletions, changed_files, html_url } = pull;
    const closed = { title, base, created_at, additions, deletions, changed_files, html_url };
    const run = { id: 1, name: 'test', status: 'waiting', conclusion: null, output: null, app: null };
    const status = { context: 'ci', state: 'brand_new', description: null, target_url: null };
    github.bed.provider.script = byPath({
      '/pulls/1': { body: { ...closed, state: 'closed', head: { ref: 'x', sha: 'abc1234' } } },
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
      head_repository: null,
      is_mergeable: null,
      merge_state: null,
      awaits: [],
      reviews: [{ reviewer: 'ghost', state: 'approved', is_outdated: null, text: null }],
      checks: { ...NO_CHECKS, pending: 2 },
    });
  });

  test.each(['/reviews', '/check-runs', '/status'])(
    'stops reading the list at %s if the list never ends',
    async (endless) => {
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
    },
  );

  test('lists the names of the first 20 failed checks', async () => {
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

  test('reads all pages of reviews and checks, but only the first page of files', async () => {
    const linked = (body: unknown) => ({
      body,
      headers: { link: '<https://api.github.com/x?per_page=100&page=2>; rel="next"' },
    });
    const review = (login: string, state: string) => ({ user: { login }, state });
    const failed = (id: number) => ({ id, name: `job ${id}`, status: 'completed', conclusion: 'timed_out' });
    const script = officially({ '/pulls/1347/files': linked([]) });
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
      is_complete: false,
      missing: ['The files after the first 100.'],
    });
  });
});

testProviderErrors(tool, { repository: 'octocat/Hello-World', number: 1347 }, githubProviderErrors);
testBadInputs(
  tool,
  { repository: 'octocat/Hello-World', number: 1347 },
  {
    number: [
      0,
      -1,
      1.5,
      2 ** 31,
      null,
      'first',
      'https://github.com/octocat/Spoon-Knife/pull/1347',
      'octocat/Spoon-Knife#1347',
      'https://github.com/octocat/Hello-World',
    ],
  },
);
