import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { LocalProvider } from '../../../local/providers/local-provider.ts';
import { start as startSlack } from '../../../local/providers/slack/provider.ts';

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

let slack: LocalProvider;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

async function post(method: string, token: string | undefined, parameters: object = {}): Promise<unknown> {
  const response = await fetch(`${slack.url}/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(parameters),
  });
  expect(response.status).toBe(200);
  return response.json();
}

async function channels(token: string) {
  const answer = await post('conversations.list', token, { types: 'public_channel,private_channel' });
  return channelsSchema.parse(answer).channels;
}

async function channelId(name: string) {
  return (await channels(ada)).find((channel) => channel.name === name)?.id;
}

describe('channels', () => {
  test('Ada sees the private channel, Grace does not', async () => {
    const everybodys = ['general', 'random', 'sales', 'summer-sale', 'support'];
    expect((await channels(ada)).map(({ name }) => name).toSorted()).toEqual(['founders', ...everybodys]);
    expect((await channels(grace)).map(({ name }) => name).toSorted()).toEqual(everybodys);
  });

  test('one channel is archived', async () => {
    const archived = (await channels(ada)).filter((channel) => channel.is_archived);
    expect(archived.map(({ name }) => name)).toEqual(['summer-sale']);
    expect(await post('chat.postMessage', ada, { channel: archived[0]?.id, text: 'Hello' })).toEqual({
      ok: false,
      error: 'is_archived',
    });
  });

  test.each([[ada], [grace]])('the user of %s is a member of the general channel', async (token) => {
    expect((await channels(token)).find(({ name }) => name === 'general')?.is_member).toBe(true);
  });

  test('reading methods answer to GET as well', async () => {
    const response = await fetch(`${slack.url}/api/conversations.list?limit=2`, {
      headers: { authorization: `Bearer ${ada}` },
    });
    expect(channelsSchema.parse(await response.json()).channels).toHaveLength(2);
  });
});

describe('messages', () => {
  test("Ada's message is hers and can be read back", async () => {
    const identity = identitySchema.parse(await post('auth.test', ada));
    expect(identity).toMatchObject({ user: 'ada', team: 'Harbor Bikes' });

    const channel = await channelId('sales');
    const posted = postedSchema.parse(
      await post('chat.postMessage', ada, { channel, text: 'The offer is out.' }),
    );

    expect(await post('conversations.history', ada, { channel })).toMatchObject({
      ok: true,
      messages: [{ user: identity.user_id, text: 'The offer is out.', ts: posted.ts }],
    });
  });

  test('reset takes a message away', async () => {
    await post('chat.postMessage', ada, { channel: await channelId('sales'), text: 'The offer is out.' });
    await slack.reset();
    expect(await post('conversations.history', ada, { channel: await channelId('sales') })).toMatchObject({
      ok: true,
      messages: [],
    });
  });

  test('an unknown channel is refused', async () => {
    expect(await post('chat.postMessage', ada, { channel: 'C999999999', text: 'Hello' })).toEqual({
      ok: false,
      error: 'channel_not_found',
    });
  });

  test('Grace may not write', async () => {
    const channel = await channelId('sales');
    expect(await post('chat.postMessage', grace, { channel, text: 'Hello' })).toMatchObject({
      ok: false,
      error: 'missing_scope',
      needed: 'chat:write',
    });
  });
});

describe('credentials', () => {
  test.each([
    ['xoxp-unknown', 'invalid_auth'],
    ['test_token_admin', 'invalid_auth'],
    [undefined, 'not_authed'],
  ])('%s is refused with %s', async (token, error) => {
    expect(await post('conversations.list', token)).toEqual({ ok: false, error });
  });
});
