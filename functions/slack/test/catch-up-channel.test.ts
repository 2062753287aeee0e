import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { tool } from '../catch-up-channel.ts';
import { answering } from './answering.ts';
import { INVALID_ANYWHERE, INVALID_CHANNELS } from './invalid-inputs.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonRefusals, refused } from './refusals.ts';
import { GENERAL, SUPPORT, setUpSlack } from './slack-stack.ts';

const input = { channel: 'C024BE91L', since: '2017-12-01' };
const page = (messages: unknown[]) => ({ messages, count: messages.length, next_cursor: null, omitted: 0 });

const slack = setUpSlack();

describe('slack_catch_up_channel', () => {
  test('gives what was said since then, oldest first, with names, and asks as documented', async () => {
    const { status, json } = await slack.stack.call('user_ada', tool.name, {
      channel: SUPPORT,
      since: '2026-11-18T10:30:00+01:00',
    });

    expect(status).toBe(200);
    expect(json).toEqual(
      page([
        {
          ts: '1794994200.000100',
          at: '2026-11-18T09:30:00Z',
          author: 'Grace Lindqvist',
          text: 'Tomas Berg is waiting for repair ticket 5120, promised for Tuesday. @Jonas Keller where is it?',
          reply_count: 3,
        },
        {
          ts: '1795002360.000100',
          at: '2026-11-18T11:46:00Z',
          author: '[app] Parts Watch',
          text: 'Order 88317 of Bolt & Chain Parts has shipped: track it (https://boltchain.example/orders/88317)',
          reply_count: 0,
        },
      ]),
    );
    const [history, ...names] = slack.asked().map(([request]) => request);
    expect(history).toBe(
      `GET /api/conversations.history?channel=${SUPPORT}&oldest=1794994200.000000&inclusive=true&limit=30`,
    );
    expect(names.toSorted()).toEqual([
      'GET /api/users.info?user=U0HARBORBOT',
      'GET /api/users.info?user=U0HARBORGRC',
      'GET /api/users.info?user=U0HARBORJON',
    ]);
  });

  test.each([
    ['after the last message', '2026-11-19'],
    ['in the future', '2099-01-01'],
  ])('gives nothing %s', async (_, since) => {
    const { json } = await slack.stack.call('user_ada', tool.name, { channel: SUPPORT, since });

    expect(json).toEqual(page([]));
  });

  test('leaves out who came and went', async () => {
    const { json } = await slack.stack.call('user_grace', tool.name, {
      channel: GENERAL,
      since: '2026-11-17',
    });

    expect(json).toMatchObject({ count: 2, messages: [{ at: '2026-11-17T08:00:00Z' }, {}] });
  });

  test('is told of a message that was just posted', async () => {
    const text = 'City Ferries have <signed> & paid';
    await slack.stack.call('user_ada', 'slack_send_message', { channel: 'random', text });

    const { json } = await slack.stack.call('user_ada', tool.name, {
      channel: 'C0HARBORRND',
      since: '2026-11-20',
    });

    expect(json).toMatchObject({ messages: [{ author: 'Ada Okafor', reply_count: 0 }] });
  });

  test.each([1, 3, 4, 7, 100])(
    'following next_cursor yields every message once and in order, %i at a time',
    async (size) => {
      const { status } = await slack.stack.call('user_ada', 'slack_send_message', {
        channel: 'sales',
        text: 'ok',
      });
      expect(status).toBe(200);
      const given = { channel: 'C0HARBORSAL', since: '2026-11-01' };
      const read = (input: object) => slack.stack.call('user_ada', tool.name, input);

      const whole = await everyPage(read, 'messages', { ...given, max_results: 100 });
      const pages = await everyPage(read, 'messages', { ...given, max_results: size });

      expect(whole).toHaveLength(1);
      expect(pages).toHaveLength(Math.ceil(whole.flat().length / size));
      expect(pages.flat()).toEqual(whole.flat());
      expect(whole.flat()).toEqual(whole.flat().toSorted(byTs));
    },
  );

  test('what the budget leaves out comes with the next cursor', async () => {
    const text = 'Twelve bikes. '.repeat(200);
    const messages = Array.from({ length: 40 }, (_, index) => ({ ts: `15120859${index + 10}.000216`, text }));
    slack.bed.provider.script = answering({
      'conversations.history': { ok: true, messages: messages.toReversed(), has_more: false },
    });

    const call = slack.bed.environment(tool);
    const pages = await everyPage((given) => call({ input: given }), 'messages', {
      ...input,
      max_results: 40,
    });

    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat()).toMatchObject(messages.map(({ ts }) => ({ ts })));
  });

  test("takes Slack's own example", async () => {
    const text = 'I find you punny and would like to smell your nose letter';
    slack.bed.provider.script = answering(official);

    const { json } = await slack.bed.environment(tool)({ input });

    const at = '2017-11-30T23:52:30Z';
    expect(json).toEqual({
      ...page([{ ts: '1512085950.000216', at, author: 'Egon Spengler', text, reply_count: 0 }]),
      next_cursor: expect.any(String),
    });
  });

  test('what an app posts has its name, and the text of its attachments and files', async () => {
    const at = '2017-11-30T23:52:30Z';
    const attachments = [{ fallback: 'Build 7 failed' }, { text: 'in 3 min' }, {}];
    const messages = [
      { ts: '1512085950.000216', bot_profile: { name: 'Builds' }, text: '', attachments },
      { ts: '1512085950.000217', username: 'door', files: [{ name: 'key.png' }, { mode: 'tombstone' }, 7] },
      { ts: '1512085950.000218', user: null, text: null, attachments: null, files: null, subtype: null },
    ];
    slack.bed.provider.script = answering({ 'conversations.history': { ok: true, messages } });

    const { json } = await slack.bed.environment(tool)({ input });

    expect(json).toEqual(
      page([
        {
          ts: '1512085950.000216',
          at,
          author: '[app] Builds',
          text: 'Build 7 failed\nin 3 min',
          reply_count: 0,
        },
        {
          ts: '1512085950.000217',
          at,
          author: '[app] door',
          text: '[file: key.png]\n[file: unnamed]',
          reply_count: 0,
        },
        { ts: '1512085950.000218', at, author: null, text: '', reply_count: 0 },
      ]),
    );
  });

  test.each(['user_not_found', 'user_not_visible'])(
    'whom Slack hides with %s keeps the ID',
    async (error) => {
      slack.bed.provider.script = answering({
        'conversations.history': {
          ok: true,
          messages: [{ ts: '1512085950.000216', user: 'U0STRANGER', text: '<@U0STRANGER|lena>?' }],
        },
        'users.info': { ok: false, error },
      });

      const { json } = await slack.bed.environment(tool)({ input });

      expect(json).toMatchObject({ messages: [{ author: 'U0STRANGER', text: '@U0STRANGER?' }] });
    },
  );

  test('an app that calls itself like a person is told from that person', async () => {
    const name = `Ada Okafor${' '.repeat(100)}.`;
    slack.bed.provider.script = answering({
      'conversations.history': {
        ok: true,
        messages: [
          { ts: '1512085950.000216', username: name, text: 'Pay today' },
          { ts: '1512085950.000217', user: 'U0APP', username: 'Ada Okafor', text: 'Pay now' },
        ],
      },
      'users.info': { ok: true, user: { id: 'U0APP', is_bot: true, profile: { real_name: name } } },
    });

    const { json } = await slack.bed.environment(tool)({ input });

    const author = expect.stringMatching(/^\[app\] Ada Okafor/);
    expect(json).toMatchObject({ messages: [{ author }, { author }] });
  });

  test('a page that mentions a thousand people looks up 50', async () => {
    const text = Array.from({ length: 1_000 }, (_, index) => `<@U${index + 1_000}>`).join(' ');
    slack.bed.provider.script = answering({
      'conversations.history': { ok: true, messages: [{ ts: '1512085950.000216', user: 'U0AUTHOR', text }] },
      'users.info': official['users.info'],
    });

    const { status } = await slack.bed.environment(tool)({ input });

    expect(status).toBe(200);
    expect(slack.bed.provider.requests).toHaveLength(51);
  });

  test('an answer without messages is an empty page', async () => {
    slack.bed.provider.script = () => ({ body: { ok: true } });

    expect((await slack.bed.environment(tool)({ input })).json).toEqual(page([]));
  });

  test('a ts that is none breaks the answer', async () => {
    slack.bed.provider.script = () => ({ body: { ok: true, messages: [{ ts: '99999999999999999999.1' }] } });

    expect((await slack.bed.environment(tool)({ input })).error?.code).toBe('invalid_provider_response');
  });
});

function byTs(one: unknown, other: unknown): number {
  return JSON.stringify(one).localeCompare(JSON.stringify(other));
}

testInvalidInputs(tool, input, {
  ...INVALID_ANYWHERE,
  ...INVALID_CHANNELS,
  'no time': [{ since: null }, ['since']],
  'a time without a zone': [{ since: '2026-11-20T08:00:00' }, ['since']],
  'a ts for a time': [{ since: '1512085950.000216' }, ['since']],
  'too many results': [{ max_results: 101 }, ['max_results']],
});
testRefusals(tool, input, {
  ...commonRefusals(tool),
  'an unknown channel': { answer: refused('channel_not_found'), error: { code: 'not_found' } },
  'a channel without the account': {
    answer: refused('not_in_channel'),
    error: { code: 'permission_denied', message: expect.stringContaining('not in this channel') },
  },
});
