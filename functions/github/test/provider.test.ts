import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LocalProvider } from '../../../local/providers/local-provider.ts';
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

describe('refuses, in the form of GitHub', () => {
  test.each([
    ['somebody unknown', undefined, '/user', 401, 'Requires authentication'],
    ['what it does not know', 'ada', '/feeds', 404, 'Not Found'],
    ['a private repository of others', 'grace', '/repos/harbor-bikes/old-webshop/pulls', 404, 'Not Found'],
    [
      'traffic to whom may only read',
      'grace',
      `${PLANNER}/traffic/clones`,
      403,
      'Must have push access to repository',
    ],
    [
      'a branch that is none',
      'ada',
      `${PLANNER}/commits/nowhere/check-runs`,
      422,
      'No commit found for SHA: nowhere',
    ],
    ['a search that it does not know', 'ada', `${SEARCH}involves:@me`, 422, 'Validation Failed'],
    [
      'a search in what is hidden',
      'grace',
      `${SEARCH}repo:harbor-bikes/old-webshop`,
      422,
      'Validation Failed',
    ],
    [
      'results after the thousandth',
      'ada',
      `${SEARCH}is:open&per_page=100&page=11`,
      422,
      'Only the first 1000 search results are available',
    ],
  ] as const)('%s', async (_, user, path, status, message) => {
    expect(await ask(user, path)).toMatchObject({
      status,
      json: {
        message,
        status: String(status),
        documentation_url: expect.stringContaining('https://docs.github.com'),
      },
    });
  });

  test('a reply to a reply', async () => {
    const answer = await ask('ada', `${TICKETS}/pulls/12/comments/512002/replies`, { body: 'Hello' });

    expect(answer.status).toBe(404);
  });
});

describe('searches', () => {
  test.each([
    ['is:pull-request is:open', 'ada', [3, 12, 57, 58]],
    ['is:open', 'grace', [12, 57, 58]],
    ['is:merged author:jonas-keller', 'ada', [41, 52]],
    ['is:issue', 'ada', []],
    ['review-requested:@me', 'grace', [12]],
    ['review-requested:ada-okafor archived:false draft:false', 'grace', [12, 57]],
    ['repo:harbor-bikes/fleet-planner state:closed', 'ada', [41, 49, 52]],
    ['QUOTE is:open', 'ada', [57]],
  ] as const)('%s, as %s', async (query, user, numbers) => {
    const { json } = await ask(user, SEARCH + encodeURIComponent(query));

    expect(json).toMatchObject({
      total_count: numbers.length,
      items: numbers.map((number) => ({ number })),
    });
  });
});

test('pages as GitHub does', async () => {
  const query = `${PLANNER}/pulls?state=all&per_page=2`;
  const link = (page: number, relation: string) =>
    `<https://api.github.com${query}&page=${page}>; rel="${relation}"`;

  const [first, middle, last] = await Promise.all(
    [1, 2, 3].map((page) => ask('ada', `${query}&page=${page}`)),
  );

  expect(first?.json).toMatchObject([{ number: 58 }, { number: 57 }]);
  expect(first?.link).toBe([link(2, 'next'), link(3, 'last')].join(', '));
  expect(middle?.link).toBe([link(1, 'prev'), link(3, 'next'), link(3, 'last'), link(1, 'first')].join(', '));
  expect(last?.json).toMatchObject([{ number: 41 }]);
  expect(last?.link).toBe([link(2, 'prev'), link(1, 'first')].join(', '));
});

test('traffic by week begins on Mondays', async () => {
  expect((await ask('grace', `${TICKETS}/traffic/clones?per=week`)).json).toMatchObject({
    count: 9,
    clones: [{ timestamp: '2026-11-16T00:00:00Z', count: 9, uniques: 5 }],
  });
});

test('a reset restores what was there at the beginning', async () => {
  const replies = `${TICKETS}/pulls/12/comments`;
  await ask('ada', `${replies}/512001/replies`, { body: 'Hello' });
  expect((await ask('ada', replies)).json).toHaveLength(3);

  await github.reset();

  expect((await ask('ada', replies)).json).toHaveLength(2);
});
