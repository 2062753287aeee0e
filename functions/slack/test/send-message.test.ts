import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startStackForTest } from '../../../test/support/start-stack-for-test.ts';
import { startTestBed, type TestBed } from '../../../test/support/test-bed.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../send-message.ts';
import { NO_PREVIEWS } from '../shared/outgoing-text.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonErrors, refused } from './provider-errors.ts';
import { timeAgo } from './slack-stack.ts';

const Sent = z.strictObject({ ts: z.string(), channel: z.string() });
const Channels = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });
const Messages = z.object({
  messages: z.array(z.object({ ts: z.string(), text: z.string(), thread_ts: z.string().optional() })),
});

let stack: Awaited<ReturnType<typeof startStackForTest>>;
let bed: TestBed;
let channel: string;
beforeAll(async () => {
  [stack, bed] = await Promise.all([startStackForTest(), startTestBed()]);
  const { channels } = Channels.parse(await stack.provider('slack', 'user_ada', '/api/conversations.list'));
  channel = channels.find(({ name }) => name === 'sales')?.id ?? '';
  return () => Promise.all([stack.close(), bed.close()]);
});
beforeEach(() => stack.scalekit.reset());

const proxied = () => stack.scalekit.requests.filter(({ kind }) => kind === 'proxy');

testProviderErrors(
  tool,
  { channel: 'C123ABC456', text: 'Hello' },
  {
    ...commonErrors(tool),
    'a text that is too long': {
      answer: refused('msg_too_long'),
      error: { code: 'rejected_by_provider', message: expect.stringContaining('Shorten') },
    },
  },
);

test('the description of slack_send_message says that the user must be a member of the channel', () => {
  expect(tool.description).toContain('must be a member of the channel');
});

describe('slack_send_message', () => {
  test("accepts Slack's own example", async () => {
    bed.provider.script = () => ({ body: official['chat.postMessage'] });

    const { json } = await bed.environment(tool)({ input: { channel: 'C123ABC456', text: 'Hello' } });

    expect(json).toEqual({ ts: '1503435956.000247', channel: 'C123ABC456' });
  });

  test.each(tool.examples)('has examples whose text is sent to Slack unchanged', async ({ input }) => {
    bed.provider.script = () => ({ body: official['chat.postMessage'] });

    await bed.environment(tool)({ input });

    expect(JSON.parse(bed.provider.requests.at(-1)?.body ?? '')).toMatchObject({ text: input.text });
  });

  test('posts the message with one documented request', async () => {
    const text = 'Zwölf Räder – <https://example.com|the offer> 🚲';

    const { status, json } = await stack.call('user_ada', tool.name, { channel, text });

    expect(status).toBe(200);
    const sent = Sent.parse(json);
    expect(sent.channel).toBe(channel);
    const history = await stack.provider(
      'slack',
      'user_ada',
      `/api/conversations.history?channel=${channel}`,
    );
    expect(Messages.parse(history).messages).toContainEqual(expect.objectContaining({ ts: sent.ts, text }));
    expect(proxied().map(({ forwarded }) => forwarded)).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/api/chat.postMessage',
        headers: expect.objectContaining({ 'content-type': 'application/json; charset=utf-8' }),
        body: JSON.stringify({ channel, text, ...NO_PREVIEWS }),
      }),
    ]);
  });

  test('replies in a thread', async () => {
    const parent = Sent.parse(
      (await stack.call('user_ada', tool.name, { channel, text: 'A question' })).json,
    );

    const { json } = await stack.call('user_ada', tool.name, {
      channel,
      text: 'An answer',
      thread_ts: parent.ts,
    });

    const path = `/api/conversations.replies?channel=${channel}&ts=${parent.ts}`;
    const replies = Messages.parse(await stack.provider('slack', 'user_ada', path)).messages;
    expect(replies).toContainEqual(
      expect.objectContaining({ ts: Sent.parse(json).ts, thread_ts: parent.ts }),
    );
  });

  test.each([
    ['an unknown channel', 'user_ada', { channel: 'C0NOSUCH' }, 404, 'not_found'],
    ['an archived channel', 'user_ada', { channel: 'summer-sale' }, 409, 'conflict'],
    [
      'a private channel that the account is not in',
      'user_grace',
      { channel: 'founders' },
      403,
      'permission_denied',
    ],
  ])('reports an error for %s, although Slack sends status 200', async (_, user, input, status, code) => {
    const answer = await stack.call(user, tool.name, { text: 'Hello', ...input });

    expect(answer.status).toBe(status);
    expect(answer.error).toMatchObject({ code, retryable: false });
    expect(proxied().map((request) => request.status)).toEqual([200]);
  });

  test.each([
    ['an ID', 'U0HARBORJON'],
    ['a mention', '<@U0HARBORJON>'],
  ])('opens a direct message for %s of a person', async (_, person) => {
    const { json } = await stack.call('user_ada', tool.name, { channel: person, text: 'Hello' });

    expect(json).toMatchObject({ channel: 'D0HARBORADJ' });
  });

  test('notifies nobody if the text of a read message is sent again', async () => {
    const read = await stack.call('user_ada', 'slack_catch_up_channel', {
      channel: '#general',
      since: timeAgo(4, '07:30'),
    });
    const [{ text } = { text: '' }] = Messages.parse(read.json).messages;
    expect(text).toMatch(/^@channel A technician looks/);
    stack.scalekit.reset();

    await stack.call('user_ada', tool.name, { channel, text });

    expect(proxied()[0]?.forwarded?.body).not.toContain('<!');
    expect(proxied()[0]?.forwarded?.body).toContain('Repairs &gt; 1 hour');
  });

  test('reports the name of a missing scope, and a link to consent', async () => {
    const { error } = await stack.call('user_grace', tool.name, { channel, text: 'Hello' });

    expect(error).toMatchObject({
      code: 'permission_denied',
      details: [{ path: '', issue: 'needs the scope chat:write' }],
      authorization_url: `${stack.variables.CONNECT_URL}?connector=slack`,
    });
  });

  test.each([
    ['no text', { channel: 'general' }, ['text']],
    ['a blank text', { channel: 'general', text: ' \n' }, ['text']],
    ['an e-mail address in place of a channel', { channel: 'ada@example.com', text: 'Hello' }, ['channel']],
    ['an empty text', { channel: 'general', text: '' }, ['text']],
    ['a text of 1 MB', { channel: 'general', text: 'x'.repeat(1_000_000) }, ['text']],
    [
      'a number as thread_ts',
      { channel: 'general', text: 'Hello', thread_ts: 1503435956.000247 },
      ['thread_ts'],
    ],
    ['a malformed thread_ts', { channel: 'general', text: 'Hello', thread_ts: '1503435956' }, ['thread_ts']],
    [
      'unknown keys',
      { channel: 'general', text: 'Hello', as_user: true, identifier: 'user_grace' },
      ['as_user', 'identifier'],
    ],
  ])('rejects %s, reports the paths of the fields, and sends nothing', async (_, input, paths) => {
    const { status, error } = await stack.call('user_ada', tool.name, input);

    expect(status).toBe(400);
    expect(error?.details.map(({ path }) => path)).toEqual(paths);
    expect(stack.scalekit.requests).toEqual([]);
  });

  test('treats an optional key that is null as absent', async () => {
    const { status } = await stack.call('user_ada', tool.name, { channel, text: 'Hello', thread_ts: null });

    expect(status).toBe(200);
    expect(proxied()[0]?.forwarded?.body).toBe(JSON.stringify({ channel, text: 'Hello', ...NO_PREVIEWS }));
  });
});
