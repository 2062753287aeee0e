import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { everyPage } from '../../../test/support/every-page.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tsAgo } from '../local/seed.ts';
import { tool } from '../read-thread.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonErrors, refused } from './provider-errors.ts';
import {
  answering,
  INVALID_ANYWHERE,
  INVALID_CHANNELS,
  SUPPORT,
  setUpSlack,
  timeAgo,
} from './slack-stack.ts';

const input = { channel: 'C024BE91L', thread_ts: '1482960137.003543' };
const ticket = { channel: SUPPORT, thread_ts: tsAgo(3, '09:30') };
const page = (messages: unknown[]) => ({ messages, count: messages.length, next_cursor: null, omitted: 0 });

const slack = setUpSlack();

describe('slack_read_thread', () => {
  test('sends the documented request, and returns all messages of the thread with names instead of user IDs', async () => {
    const { status, json } = await slack.stack.call('user_grace', tool.name, ticket);

    expect(status).toBe(200);
    expect(json).toMatchObject({
      count: 4,
      next_cursor: null,
      messages: [
        { author: 'Grace Lindqvist', text: expect.stringContaining('@Jonas Keller where is it?') },
        { author: 'Jonas Keller', sent_at: timeAgo(3, '09:41') },
        { author: 'Ada Okafor', text: 'I call him. @Grace Lindqvist please give him a loan bike.' },
        { author: 'Grace Lindqvist', ts: tsAgo(3, '10:15'), text: 'He has the blue one.' },
      ],
    });
    expect(slack.asked()[0]).toEqual([
      `GET /api/conversations.replies?channel=${SUPPORT}&ts=${tsAgo(3, '09:30')}&limit=50`,
      null,
    ]);
  });

  test('returns a new reply, and returns a message without replies as a thread with one message', async () => {
    const sent = await slack.stack.call('user_ada', 'slack_send_message', {
      channel: 'random',
      text: 'Lunch?',
    });
    const { ts: thread_ts, channel } = z.object({ ts: z.string(), channel: z.string() }).parse(sent.json);
    const read = () => slack.stack.call('user_grace', tool.name, { channel, thread_ts });

    expect((await read()).json).toMatchObject({ count: 1, messages: [{ text: 'Lunch?' }] });
    await slack.stack.call('user_ada', 'slack_send_message', { channel, text: 'At noon.', thread_ts });
    expect((await read()).json).toMatchObject({ count: 2, messages: [{}, { text: 'At noon.' }] });
  });

  test.each([1, 2, 3, 4, 200])('returns every message once if max_results is %i', async (size) => {
    const read = (given: object) => slack.stack.call('user_ada', tool.name, given);

    const pages = await everyPage(read, 'messages', { ...ticket, max_results: size });

    expect(pages.flat()).toMatchObject([
      { sent_at: timeAgo(3, '09:30') },
      { sent_at: timeAgo(3, '09:41') },
      { sent_at: timeAgo(3, '09:44') },
      { sent_at: timeAgo(3, '10:15') },
    ]);
  });

  test.each([
    ['an unknown thread', 'user_ada', { thread_ts: tsAgo(3, '09:30').replace('100', '999') }],
    ['an unknown channel', 'user_ada', { channel: 'C0NOSUCH' }],
    ['a private channel of other people', 'user_grace', { channel: 'C0HARBORFND' }],
  ])('returns not_found for %s', async (_, user, changed) => {
    const { status, error } = await slack.stack.call(user, tool.name, { ...ticket, ...changed });

    expect(status).toBe(404);
    expect(error?.code).toBe('not_found');
  });

  test.each([1, 3, 50])('finds the thread by the ts of a reply if max_results is %i', async (size) => {
    const read = (given: object) => slack.stack.call('user_ada', tool.name, given);

    const reply = { channel: SUPPORT, thread_ts: tsAgo(3, '09:44'), max_results: size };
    const pages = await everyPage(read, 'messages', reply);

    expect(pages.flat()).toMatchObject([
      { sent_at: timeAgo(3, '09:30') },
      { sent_at: timeAgo(3, '09:41') },
      { sent_at: timeAgo(3, '09:44') },
      { sent_at: timeAgo(3, '10:15') },
    ]);
  });

  const digits = ticket.thread_ts.replace('.', '');
  const link = `https://harborbikes.slack.com/archives/${SUPPORT}/p${digits}`;
  const replyLink = `https://harborbikes.slack.com/archives/${SUPPORT}/p${tsAgo(3, '09:41').replace('.', '')}`;
  test.each([
    ['a link', link],
    ['the link of a reply', `${replyLink}?thread_ts=${ticket.thread_ts}&cid=${SUPPORT}`],
    ["a link in Slack's format", `<${link}|the message>`],
    ['the end of a link', `p${digits}`],
    ['a ts without its point', digits],
    ['a ts that lost the zeros at its end', ticket.thread_ts.replace(/0+$/, '')],
  ])('reads the ts of the thread from %s', async (_, thread_ts) => {
    const { json } = await slack.stack.call('user_ada', tool.name, { ...ticket, thread_ts });

    expect(json).toMatchObject({ count: 4 });
    expect(slack.asked()[0]?.[0]).toContain(`&ts=${ticket.thread_ts}&`);
  });

  test('leaves out replies before the time in `since`', async () => {
    const { json } = await slack.stack.call('user_ada', tool.name, { ...ticket, since: timeAgo(3, '09:44') });

    expect(json).toMatchObject({
      messages: [{ sent_at: timeAgo(3, '09:30') }, { sent_at: timeAgo(3, '09:44') }, {}],
    });
  });

  test("accepts Slack's own example, and leaves out the first message on later pages", async () => {
    const { messages } = official['conversations.replies'];
    const reply = {
      user: 'U061F7AUR',
      text: 'one island',
      thread_ts: input.thread_ts,
      ts: '1483037603.017503',
    };
    slack.bed.provider.script = (request) =>
      answering({
        'conversations.replies': request.url?.includes('cursor=')
          ? { ok: true, messages: [...messages, reply], has_more: false }
          : official['conversations.replies'],
        'users.info': official['users.info'],
      })(request);
    const call = slack.bed.environment(tool);

    const pages = await everyPage((given) => call({ input: given }), 'messages', input);

    const author = 'Egon Spengler';
    expect(pages).toEqual([
      [{ ts: '1482960137.003543', sent_at: '2016-12-28T21:22:17Z', author, text: 'island' }],
      [{ ts: '1483037603.017503', sent_at: '2016-12-29T18:53:23Z', author, text: 'one island' }],
    ]);
  });

  test.each([
    ['messages', { ok: true }, []],
    [
      'fields',
      { ok: true, messages: [{ ts: '1482960137.003543' }], response_metadata: null },
      [{ ts: '1482960137.003543', sent_at: '2016-12-28T21:22:17Z', author: null, text: '' }],
    ],
  ])('accepts a response without %s', async (_, body, messages) => {
    slack.bed.provider.script = () => ({ body });

    expect((await slack.bed.environment(tool)({ input })).json).toEqual(page(messages));
  });
});

test('the input for a thread rejects a ts that lost digits because it was a number, and asks for a ts in quotes', async () => {
  const { error } = await slack.bed.environment(tool)({ input: { ...input, thread_ts: 1482960137.003543 } });

  expect(error?.details).toEqual([
    { path: 'thread_ts', issue: expect.stringContaining('in quotes, such as "1503435956.000247"') },
  ]);
});

testInvalidInputs(tool, input, {
  ...INVALID_ANYWHERE,
  ...INVALID_CHANNELS,
  'a missing thread': [{ thread_ts: null }, ['thread_ts']],
  'a number in place of a thread': [{ thread_ts: 1482960137.003543 }, ['thread_ts']],
  'a ts without its second part': [{ thread_ts: '1482960137' }, ['thread_ts']],
  'a time without a zone': [{ since: '2026-11-18T09:30' }, ['since']],
  'a time in place of a thread': [{ thread_ts: '2026-11-18T09:30:00Z' }, ['thread_ts']],
  'too many results': [{ max_results: 201 }, ['max_results']],
});
testProviderErrors(tool, input, {
  ...commonErrors(tool),
  'an unknown thread': { answer: refused('thread_not_found'), error: { code: 'not_found' } },
});
