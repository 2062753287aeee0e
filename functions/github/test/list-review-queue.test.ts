import { describe, expect, test } from 'vitest';
import { movedByWeeks } from '../../../local/providers/story-time.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../list-review-queue.ts';
import { byPath, officially } from './by-path.ts';
import { githubProviderErrors } from './provider-errors.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

const QUERY = 'q=is%3Apull-request+is%3Aopen+archived%3Afalse+review-requested%3A%40me';
const late = {
  repository: 'harbor-bikes/repair-tickets',
  number: 12,
  title: 'Tell customers when a repair is late',
  author: 'jonas-keller',
  is_draft: false,
  created_at: movedByWeeks('2026-11-18T13:20:00Z'),
  url: 'https://github.com/harbor-bikes/repair-tickets/pull/12',
};

describe('github_list_review_queue', () => {
  const github = useGitHub();
  const call = (input: unknown) => github.call('user_ada', tool.name, input);

  test('lists open pull requests, oldest first, without archived repositories', async () => {
    const { status, json } = await call({});

    expect(status).toBe(200);
    expect(json).toEqual({
      pull_requests: [
        late,
        expect.objectContaining({ number: 57, author: 'jonas-keller', is_draft: false }),
        expect.objectContaining({ number: 58, author: 'grace-lindqvist', is_draft: true }),
      ],
      is_complete: true,
      missing: [],
      count: 3,
      next_cursor: null,
      omitted: 0,
    });
    expect(github.sent()).toEqual([`GET /search/issues?${QUERY}&sort=created&order=asc&per_page=20`]);
  });

  test.each([
    ['user_ada', 'author', [31]],
    ['user_grace', 'author', [58]],
    ['user_grace', 'reviewer', [12]],
  ])('if %s is the user and the role is %s, lists the open pull requests %j', async (user, role, numbers) => {
    const { json } = await github.call(user, tool.name, { role });

    expect(json).toMatchObject({ pull_requests: numbers.map((number) => ({ number })) });
    const qualifier = role === 'author' ? 'author%3A%40me' : 'review-requested%3A%40me';
    expect(github.sent()[0]).toContain(`archived%3Afalse+${qualifier}&`);
  });

  test.each([1, 2, 3])('returns every pull request once if max_results is %i', async (size) => {
    const pages = await everyPage(call, 'pull_requests', { max_results: size });

    expect(pages.flat()).toEqual([12, 57, 58].map((number) => expect.objectContaining({ number })));
    expect(pages).toHaveLength(Math.ceil(3 / size));
    expect(github.sent()[1] ?? 'page=2').toContain('page=2');
  });

  test.each([
    ['lists the pull requests of one repository', 'user_ada', 'Harbor-Bikes/repair-tickets', [late]],
    [
      'returns an empty list for a repository without review requests',
      'user_grace',
      'harbor-bikes/fleet-planner',
      [],
    ],
  ])('%s', async (_, user, repository, pull_requests) => {
    const { json } = await github.call(user, tool.name, { repository });

    expect(json).toMatchObject({ pull_requests, next_cursor: null });
    expect(github.sent()[0]).toContain(`${QUERY}+repo%3A${encodeURIComponent(repository)}&`);
  });

  test('returns not_found for a hidden repository', async () => {
    const { error } = await github.call('user_grace', tool.name, {
      repository: 'harbor-bikes/campus-repair-day',
    });

    expect(error).toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('no such repository'),
    });
  });

  // https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#using-saml-sso
  test('reports that GitHub left out organisations because of single sign-on', async () => {
    const { json } = await github.call('user_grace', tool.name, {});

    expect(json).toMatchObject({
      pull_requests: [late],
      is_complete: false,
      missing: [expect.stringContaining('single sign-on')],
    });
  });

  test('reports that there are more results than a search returns', async () => {
    github.bed.provider.script = () => ({
      body: { total_count: 1_001, incomplete_results: false, items: [] },
    });

    const { json } = await github.bed.environment(tool)();

    expect(json).toMatchObject({ is_complete: false, missing: ['The pull requests after the first 1000.'] });
  });

  test("accepts the example in GitHub's documentation", async () => {
    github.bed.provider.script = officially();

    const { json } = await github.bed.environment(tool)();

    expect(json).toEqual({
      pull_requests: [
        {
          repository: 'batterseapower/pinyin-toolkit',
          number: 132,
          title: 'Line Number Indexes Beyond 20 Not Displayed',
          author: 'Nick3C',
          is_draft: false,
          created_at: '2009-07-12T20:10:41Z',
          url: 'https://github.com/batterseapower/pinyin-toolkit/issues/132',
        },
      ],
      is_complete: true,
      missing: [],
      count: 1,
      next_cursor: null,
      omitted: 0,
    });
  });

  test('accepts an incomplete search whose result lacks optional values', async () => {
    const found = {
      number: 1,
      title: '',
      user: null,
      created_at: '2026-11-20T10:00:00+01:00',
      repository_url: 'https://api.github.com/repos/a/b',
      html_url: 'https://github.com/a/b/pull/1',
    };
    const body = { total_count: 1, incomplete_results: true, items: [found] };
    github.bed.provider.script = byPath({ '/search/issues': { body } });

    const { json } = await github.bed.environment(tool)();

    expect(json).toMatchObject({
      pull_requests: [{ author: null, is_draft: false, created_at: '2026-11-20T09:00:00Z' }],
      is_complete: false,
    });
  });
});

testProviderErrors(tool, {}, githubProviderErrors);
testBadInputs(
  tool,
  {},
  { role: ['owner', 'all'], max_results: [0, 101, 'all'], cursor: ['2', 'https://api.github.com/?page=2'] },
);
