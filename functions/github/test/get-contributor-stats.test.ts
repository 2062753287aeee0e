import { describe, expect, test } from 'vitest';
import { movedByWeeks } from '../../../local/providers/story-time.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../get-contributor-stats.ts';
import { byPath, officially } from './by-path.ts';
import { githubProviderErrors } from './provider-errors.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

const STATISTICS = 'GET /repos/harbor-bikes/repair-tickets/stats/contributors';
const repository = 'harbor-bikes/repair-tickets';
const octocat = { repository: 'octocat/Hello-World' };

describe('github_get_contributor_stats', () => {
  const github = useGitHub();
  const call = (input: unknown) => github.call('user_grace', tool.name, input);

  test('repeats the request until GitHub has computed the statistics, and ranks the contributors', async () => {
    const { status, json } = await call({ repository });

    expect(status).toBe(200);
    const november = movedByWeeks('2026-11-01');
    const mid = movedByWeeks('2026-11-15');
    expect(json).toEqual({
      contributors: [
        { login: 'jonas-keller', commits: 9, additions: 640, deletions: 12, last_week_on: november },
        {
          login: 'grace-lindqvist',
          commits: 7,
          additions: 294,
          deletions: 55,
          last_week_on: mid,
        },
        { login: 'ada-okafor', commits: 1, additions: 3, deletions: 1, last_week_on: mid },
      ],
      is_complete: true,
      missing: [],
      count: 3,
      next_cursor: null,
      omitted: 0,
    });
    expect(github.sent()).toEqual([STATISTICS, STATISTICS]);
  });

  test.each([1, 2])('returns every contributor once if max_results is %i', async (size) => {
    const pages = await everyPage(call, 'contributors', { repository, max_results: size });

    const logins = ['jonas-keller', 'grace-lindqvist', 'ada-okafor'];
    expect(pages.flat()).toEqual(logins.map((login) => expect.objectContaining({ login })));
  });

  test('counts the entire week if `since` is in the middle of the week', async () => {
    const { json } = await call({ repository, since: movedByWeeks('2026-11-18') });

    expect(json).toMatchObject({
      contributors: [
        { login: 'grace-lindqvist', commits: 3, additions: 84, deletions: 20 },
        { login: 'ada-okafor', commits: 1 },
      ],
    });
  });

  test('returns an empty list for an empty repository', async () => {
    const { json } = await github.call('user_ada', tool.name, {
      repository: 'harbor-bikes/campus-repair-day',
    });

    expect(json).toEqual({
      contributors: [],
      is_complete: true,
      missing: [],
      count: 0,
      next_cursor: null,
      omitted: 0,
    });
  });

  test('returns no line counts for a repository with too many commits', async () => {
    const webshop = 'harbor-bikes/old-webshop';
    const { json } = await github.call('user_ada', tool.name, { repository: webshop });

    expect(json).toMatchObject({ contributors: [{ commits: 7_400, additions: null, deletions: null }] });
    expect(github.sent().at(-1)).toBe(`GET /repos/${webshop}/commits?per_page=1`);
  });

  test('returns not_found for a hidden repository', async () => {
    const { error } = await call({ repository: 'harbor-bikes/campus-repair-day' });

    expect(error).toMatchObject({ code: 'not_found', retryable: false });
  });

  test("accepts the example in GitHub's documentation", async () => {
    github.bed.provider.script = officially();

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({
      contributors: [
        { login: 'octocat', commits: 10, additions: 6898, deletions: 77, last_week_on: '2013-05-05' },
      ],
    });
  });

  test('accepts responses without optional values', async () => {
    const body = [{ author: null, total: 3, weeks: [{ c: 3 }, {}] }];
    github.bed.provider.script = byPath({ '/stats/contributors': { body } });

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({
      contributors: [{ login: null, commits: 3, additions: null, last_week_on: null }],
    });
  });

  // If a repository has 10,000 commits or more, GitHub returns 0 lines:
  // https://docs.github.com/en/rest/metrics/statistics
  const author = (login: string) => ({ login });
  const week = (c: number, a = 0, d = 0) => ({ w: 1_794_700_800, a, d, c });
  const commits = (last: number) => ({
    body: [{ sha: 'a1' }],
    headers: { link: `<https://api.github.com/x?per_page=1&page=${last}>; rel="last"` },
  });

  test.each([
    [
      'the line counts if GitHub counted lines',
      week(4_000, 5, 2),
      { status: 500 },
      { additions: 5, deletions: 2 },
    ],
    [
      'null as line counts if GitHub sends zeros for 10,000 commits',
      week(4_000),
      commits(10_000),
      { additions: null, deletions: null },
    ],
    [
      'zero lines if GitHub sends zeros for 9,999 commits',
      week(3),
      commits(9_999),
      { additions: 0, deletions: 0 },
    ],
    [
      'zero lines if GitHub sends zeros for one commit',
      week(1),
      { body: [{ sha: 'a1' }] },
      { additions: 0, deletions: 0 },
    ],
    [
      'null as line counts if GitHub sends zeros and lists 10,000 commits of one author',
      week(10_000),
      { status: 500 },
      { additions: null, deletions: null },
    ],
    [
      'null as line counts if GitHub sends zeros and the commits cannot be read',
      week(3),
      { status: 409, body: { message: 'Git Repository is empty.' } },
      { additions: null, deletions: null },
    ],
  ])('returns %s', async (_, { c, ...given }, answer, lines) => {
    const body = [{ author: author('hubot'), total: c, weeks: [{ ...given, c }] }];
    github.bed.provider.script = byPath({ '/stats/contributors': { body }, '/commits': answer });

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({ contributors: [{ login: 'hubot', commits: c, ...lines }] });
  });

  test.each([
    [99, true],
    [100, false],
  ])('if GitHub lists %i contributors, returns is_complete: %j', async (count, is_complete) => {
    const body = Array.from({ length: count }, (_, index) => ({
      author: author(`hubot-${index}`),
      total: 1,
      weeks: [week(1, 1, 1)],
    }));
    github.bed.provider.script = byPath({ '/stats/contributors': { body } });

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({ is_complete });
  });

  test('returns a retryable error if the statistics are not ready in time', async () => {
    github.bed.provider.script = () => ({ status: 202, body: {} });

    const { error } = await github.bed.environment(tool)({ input: octocat, remainingMs: 1_500 });

    expect(error).toMatchObject({ code: 'provider_timeout', retryable: true });
  });
});

testProviderErrors(tool, octocat, githubProviderErrors);
testBadInputs(tool, octocat, {
  since: ['yesterday', '2026-02-30', '2026-11-18T09:00', 7],
  max_results: [0, 101],
});
