import { validate } from '@octokit/graphql-schema';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { movedByWeeks } from '../../../local/providers/story-time.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { QUERY, tool } from '../list-review-threads.ts';
import { tool as reply } from '../reply-to-review-comment.ts';
import { officialAnswers } from './official-answers.ts';
import { githubProviderErrors } from './provider-errors.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

const input = { repository: 'harbor-bikes/workshop-calendar', number: 31 };
const octocat = { repository: 'octocat/Hello-World', number: 1347 };
const LONG = 'Comments of long threads between the first and the last four.';
const Sent = z.object({ query: z.string(), variables: z.looseObject({ after: z.string().nullable() }) });

describe('github_list_review_threads', () => {
  const github = useGitHub();
  const list = (given: object = {}) => github.bed.environment(tool)({ input: { ...octocat, ...given } });
  const variables = () =>
    github.bed.provider.requests.map(({ body }) => Sent.parse(JSON.parse(body)).variables);

  test("sends a query that is valid in GitHub's schema", () => {
    expect(validate(QUERY)).toEqual([]);
  });

  test('reads the open threads, their code and their comments with one query', async () => {
    const { status, json } = await github.call('user_ada', tool.name, input);

    expect(status).toBe(200);
    const comment = (author: string | null, text: string, created_at: string) => ({
      author,
      text,
      created_at: movedByWeeks(created_at),
    });
    expect(json).toEqual({
      threads: [
        {
          comment_id: '531100',
          path: 'src/free-slots.ts',
          line: 18,
          is_outdated: false,
          // The three commented lines, and the three lines above them.
          code: [
            '+  const taken = bookings.filter(({ isCancelled }) => !isCancelled);',
            '+  // A repair of 90 minutes takes two slots.',
            '+  return slots.filter((slot) =>',
            '+    taken.every(({ start, end }) => end <= slot.start || start >= slot.end),',
            '+  );',
            '+}',
          ].join('\n'),
          comments: [
            comment(
              'grace-lindqvist',
              'Does this count the lunch break?\n\n```suggestion\n  const slots = openingHours(day, { lunch: false });\n```',
              '2026-11-11T08:30:00Z',
            ),
            comment('jonas-keller', '👍', '2026-11-11T09:01:00Z'),
            comment(null, 'In Malmö they do.', '2026-11-12T07:10:00Z'),
            comment('ada-okafor', 'Then it is a setting.', '2026-11-12T07:45:00Z'),
            comment('grace-lindqvist', 'Per workshop, please.', '2026-11-12T12:20:00Z'),
          ],
        },
        {
          comment_id: '531200',
          path: 'src/opening-hours.ts',
          line: null,
          is_outdated: true,
          code: "+  ['17:00', 1],\n+  ['17:15', 1],\n+  ['17:30', 1],\n+  ['17:45', 1],",
          comments: [comment(null, 'Why a map, and not a list?', '2026-11-09T16:00:00Z')],
        },
        {
          comment_id: '531300',
          path: 'src/reminder-mail.ts',
          line: null,
          is_outdated: false,
          code: null,
          comments: [comment('jonas-keller', 'This file has no test.', '2026-11-13T14:00:00Z')],
        },
      ],
      is_complete: false,
      missing: [LONG],
      count: 3,
      next_cursor: null,
      omitted: 0,
    });
    const sent = { owner: 'harbor-bikes', name: 'workshop-calendar', number: 31, first: 50, after: null };
    expect(github.sent()).toEqual([`POST /graphql ${JSON.stringify({ query: QUERY, variables: sent })}`]);
  });

  test('returns a comment ID that the reply tool accepts', async () => {
    const { json } = await github.call('user_ada', tool.name, input);
    const { threads } = z.object({ threads: z.array(z.object({ comment_id: z.string() })) }).parse(json);

    const { repository } = input;
    const { comment_id } = threads[1] ?? {};
    await github.call('user_ada', reply.name, { repository, comment_id, body: 'A map is faster.' });

    expect(await github.call('user_ada', tool.name, input)).toMatchObject({
      json: { threads: [{}, { comment_id, comments: [{}, { text: 'A map is faster.' }] }, {}] },
    });
  });

  test('reports that a review is not submitted, and omits the contents of that review', async () => {
    const { json } = await github.call('user_grace', tool.name, input);

    expect(json).toMatchObject({
      count: 3,
      is_complete: false,
      missing: [LONG, 'Threads of a review that the user has not submitted.'],
    });
    expect(JSON.stringify(json)).not.toContain('Note to myself');
  });

  test.each([
    [
      'the address of the pull request',
      { number: 'https://github.com/harbor-bikes/workshop-calendar/pull/31' },
    ],
    ['a former name of the repository', { repository: 'harbor-bikes/repair-calendar' }],
  ])('accepts %s', async (_, given) => {
    const { json } = await github.call('user_ada', tool.name, { ...input, ...given });

    expect(json).toMatchObject({ count: 3 });
  });

  test.each([
    ['an unknown number', 'user_ada', { number: 9_999 }],
    ['an unknown repository', 'user_ada', { repository: 'harbor-bikes/nothing' }],
    ['a hidden repository', 'user_grace', { repository: 'harbor-bikes/old-webshop', number: 3 }],
  ])('returns not_found for %s', async (_, user, given) => {
    const { error } = await github.call(user, tool.name, { ...input, ...given });

    expect(error).toMatchObject({ code: 'not_found', retryable: false });
    expect(github.sent()).toHaveLength(1);
  });

  test('returns an empty list for a pull request without threads', async () => {
    const { json } = await github.call('user_ada', tool.name, {
      repository: 'harbor-bikes/fleet-planner',
      number: 57,
    });

    expect(json).toMatchObject({ threads: [], count: 0, next_cursor: null, is_complete: true });
  });

  const comment = (id: number, more: object = {}) => ({
    fullDatabaseId: String(id),
    state: 'SUBMITTED',
    author: { login: 'octocat' },
    body: 'Why?',
    createdAt: '2026-11-20T10:00:00Z',
    ...more,
  });
  const thread = (id: number, more: object = {}) => ({
    isResolved: false,
    isOutdated: false,
    path: 'a.ts',
    line: 1,
    originalLine: 1,
    originalStartLine: null,
    opening: {
      totalCount: 1,
      nodes: [comment(id, { diffHunk: '@@ @@\n+a' })],
    },
    newest: { nodes: [comment(id)] },
    ...more,
  });
  const page = (nodes: unknown[], next: string | null = null) => ({
    data: {
      repository: {
        pullRequest: {
          reviewThreads: { pageInfo: { hasNextPage: next !== null, endCursor: next }, nodes },
        },
      },
    },
  });
  const resolved = Array.from({ length: 50 }, (_, index) => thread(index + 1, { isResolved: true }));

  test('reads the list to its end, and skips pages on which all threads are resolved', async () => {
    const pages = new Map<string | null, object>([
      [null, page(resolved, 'p2')],
      ['p2', page([thread(51), thread(52)], 'p3')],
      ['p3', page([thread(53)])],
    ]);
    github.bed.provider.script = ({ body }) => ({
      body: pages.get(Sent.parse(JSON.parse(body)).variables.after),
    });

    const first = await list({ max_results: 1 });
    const rest = [];
    let cursor = z.object({ next_cursor: z.string() }).parse(first.json).next_cursor;
    for (let isEnd = false; !isEnd; ) {
      const { json } = await list({ max_results: 1, cursor });
      const { threads, next_cursor } = z
        .object({ threads: z.array(z.looseObject({})), next_cursor: z.string().nullable() })
        .parse(json);
      rest.push(...threads);
      isEnd = next_cursor === null;
      cursor = next_cursor ?? '';
    }

    expect(first.json).toMatchObject({ threads: [{ comment_id: '51' }], count: 1 });
    expect(rest).toMatchObject([{ comment_id: '52' }, { comment_id: '53' }]);
  });

  test('returns an empty page with a cursor after 200 resolved threads', async () => {
    github.bed.provider.script = ({ body }) => ({
      body: page(resolved, `${Sent.parse(JSON.parse(body)).variables.after ?? ''}x`),
    });

    const { json } = await list();

    expect(json).toMatchObject({
      threads: [],
      count: 0,
      next_cursor: expect.any(String),
      missing: [expect.stringContaining('next_cursor')],
    });
    expect(variables().map(({ after }) => after)).toEqual([null, 'x', 'xx', 'xxx']);
  });

  test('reads IDs that are too large for a JavaScript number', async () => {
    const id = '92233720368547758';
    const { opening } = thread(1);
    const nodes = opening.nodes.map((node) => ({ ...node, fullDatabaseId: id }));
    github.bed.provider.script = () => ({ body: page([thread(1, { opening: { totalCount: 1, nodes } })]) });

    expect((await list()).json).toMatchObject({ threads: [{ comment_id: id }] });
  });

  test('leaves out a reply that the user has not submitted', async () => {
    const newest = { nodes: [comment(1), comment(2, { state: 'PENDING', body: 'Not yet.' })] };
    github.bed.provider.script = () => ({ body: page([thread(1, { newest })]) });

    const { json } = await list();

    expect(json).toMatchObject({ threads: [{ comments: [{ text: 'Why?' }] }] });
  });

  const partial = { errors: [{ type: 'FORBIDDEN', path: ['repository'], message: 'No.' }] };

  test.each([
    ['a thread is null', page([null, thread(1)])],
    ['the response has both data and errors', { ...page([thread(1)]), ...partial }],
    [
      'a comment of a thread is null',
      { ...page([thread(1, { newest: { nodes: [null, comment(2)] } })]), ...partial },
    ],
  ])('returns all other threads, and reports missing content, if %s', async (_, body) => {
    github.bed.provider.script = () => ({ body });

    const { json } = await list();

    expect(json).toMatchObject({
      threads: [{ comment_id: '1' }],
      is_complete: false,
      missing: ['Parts that GitHub did not return.'],
    });
  });

  test.each([
    ['NOT_FOUND', 'not_found'],
    ['FORBIDDEN', 'permission_denied'],
  ])(
    'if GitHub returns %s for the pull request, but not for the repository, returns %s',
    async (type, code) => {
      const errors = [{ type, path: ['repository', 'pullRequest'], message: 'secret' }];
      github.bed.provider.script = () => ({ body: { data: { repository: { pullRequest: null } }, errors } });

      const { error, body } = await list();

      expect(error).toMatchObject({ code, retryable: false });
      expect(body).not.toContain('secret');
    },
  );

  test('repeats a query that GitHub could not complete, and then returns provider_unavailable', async () => {
    const errors = [{ message: 'Something went wrong while executing your query. This may be …' }];
    github.bed.provider.script = () => ({ body: { data: null, errors } });

    const { error } = await list();

    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true });
    expect(github.bed.provider.requests).toHaveLength(3);
  });

  test.each([
    ['a response without data', {}],
    ['a repository that is null, without an error', { data: { repository: null } }],
    ['threads in a wrong format', page([{ isResolved: 'no' }])],
  ])('returns invalid_provider_response for %s', async (_, body) => {
    github.bed.provider.script = () => ({ body });

    expect((await list()).error?.code).toBe('invalid_provider_response');
  });

  test('shortens many long threads to the size limit of a response', async () => {
    const long = 'ü'.repeat(6_000);
    const nodes = Array.from({ length: 50 }, (_, index) =>
      thread(100 * (index + 1), {
        path: long,
        newest: { nodes: [1, 2, 3, 4].map((more) => comment(100 * (index + 1) + more, { body: long })) },
      }),
    );
    github.bed.provider.script = () => ({ body: page(nodes) });

    const { status, body, json } = await list({ max_results: 50 });

    expect(status).toBe(200);
    expect(Buffer.byteLength(body)).toBeLessThan(24_000);
    expect(json).toMatchObject({ next_cursor: expect.any(String) });
  });

  test("accepts the example in GitHub's documentation", async () => {
    const { input: given, script } = officialAnswers[tool.name] ?? {};
    github.bed.provider.script = script ?? (() => ({}));

    const { json } = await github.bed.environment(tool)({ input: given });

    expect(json).toMatchObject({ threads: [{ comment_id: '10', code: null }], count: 1, next_cursor: null });
  });
});

testProviderErrors(tool, octocat, {
  ...githubProviderErrors,
  'a repository that GraphQL does not find': {
    answer: {
      body: {
        data: { repository: null },
        errors: [
          {
            type: 'NOT_FOUND',
            path: ['repository'],
            locations: [{ line: 2, column: 3 }],
            message: "Could not resolve to a Repository with the name 'octocat/Hello-World'.",
          },
        ],
      },
    },
    error: { code: 'not_found', retryable: false },
  },
  'a primary rate limit with status 200': {
    answer: {
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
      body: { errors: [{ type: 'RATE_LIMIT', message: 'API rate limit already exceeded for user ID 1.' }] },
    },
    error: { code: 'rate_limited', retryable: true },
  },
});
testBadInputs(tool, octocat, { number: [0, -1, 'x', 2 ** 31, 'https://github.com/a/b/pull/1'] });
