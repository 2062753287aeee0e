import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { LocalProvider } from '../../../local/providers/local-provider.ts';
import { start as startGmail } from '../local/provider.ts';

const ada = 'ya29.local-ada';
const grace = 'ya29.local-grace';
const pageSchema = z.object({
  messages: z.array(z.object({ id: z.string(), threadId: z.string() })).default([]),
  nextPageToken: z.string().optional(),
});
const messageSchema = z.object({ labelIds: z.array(z.string()), snippet: z.string() });
const filtersSchema = z.object({
  filter: z.array(z.object({ id: z.string(), criteria: z.object({ from: z.string() }) })).default([]),
});
const sendersSchema = filtersSchema.transform(({ filter }) => filter.map(({ criteria }) => criteria.from));

let gmail: LocalProvider;
beforeAll(async () => {
  gmail = await startGmail();
});
beforeEach(() => gmail.reset());
afterAll(() => gmail.close());

async function call(path: string, token: string | undefined, init: RequestInit = {}): Promise<Response> {
  return fetch(`${gmail.url}/gmail/v1/users/me${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
  });
}

async function list(token: string, query: string) {
  return pageSchema.parse(await (await call(`/messages?${query}`, token)).json());
}

async function ids(token: string, query: string) {
  return (await list(token, query)).messages.map(({ id }) => id);
}

async function senders(token: string) {
  return sendersSchema.parse(await (await call('/settings/filters', token)).json());
}

describe('emulated mailbox', () => {
  test('contains different unread mail for each user', async () => {
    const adaIds = await ids(ada, 'q=is:unread');
    const graceIds = await ids(grace, 'q=is:unread');
    expect(adaIds).toHaveLength(14);
    expect(graceIds).toHaveLength(3);
    expect(adaIds.filter((id) => graceIds.includes(id))).toEqual([]);
  });

  test('lists unread mail in the trash only on request', async () => {
    const listed = await ids(ada, 'q=is:unread');
    const all = await ids(ada, 'q=is:unread&includeSpamTrash=true');
    expect(all.filter((id) => !listed.includes(id))).toEqual(['19e5a1c0ada00013']);
  });

  test('lists read and unread mail, newest first', async () => {
    const adaIds = await ids(ada, '');
    expect(adaIds).toHaveLength(48);
    expect(adaIds[0]).toBe('19e5a1c0ada00004');
  });

  test('returns every message once over two pages', async () => {
    const first = await list(ada, 'q=is:unread&maxResults=10');
    const second = await list(ada, `q=is:unread&maxResults=10&pageToken=${first.nextPageToken}`);
    const paged = [...first.messages, ...second.messages].map(({ id }) => id);
    expect(first.messages).toHaveLength(10);
    expect(second.nextPageToken).toBeUndefined();
    expect(paged).toEqual(await ids(ada, 'q=is:unread'));
  });

  test('puts the mails of one conversation into one thread', async () => {
    const { messages } = await list(ada, 'q=from:marta@tidewheel.example');
    expect(messages).toHaveLength(3);
    expect(new Set(messages.map(({ threadId }) => threadId))).toEqual(new Set(['19e5a1c0ada00001']));
  });

  test("returns 404 for another user's mail", async () => {
    expect((await call('/messages/19e5a1c0ada00001', grace)).status).toBe(404);
    expect((await call('/messages/19e5a1c0ada00001', ada)).status).toBe(200);
  });
});

describe('emulated filters', () => {
  test('differ for each user', async () => {
    expect((await senders(ada)).toSorted()).toEqual([
      'billing@northport.example',
      'bills@northportpower.example',
      'orders@boltchain.example',
      'winner@luckywheel.example',
    ]);
    expect((await senders(grace)).toSorted()).toEqual([
      'courses@wrenchschool.example',
      'otto@fixedgear.example',
    ]);
  });
});

describe('a reset of the emulator', () => {
  test('restores mails and filters', async () => {
    const { filter } = filtersSchema.parse(await (await call('/settings/filters', ada)).json());
    for (const { id } of filter) await call(`/settings/filters/${id}`, ada, { method: 'DELETE' });
    const read = await call('/messages/19e5a1c0ada00004/modify', ada, {
      method: 'POST',
      body: JSON.stringify({ removeLabelIds: ['UNREAD'] }),
    });
    expect(messageSchema.parse(await read.json()).labelIds).not.toContain('UNREAD');
    expect(await senders(ada)).toEqual([]);
    expect(await ids(ada, 'q=is:unread')).toHaveLength(13);

    await gmail.reset();

    expect(await senders(ada)).toHaveLength(4);
    expect(await ids(ada, 'q=is:unread')).toHaveLength(14);
  });
});

describe('the emulated Gmail', () => {
  test.each([['ya29.unknown'], ['test_token_admin'], [undefined]])('rejects the token %s', async (token) => {
    const response = await call('/messages', token);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { code: 401, status: 'UNAUTHENTICATED', errors: [{ reason: 'authError' }] },
    });
  });

  test('grants one token to each of the two users', () => {
    expect(gmail.grants).toEqual([
      { identifier: 'user_ada', label: 'ada@harborbikes.example', accessToken: ada, isConnected: true },
      {
        identifier: 'user_grace',
        label: 'grace@harborbikes.example',
        accessToken: grace,
        isConnected: false,
      },
    ]);
  });
});

test("startGmail throws the system's error if the port is in use", async () => {
  await expect(startGmail({ port: Number(new URL(gmail.url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
