import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { tool } from '../get-contributor-stats.ts';
import { rankContributors } from '../shared/contributors.ts';
import { byPath, officially } from './by-path.ts';
import { githubRefusals } from './refusals.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

const STATISTICS = 'GET /repos/harbor-bikes/repair-tickets/stats/contributors';
const repository = 'harbor-bikes/repair-tickets';
const octocat = { repository: 'octocat/Hello-World' };

describe('github_get_contributor_stats', () => {
  const github = useGitHub();
  const call = (input: unknown) => github.call('user_grace', tool.name, input);

  test('asks again while GitHub computes, and ranks who committed', async () => {
    const { status, json } = await call({ repository });

    expect(status).toBe(200);
    const november = '2026-11-01T00:00:00Z';
    expect(json).toEqual({
      contributors: [
        { login: 'jonas-keller', commits: 9, additions: 640, deletions: 12, last_week: november },
        {
          login: 'grace-lindqvist',
          commits: 7,
          additions: 294,
          deletions: 55,
          last_week: '2026-11-15T00:00:00Z',
        },
        { login: 'ada-okafor', commits: 1, additions: 3, deletions: 1, last_week: '2026-11-15T00:00:00Z' },
      ],
      count: 3,
      next_cursor: null,
      omitted: 0,
    });
    expect(github.sent()).toEqual([STATISTICS, STATISTICS]);
  });

  test.each([1, 2])('every contributor once, %i at a time', async (size) => {
    const pages = await everyPage(call, 'contributors', { repository, max_results: size });

    const logins = ['jonas-keller', 'grace-lindqvist', 'ada-okafor'];
    expect(pages.flat()).toEqual(logins.map((login) => expect.objectContaining({ login })));
  });

  test('since a day in the middle of a week', async () => {
    const { json } = await call({ repository, since: '2026-11-18' });

    expect(json).toMatchObject({
      contributors: [
        { login: 'grace-lindqvist', commits: 3, additions: 84, deletions: 20 },
        { login: 'ada-okafor', commits: 1 },
      ],
    });
  });

  test('an empty repository has none', async () => {
    const { json } = await github.call('user_ada', tool.name, {
      repository: 'harbor-bikes/campus-repair-day',
    });

    expect(json).toEqual({ contributors: [], count: 0, next_cursor: null, omitted: 0 });
  });

  test('a hidden repository is not found', async () => {
    const { error } = await call({ repository: 'harbor-bikes/campus-repair-day' });

    expect(error).toMatchObject({ code: 'not_found', retryable: false });
  });

  test("GitHub's own example", async () => {
    github.bed.provider.script = officially();

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({
      contributors: [
        { login: 'octocat', commits: 10, additions: 6898, deletions: 77, last_week: '2013-05-05T00:00:00Z' },
      ],
    });
  });

  test('what GitHub may leave out', async () => {
    const body = [{ author: null, total: 3, weeks: [{ c: 3 }, {}] }];
    github.bed.provider.script = byPath({ '/stats/contributors': { body } });

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({
      contributors: [{ login: null, commits: 3, additions: 0, last_week: null }],
    });
  });

  test('statistics that are not ready within the call may be asked for again', async () => {
    github.bed.provider.script = () => ({ status: 202, body: {} });

    const { error } = await github.bed.environment(tool)({ input: octocat, remainingMs: 1_500 });

    expect(error).toMatchObject({ code: 'provider_timeout', retryable: true });
  });
});

test.each([
  [9_999, { additions: 5, deletions: 2 }],
  [10_000, { additions: null, deletions: null }],
])('GitHub counts lines up to 9,999 commits: %i', (total, lines) => {
  const weeks = [{ w: '2026-11-15T00:00:00Z', a: 5, d: 2, c: total }];

  const [first] = rankContributors([{ author: { login: 'hubot' }, total, weeks }], undefined);

  expect(first).toMatchObject({ commits: total, ...lines });
});

testRefusals(tool, octocat, githubRefusals);
testBadInputs(tool, octocat, {
  since: ['yesterday', '2026-02-30', '2026-11-18T09:00', 7],
  max_results: [0, 101],
});
