import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { LocalProvider } from '../../../local/providers/local-provider.ts';
import { movedByWeeks } from '../../../local/providers/story-time.ts';
import { start } from '../local/provider.ts';

const SEARCH = '/search/issues?sort=created&order=asc&q=';
const PLANNER = '/repos/harbor-bikes/fleet-planner';
const TICKETS = '/repos/harbor-bikes/repair-tickets';

let github: LocalProvider;
beforeAll(async () => {
  github = await start();
  return () => github.close();
});
beforeEach(() => github.reset());

async function ask(user: 'ada' | 'grace' | undefined, path: string, body?: unknown) {
  const response = await fetch(github.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: user ? { authorization: `Bearer gho_local_${user}` } : {},
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const json: unknown = await response.json();
  return { status: response.status, link: response.headers.get('link'), json };
}

describe('the emulated GitHub', () => {
  test.each([
    ['an unknown user', undefined, '/user', 401, 'Requires authentication'],
    ['an unknown path', 'ada', '/feeds', 404, 'Not Found'],
    [
      'a private repository of other people',
      'grace',
      '/repos/harbor-bikes/old-webshop/pulls',
      404,
      'Not Found',
    ],
    [
      'the traffic of a repository that the account may only read',
      'grace',
      `${PLANNER}/traffic/clones`,
      403,
      'Must have push access to repository',
    ],
    [
      'an unknown branch',
      'ada',
      `${PLANNER}/commits/nowhere/check-runs`,
      422,
      'No commit found for SHA: nowhere',
    ],
    ['an unknown search qualifier', 'ada', `${SEARCH}involves:@me`, 422, 'Validation Failed'],
    [
      'a search in a hidden repository',
      'grace',
      `${SEARCH}repo:harbor-bikes/old-webshop`,
      422,
      'Validation Failed',
    ],
    [
      'search results after the first 1,000',
      'ada',
      `${SEARCH}is:open&per_page=100&page=11`,
      422,
      'Only the first 1000 search results are available',
    ],
  ] as const)('returns the documented error for %s', async (_, user, path, status, message) => {
    expect(await ask(user, path)).toMatchObject({
      status,
      json: {
        message,
        status: String(status),
        documentation_url: expect.stringContaining('https://docs.github.com'),
      },
    });
  });

  test('returns the documented error for a reply to a comment that is itself a reply', async () => {
    const answer = await ask('ada', `${TICKETS}/pulls/12/comments/512002/replies`, { body: 'Hello' });

    expect(answer.status).toBe(404);
  });
});

describe('the emulated search', () => {
  test.each([
    ['is:pull-request is:open', 'ada', [3, 31, 12, 57, 58, 59, 60]],
    ['is:open', 'grace', [31, 12, 57, 58, 59, 60]],
    ['is:merged author:jonas-keller', 'ada', [41, 52]],
    ['is:issue', 'ada', []],
    ['review-requested:@me', 'grace', [12]],
    ['review-requested:ada-okafor archived:false draft:false', 'grace', [12, 57]],
    ['repo:harbor-bikes/fleet-planner state:closed', 'ada', [41, 49, 52]],
    ['QUOTE is:open', 'ada', [57]],
  ] as const)('finds the pull requests that match "%s" and that %s may see', async (query, user, numbers) => {
    const { json } = await ask(user, SEARCH + encodeURIComponent(query));

    expect(json).toMatchObject({
      total_count: numbers.length,
      items: numbers.map((number) => ({ number })),
    });
  });
});

test('the emulated GitHub sends the links to other pages that GitHub sends', async () => {
  const query = `${PLANNER}/pulls?state=all&per_page=2`;
  const link = (page: number, relation: string) =>
    `<https://api.github.com${query}&page=${page}>; rel="${relation}"`;

  const [first, middle, last] = await Promise.all(
    [1, 2, 4].map((page) => ask('ada', `${query}&page=${page}`)),
  );

  expect(first?.json).toMatchObject([{ number: 60 }, { number: 59 }]);
  expect(first?.link).toBe([link(2, 'next'), link(4, 'last')].join(', '));
  expect(middle?.link).toBe([link(1, 'prev'), link(3, 'next'), link(4, 'last'), link(1, 'first')].join(', '));
  expect(last?.json).toMatchObject([{ number: 41 }]);
  expect(last?.link).toBe([link(3, 'prev'), link(1, 'first')].join(', '));
});

test('the emulated GitHub returns the new URL of a renamed repository in the body', async () => {
  const response = await fetch(`${github.url}/repos/Harbor-Bikes/workshop-tickets/pulls/12`, {
    headers: { authorization: 'Bearer gho_local_grace' },
    redirect: 'manual',
  });

  expect(response.status).toBe(301);
  const url = 'https://api.github.com/repositories/882/pulls/12';
  expect(response.headers.get('location')).toBe(url);
  expect(await response.json()).toMatchObject({ message: 'Moved Permanently', url });
});

test('the emulated GitHub leaves organisations with single sign-on out of a search, and lists these organisations in a header', async () => {
  const [grace, ada] = await Promise.all(
    ['grace', 'ada'].map((user) =>
      fetch(`${github.url}${SEARCH}is:open`, { headers: { authorization: `Bearer gho_local_${user}` } }),
    ),
  );

  expect(grace?.headers.get('x-github-sso')).toBe('partial-results; organizations=21955855');
  expect(ada?.headers.get('x-github-sso')).toBeNull();
});

test('the emulated GitHub computes the mergeability of a pull request after the first request', async () => {
  const pull = `${TICKETS}/pulls/12`;

  expect((await ask('ada', pull)).json).toMatchObject({ mergeable: null, mergeable_state: 'unknown' });
  expect((await ask('ada', pull)).json).toMatchObject({ mergeable: true, mergeable_state: 'clean' });
});

test.each([TICKETS, PLANNER])(
  'in %s, every file with a review comment is a changed file of the pull request',
  async (repository) => {
    const Numbers = z.array(z.object({ number: z.int() }));
    const pulls = Numbers.parse((await ask('ada', `${repository}/pulls?state=all&per_page=100`)).json);

    for (const { number } of pulls) {
      const pull = `${repository}/pulls/${number}`;
      const [comments, files] = await Promise.all([
        ask('ada', `${pull}/comments`),
        ask('ada', `${pull}/files`),
      ]);
      const changed = z
        .array(z.object({ filename: z.string() }))
        .parse(files.json)
        .map(({ filename }) => filename);
      for (const { path } of z.array(z.object({ path: z.string() })).parse(comments.json)) {
        expect(changed).toContain(path);
      }
    }
  },
);

test('the emulated GitHub returns null for a deleted fork and for a deleted account', async () => {
  expect((await ask('ada', `${PLANNER}/pulls/59`)).json).toMatchObject({
    head: { repo: null, label: 'unknown repository:danish' },
  });
  expect((await ask('ada', `${PLANNER}/pulls/57/reviews`)).json).toContainEqual(
    expect.objectContaining({ user: null, commit_id: null, state: 'DISMISSED' }),
  );
});

test('the emulated GitHub moves all dates by the same number of weeks, so that the latest date is at most a week ago', () => {
  const days = ['2026-11-15', '2026-11-22'].map((day) => new Date(movedByWeeks(day)));

  expect(days.map((day) => day.getUTCDay())).toEqual([0, 0]);
  const age = Date.now() - Number(days[1]);
  expect(age).toBeGreaterThanOrEqual(0);
  expect(age).toBeLessThan(7 * 86_400_000);
});

test('the emulated GitHub counts traffic in weeks that start on Mondays', async () => {
  expect((await ask('grace', `${TICKETS}/traffic/clones?per=week`)).json).toMatchObject({
    count: 9,
    clones: [{ timestamp: movedByWeeks('2026-11-16T00:00:00Z'), count: 9, uniques: 5 }],
  });
});

test('the emulated GitHub restores the initial state on reset', async () => {
  const replies = `${TICKETS}/pulls/12/comments`;
  await ask('ada', `${replies}/512001/replies`, { body: 'Hello' });
  expect((await ask('ada', replies)).json).toHaveLength(4);

  await github.reset();

  expect((await ask('ada', replies)).json).toHaveLength(3);
});
