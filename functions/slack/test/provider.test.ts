import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { LocalProvider } from '../../../local/providers/local-provider.ts';
import { start as startSlack } from '../local/provider.ts';
import { timeAgo } from './slack-stack.ts';

const ada = 'xoxp-local-ada';
const grace = 'xoxp-local-grace';
const channelsSchema = z.object({
  channels: z.array(
    z.object({ id: z.string(), name: z.string(), is_archived: z.boolean(), is_member: z.boolean() }),
  ),
});
const identitySchema = z.object({
  ok: z.literal(true),
  user: z.string(),
  user_id: z.string(),
  team: z.string(),
});
const postedSchema = z.object({ ok: z.literal(true), channel: z.string(), ts: z.string() });

const historySchema = z.object({ messages: z.array(z.object({ ts: z.string() })), has_more: z.boolean() });

let slack: LocalProvider;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

async function post(method: string, token: string | undefined, parameters: object = {}): Promise<unknown> {
  const response = await fetch(`${slack.url}/api/${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(parameters),
  });
  expect(response.status).toBe(200);
  return response.json();
}

async function get(method: string, token: string, parameters: Record<string, string> = {}) {
  const response = await fetch(`${slack.url}/api/${method}?${new URLSearchParams(parameters)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return response.json();
}

async function channels(token: string) {
  const answer = await get('conversations.list', token, { types: 'public_channel,private_channel' });
  return channelsSchema.parse(answer).channels;
}

async function channelId(name: string) {
  return (await channels(ada)).find((channel) => channel.name === name)?.id ?? '';
}

describe('emulated channels', () => {
  test('include the private channel only for Ada', async () => {
    const everybodys = ['alerts', 'general', 'random', 'sales', 'summer-sale', 'support', 'workshop'];
    expect((await channels(ada)).map(({ name }) => name).toSorted()).toEqual(
      ['founders', ...everybodys].toSorted(),
    );
    expect((await channels(grace)).map(({ name }) => name).toSorted()).toEqual(everybodys);
  });

  test('include one archived channel, which rejects messages', async () => {
    const archived = (await channels(ada)).filter((channel) => channel.is_archived);
    expect(archived.map(({ name }) => name)).toEqual(['summer-sale']);
    expect(await post('chat.postMessage', ada, { channel: archived[0]?.id, text: 'Hello' })).toEqual({
      ok: false,
      error: 'is_archived',
    });
  });

  test.each([[ada], [grace]])(
    'include the general channel with the user of the token %s as a member',
    async (token) => {
      expect((await channels(token)).find(({ name }) => name === 'general')?.is_member).toBe(true);
    },
  );
});

describe('the emulated message API', () => {
  test("returns Ada's message in the history, with Ada as its author", async () => {
    const identity = identitySchema.parse(await post('auth.test', ada));
    expect(identity).toMatchObject({ user: 'ada', team: 'Harbor Bikes' });

    const channel = await channelId('sales');
    const posted = postedSchema.parse(
      await post('chat.postMessage', ada, { channel, text: 'The offer is out.' }),
    );

    expect(await get('conversations.history', ada, { channel, limit: '1' })).toMatchObject({
      ok: true,
      messages: [{ user: identity.user_id, text: 'The offer is out.', ts: posted.ts }],
    });
  });

  test('removes posted messages on reset', async () => {
    await post('chat.postMessage', ada, { channel: await channelId('sales'), text: 'The offer is out.' });
    await slack.reset();
    const history = await get('conversations.history', ada, { channel: await channelId('sales') });
    expect(JSON.stringify(history)).not.toContain('The offer is out.');
  });

  test('rejects an unknown channel', async () => {
    expect(await post('chat.postMessage', ada, { channel: 'C999999999', text: 'Hello' })).toEqual({
      ok: false,
      error: 'channel_not_found',
    });
  });

  test("rejects Ada's message to a channel that she is not a member of", async () => {
    const channel = await channelId('workshop');
    expect(await post('chat.postMessage', ada, { channel, text: 'Hello' })).toEqual({
      ok: false,
      error: 'not_in_channel',
    });
  });

  test('opens a direct message for a message to a user, and hides the direct message from other users', async () => {
    const posted = postedSchema.parse(
      await post('chat.postMessage', ada, { channel: 'U0HARBORJON', text: 'Hi' }),
    );
    expect(posted).toMatchObject({ channel: expect.stringMatching(/^D/) });
    const again = postedSchema.parse(
      await post('chat.postMessage', ada, { channel: 'U0HARBORJON', text: 'Hi' }),
    );
    expect(again.channel).toBe(posted.channel);
    expect(await get('conversations.history', ada, { channel: posted.channel })).toMatchObject({
      messages: [{ text: 'Hi' }, { text: 'Hi' }, {}],
    });
    expect(await get('conversations.history', grace, { channel: posted.channel })).toEqual({
      ok: false,
      error: 'channel_not_found',
    });
  });

  test('posts a scheduled message when it is due', async () => {
    const channel = await channelId('sales');
    const soon = Math.floor(Date.now() / 1_000) + 60;
    await post('chat.scheduleMessage', ada, { channel, text: 'Later', post_at: soon });
    const newest = () => get('conversations.history', ada, { channel, limit: '1' });
    expect(await newest()).not.toMatchObject({ messages: [{ text: 'Later' }] });
    try {
      vi.setSystemTime(soon * 1_000);
      expect(await newest()).toMatchObject({ messages: [{ text: 'Later' }] });
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([
    ['from:jonas bikes -lift', ['sales']],
    ['"order 88317"', ['support', 'support']],
    [`in:#general after:${timeAgo(2, '00:00').slice(0, 10)}`, ['general']],
    [`in:general before:${timeAgo(3, '00:00').slice(0, 10)}`, ['general', 'general']],
    ['from:me in:founders', ['founders']],
  ])('if the search is “%s”, finds messages in %j', async (query, names) => {
    const found = await get('search.messages', ada, { query });
    expect(found).toMatchObject({ messages: { matches: names.map((name) => ({ channel: { name } })) } });
  });

  test('reads the history backwards from the newest message, or forwards from a time', async () => {
    const channel = await channelId('support');
    const of = async (span: Record<string, string>) =>
      historySchema.parse(await get('conversations.history', ada, { channel, limit: '1', ...span }));
    const { messages: all } = await of({ limit: '9' });
    const [newest, oldest] = [all[0]?.ts, all.at(-1)?.ts];

    expect(await of({})).toMatchObject({ messages: [{ ts: newest }], has_more: true });
    expect(await of({ oldest: '1' })).toMatchObject({ messages: [{ ts: oldest }], has_more: true });
    expect(await of({ oldest: oldest ?? '' })).toMatchObject({ messages: [{ ts: newest }], has_more: false });
    expect(await of({ oldest: '1', latest: newest ?? '' })).toMatchObject({ messages: [{ ts: oldest }] });
  });

  test("rejects Grace's message because her token lacks the scope", async () => {
    const channel = await channelId('sales');
    expect(await post('chat.postMessage', grace, { channel, text: 'Hello' })).toMatchObject({
      ok: false,
      error: 'missing_scope',
      needed: 'chat:write',
    });
  });
});

describe('the emulated Slack', () => {
  test.each([
    ['xoxp-unknown', 'invalid_auth'],
    ['test_token_admin', 'invalid_auth'],
    [undefined, 'not_authed'],
  ])('rejects the token %s with the error %s', async (token, error) => {
    expect(await post('conversations.list', token)).toEqual({ ok: false, error });
  });
});
