import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool } from '../list-unread.ts';
import { providerErrors } from './provider-errors.ts';

const Unread = z.strictObject({
  messages: z.array(z.strictObject({ id: z.string(), thread_id: z.string() })),
  count: z.number(),
  next_cursor: z.string().nullable(),
  omitted: z.number(),
});
const ProviderList = z.object({ messages: z.array(z.object({ id: z.string(), threadId: z.string() })) });

const local = useStackAndBed();

const unreadAtProvider = async (user: string) =>
  ProviderList.parse(
    await local.stack.provider('gmail', user, '/gmail/v1/users/me/messages?q=is:unread&maxResults=500'),
  ).messages.map(({ id, threadId }) => ({ id, thread_id: threadId }));

describe('gmail_list_unread', () => {
  test('lists unread messages with the documented request', async () => {
    const { status, json } = await local.stack.call('user_ada', tool.name);

    const all = await unreadAtProvider('user_ada');
    expect(all).toHaveLength(14);
    expect(status).toBe(200);
    expect(Unread.parse(json)).toEqual({
      messages: all.slice(0, 10),
      count: 10,
      next_cursor: expect.any(String),
      omitted: 0,
    });
    const [request] = local.stack.scalekit.requests.filter(({ kind }) => kind === 'proxy');
    expect(request?.forwarded?.method).toBe('GET');
    expect(request?.forwarded?.path).toBe('/gmail/v1/users/me/messages?q=is%3Aunread&maxResults=10');
  });

  test.each([1, 3, 5, 13, 14, 100])('returns every message once if max_results is %i', async (size) => {
    const pages: unknown[][] = [];
    let cursor: string | null = null;
    do {
      const { json } = await local.stack.call('user_ada', tool.name, { max_results: size, cursor });
      const page = Unread.parse(json);
      expect(page.count).toBe(page.messages.length);
      pages.push(page.messages);
      cursor = page.next_cursor;
    } while (cursor);

    expect(pages.flat()).toEqual(await unreadAtProvider('user_ada'));
    expect(pages).toHaveLength(Math.ceil(14 / size));
  });

  test('returns every message once over all pages, even if some messages exceed the size limit of a page', async () => {
    const ids = Array.from({ length: 70 }, (_, index) => `19e5a1c0ada0000000000000000000${index + 10}`);
    local.bed.provider.script = ({ url = '' }) => {
      const { searchParams } = new URL(url, 'http://gmail.example');
      const start = Number(searchParams.get('pageToken') ?? 0);
      const end = start + Number(searchParams.get('maxResults'));
      const messages = ids.slice(start, end).map((id) => ({ id, threadId: id }));
      return { body: { messages, ...(end < ids.length && { nextPageToken: String(end) }) } };
    };
    const call = local.bed.environment(tool, { RESPONSE_BYTES: '2000' });
    const pages: z.output<typeof Unread>[] = [];
    let cursor: string | null = null;
    do {
      const { body, json } = await call({ input: { max_results: 40, cursor } });
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(2_000);
      pages.push(Unread.parse(json));
      cursor = pages.at(-1)?.next_cursor ?? null;
    } while (cursor);

    expect(pages.flatMap(({ messages }) => messages.map(({ id }) => id))).toEqual(ids);
    expect(pages.some(({ omitted }) => omitted > 0)).toBe(true);
  });

  test('uses max_results of the first page if only a cursor is given', async () => {
    const first = Unread.parse((await local.stack.call('user_ada', tool.name, { max_results: 4 })).json);

    const second = Unread.parse(
      (await local.stack.call('user_ada', tool.name, { cursor: first.next_cursor })).json,
    );

    expect(second.messages).toEqual((await unreadAtProvider('user_ada')).slice(4, 8));
  });

  test.each([
    ['changed', (cursor: string) => `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`, {}],
    ['from a call with another max_results', (cursor: string) => cursor, { max_results: 7 }],
    ['not from this tool', () => 'https://gmail.googleapis.com/next', {}],
  ])('rejects a cursor that is %s, and sends nothing', async (_, change, input) => {
    const { next_cursor } = Unread.parse(
      (await local.stack.call('user_ada', tool.name, { max_results: 4 })).json,
    );
    local.stack.scalekit.reset();

    const { status, error } = await local.stack.call('user_ada', tool.name, {
      cursor: change(next_cursor ?? ''),
      ...input,
    });

    expect(status).toBe(400);
    expect(error?.details).toEqual([
      { path: expect.stringMatching(/^(cursor|max_results)$/), issue: expect.any(String) },
    ]);
    expect(local.stack.scalekit.requests).toEqual([]);
  });

  test('returns an empty list for a mailbox without unread messages', async () => {
    local.bed.provider.script = () => ({ body: { resultSizeEstimate: 0 } });

    const { json } = await local.bed.environment(tool)();

    expect(json).toEqual({ messages: [], count: 0, next_cursor: null, omitted: 0 });
  });

  test("rejects another user's cursor", async () => {
    const { next_cursor } = Unread.parse(
      (await local.stack.call('user_ada', tool.name, { max_results: 2 })).json,
    );

    const { error } = await local.stack.call('user_grace', tool.name, {
      max_results: 2,
      cursor: next_cursor,
    });

    expect(error?.code).toBe('invalid_input');
  });
});

testProviderErrors(tool, {}, providerErrors);
