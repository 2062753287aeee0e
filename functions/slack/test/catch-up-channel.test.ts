import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Script } from '../../../local/testing/scripted-provider.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../catch-up-channel.ts';
import { tsAgo } from '../local/seed.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonErrors, refused } from './provider-errors.ts';
import {
  ALERTS,
  answering,
  GENERAL,
  INVALID_ANYWHERE,
  INVALID_CHANNELS,
  SUPPORT,
  setUpSlack,
  timeAgo,
  WORKSHOP,
} from './slack-stack.ts';

const input = { channel: 'C024BE91L', since: '2017-12-01' };
const complete = { is_complete: true, missing: [] };
const page = (messages: unknown[]) => ({
  messages,
  ...complete,
  count: messages.length,
  next_cursor: null,
  omitted: 0,
});
/** Returns the output for a message without replies. */
const item = (fields: object) => ({ ...fields, reply_count: 0, latest_reply_at: null });

const slack = setUpSlack();

describe('slack_catch_up_channel', () => {
  test('sends the documented request, and lists messages since a time, oldest first, with names instead of user IDs', async () => {
    const { status, json } = await slack.stack.call('user_ada', tool.name, {
      channel: SUPPORT,
      since: timeAgo(3, '09:30').replace('Z', '+00:00'),
    });

    expect(status).toBe(200);
    expect(json).toEqual(
      page([
        {
          ts: tsAgo(3, '09:30'),
          sent_at: timeAgo(3, '09:30'),
          author: 'Grace Lindqvist',
          text: 'Tomas Berg is waiting for repair ticket 5120, promised for Tuesday. @Jonas Keller where is it?',
          reply_count: 3,
          latest_reply_at: timeAgo(3, '10:15'),
        },
        {
          ts: tsAgo(3, '11:46'),
          sent_at: timeAgo(3, '11:46'),
          author: '[app] Parts Watch',
          text: 'Order 88317 of Bolt & Chain Parts has shipped: track it (https://boltchain.example/orders/88317)',
          reply_count: 0,
          latest_reply_at: null,
        },
      ]),
    );
    const [history, older, ...names] = slack.asked().map(([request]) => request);
    const oldest = tsAgo(3, '09:30').replace(/\d{6}$/, '000000');
    expect(history).toBe(
      `GET /api/conversations.history?channel=${SUPPORT}&oldest=${oldest}&inclusive=true&limit=30`,
    );
    expect(older).toBe(`GET /api/conversations.history?channel=${SUPPORT}&latest=${oldest}&limit=200`);
    expect(names.toSorted()).toEqual([
      'GET /api/users.info?user=U0HARBORBOT',
      'GET /api/users.info?user=U0HARBORGRC',
      'GET /api/users.info?user=U0HARBORJON',
    ]);
  });

  test.each([
    ['after the last message', timeAgo(2, '00:00')],
    ['for a time in the future', '2099-01-01'],
  ])('returns an empty list %s', async (_, since) => {
    const { json } = await slack.stack.call('user_ada', tool.name, { channel: SUPPORT, since });

    expect(json).toEqual(page([]));
  });

  test('leaves out notices that somebody joined or left', async () => {
    const { json } = await slack.stack.call('user_grace', tool.name, {
      channel: GENERAL,
      since: timeAgo(4, '00:00'),
    });

    expect(json).toMatchObject({ count: 2, messages: [{ sent_at: timeAgo(4, '08:00') }, {}] });
  });

  test('lists a message that was just posted', async () => {
    const text = 'City Ferries have <signed> & paid';
    await slack.stack.call('user_ada', 'slack_send_message', { channel: 'random', text });

    const { json } = await slack.stack.call('user_ada', tool.name, {
      channel: 'C0HARBORRND',
      since: timeAgo(0, '00:00'),
    });

    expect(json).toMatchObject({ messages: [{ author: 'Ada Okafor', text, reply_count: 0 }] });
  });

  test.each([1, 3, 4, 7, 100])(
    'returns every message once and in order if max_results is %i',
    async (size) => {
      const { status } = await slack.stack.call('user_ada', 'slack_send_message', {
        channel: 'sales',
        text: 'ok',
      });
      expect(status).toBe(200);
      const given = { channel: 'C0HARBORSAL', since: timeAgo(20, '00:00') };
      const read = (input: object) => slack.stack.call('user_ada', tool.name, input);

      const whole = await everyPage(read, 'messages', { ...given, max_results: 100 });
      const pages = await everyPage(read, 'messages', { ...given, max_results: size });

      expect(whole).toHaveLength(1);
      expect(pages).toHaveLength(Math.ceil(whole.flat().length / size));
      expect(pages.flat()).toEqual(whole.flat());
      expect(whole.flat()).toEqual(whole.flat().toSorted(byTs));
    },
  );

  test('moves messages that exceed the size limit to the next page', async () => {
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

  test("accepts Slack's own example", async () => {
    const text = 'I find you punny and would like to smell your nose letter';
    slack.bed.provider.script = answering(official);

    const { json } = await slack.bed.environment(tool)({ input });

    const at = '2017-11-30T23:52:30Z';
    expect(json).toEqual({
      ...page([item({ ts: '1512085950.000216', sent_at: at, author: 'Egon Spengler', text })]),
      // According to the example response, there are more messages.
      is_complete: false,
      missing: [expect.stringContaining('threads that began before')],
      next_cursor: expect.any(String),
    });
  });

  test.each(['user_not_found', 'user_not_visible'])(
    'shows the ID of a person if Slack returns %s',
    async (error) => {
      slack.bed.provider.script = answering({
        'conversations.history': {
          ok: true,
          messages: [{ ts: '1512085950.000216', user: 'U0STRANGER', text: '<@U0STRANGER|lena>?' }],
        },
        'users.info': { ok: false, error },
      });

      const { json } = await slack.bed.environment(tool)({ input });

      expect(json).toMatchObject({ messages: [{ author: 'U0STRANGER', text: '@lena?' }] });
    },
  );

  const said = { ts: '1512085950.000216', user: 'U0AAA1111', text: '<@U0BBB2222> the press is down' };
  test.each<[string, ReturnType<Script>]>([
    ['a rate limit', { status: 429, headers: { 'retry-after': '90' }, body: refused('ratelimited').body }],
    ['a missing scope', refused('missing_scope', { needed: 'users:read', provided: '' })],
    ['an outage', { status: 503, body: 'upstream connect error' }],
    ['a malformed response', { body: { ok: true, user: 7 } }],
    ['a lost connection', 'reset'],
    ['no response at all', 'hang'],
  ])('returns all messages if the names cannot be read because of %s', async (_, answer) => {
    slack.bed.provider.script = (request) =>
      request.url?.includes('users.info')
        ? answer
        : { body: { ok: true, messages: request.url?.includes('latest=') ? [] : [said] } };

    const { json } = await slack.bed.environment(tool)({ input, remainingMs: 12_000 });

    expect(json).toEqual(
      page([
        item({
          ts: said.ts,
          sent_at: '2017-11-30T23:52:30Z',
          author: 'U0AAA1111',
          text: '@U0BBB2222 the press is down',
        }),
      ]),
    );
  });

  test('requests no more names after a rate limit', async () => {
    const messages = Array.from({ length: 30 }, (_, index) => ({
      ...said,
      ts: `15120859${index + 10}.000216`,
      user: `U0AAA${index}`,
    }));
    slack.bed.provider.script = ({ url }) =>
      url?.includes('users.info')
        ? { status: 429, headers: { 'retry-after': '90' }, body: refused('ratelimited').body }
        : { body: { ok: true, messages: url?.includes('latest=') ? [] : messages } };

    const { json } = await slack.bed.environment(tool)({ input });

    expect(json).toMatchObject({ count: 30 });
    expect(slack.bed.provider.requests.length).toBeLessThanOrEqual(2 + 5);
  });

  test.each([
    ["the name in the app's profile", { bot_profile: { name: 'Builds' }, bot_id: 'B0AAA' }, '[app] Builds'],
    ["the user name of the app's message", { username: 'door', bot_id: 'B0AAA' }, '[app] door'],
    // An app can choose another name for one message, such as the name of a customer:
    // https://docs.slack.dev/reference/methods/chat.postMessage#authorship. These are the fields of such a message:
    // https://github.com/scrapinghub/slackbot/pull/202
    [
      'the name that the app chose for the message',
      { subtype: 'bot_message', username: 'Lena (Support)', bot_profile: { name: 'Desk' }, bot_id: 'B0AAA' },
      '[app] Lena (Support)',
    ],
    [
      'the name that the app chose, and not its account',
      { subtype: 'bot_message', username: 'Nightly', user: 'U0AAA', bot_id: 'B0AAA' },
      '[app] Nightly',
    ],
    ['the name of the app in bots.info', { subtype: 'bot_message', bot_id: 'B0AAA' }, '[app] beforebot'],
    ['the ID of an unknown app', { subtype: 'bot_message', bot_id: 'B0ZZZ' }, '[app] B0ZZZ'],
    ['nobody, if the message has no user', { user: null }, null],
    // The author belongs to another organisation: https://docs.slack.dev/apis/slack-connect
    [
      'the name in the profile of the message',
      { user: 'U0STRANGER', user_profile: { real_name: 'Lena Berg', team: 'T0OTHER' } },
      'Lena Berg',
    ],
    [
      'the display name in the profile of the message',
      { user: 'U0STRANGER', user_profile: { display_name: 'lena' } },
      'lena',
    ],
    [
      'the handle in the profile of the message',
      { user: 'U0STRANGER', user_profile: { real_name: '', name: 'lena.b' } },
      'lena.b',
    ],
    // These values do not have the documented format.
    [
      'nobody, if the fields are malformed',
      { user: { id: 'U0AAA' }, bot_profile: 'x', reply_count: '2' },
      null,
    ],
    [
      'the person, if an app posts in the name of this person',
      { user: 'U0AAA', bot_profile: { name: 'Builds' }, bot_id: 'B0AAA' },
      'Egon Spengler',
    ],
    ['nobody, for a deleted message', { subtype: 'tombstone', user: 'USLACKBOT' }, null],
  ])('returns as the author: %s', async (_, fields, author) => {
    const messages = [{ ts: '1512085950.000216', text: 'Hi', ...fields }];
    slack.bed.provider.script = (request) =>
      answering({
        'conversations.history': { ok: true, messages: request.url?.includes('latest=') ? [] : messages },
        'users.info': request.url?.includes('U0STRANGER')
          ? { ok: false, error: 'user_not_found' }
          : official['users.info'],
        'bots.info': request.url?.includes('B0AAA')
          ? { ok: true, bot: { id: 'B0AAA', name: 'beforebot' } }
          : { ok: false, error: 'bot_not_found' },
      })(request);

    const { json } = await slack.bed.environment(tool)({ input });

    expect(json).toMatchObject({ messages: [{ author }] });
  });

  // Slack sends most mentions of user groups without the name of the group:
  // https://github.com/voltapp/volt/issues/115
  test.each<[string, object, string]>([
    [
      'its handle',
      { ok: true, usergroups: [{ id: 'S0AAA', handle: 'mechanics', name: 'Mechanics' }, { id: 'S0BBB' }] },
      '@mechanics @S0BBB @old',
    ],
    ['its ID if the scope is missing', { ok: false, error: 'missing_scope' }, '@S0AAA @S0BBB @old'],
    ['its ID on a plan without groups', { ok: false, error: 'paid_teams_only' }, '@S0AAA @S0BBB @old'],
  ])('shows a user group by %s, with one request', async (_, groups, text) => {
    const written = '<!subteam^S0AAA> <!subteam^S0BBB> <!subteam^S0CCC|@old>';
    slack.bed.provider.script = (request) =>
      answering({
        'conversations.history': {
          ok: true,
          messages: request.url?.includes('latest=')
            ? []
            : ['6', '7'].map((last) => ({ ts: `1512085950.00021${last}`, user: 'U0AAA', text: written })),
        },
        'users.info': official['users.info'],
        'usergroups.list': groups,
      })(request);

    const { json } = await slack.bed.environment(tool)({ input });

    const message = { author: 'Egon Spengler', text };
    expect(json).toMatchObject({ messages: [message, message] });
    const asked = slack.bed.provider.requests.filter(({ url }) => url?.includes('usergroups.list'));
    expect(asked).toHaveLength(1);
  });

  test('shows the text of alerts from four services', async () => {
    const { json } = await slack.stack.call('user_ada', tool.name, {
      channel: ALERTS,
      since: timeAgo(1, '00:00'),
    });

    expect(json).toMatchObject({
      messages: [
        {
          author: '[app] Grafana',
          text: expect.stringMatching(
            /ShopDiskFull \(db-2\) \(https:.*\n.*\n\nValue: A=97\n\n?[\s\S]*Severity: critical\nGrafana v12$/,
          ),
        },
        {
          author: '[app] Amazon Q',
          text: expect.stringMatching(/FAILED\*\n\*Pipeline\*\nharbor-shop\n\[Show in console\] \(https/),
        },
        {
          author: '[app] Sentry',
          text: expect.stringMatching(
            /^New alert: TypeError\n:red_circle: .*\n```cart is undefined```\nEvents: \*212\*.*\n\[reactions: :eyes: 1\]$/,
          ),
        },
        {
          author: '[app] Pager',
          text: expect.stringMatching(
            /^Pager \(https.*\nIncident #118 was acknowledged by @Grace Lindqvist\nShop is slow\n\[Resolve\]\n\[image\]\n2023-11-14T22:13:20.000Z$/,
          ),
        },
      ],
    });
  });

  test('labels files and shared, edited or deleted messages', async () => {
    const { json } = await slack.stack.call('user_ada', tool.name, {
      channel: '#random',
      since: timeAgo(1, '00:00'),
    });

    expect(json).toMatchObject({
      messages: [
        {
          author: 'Grace Lindqvist',
          text: expect.stringMatching(
            /^\[shared message of Jonas Keller, in #workshop, .*\]\nThe second lift does not hold any more\.$/,
          ),
        },
        { text: 'The plan for the ferries\n[canvas F0HARBORFER: City Ferries lease]\n[file: fitting.pdf]' },
        { author: null, text: '[deleted message]', reply_count: 1 },
      ],
    });
    const lift = await slack.stack.call('user_grace', tool.name, {
      channel: WORKSHOP,
      since: timeAgo(5, '00:00'),
    });
    expect(lift.json).toMatchObject({
      messages: [{}, { text: '(edited) The second lift does not hold any more.' }],
    });
  });

  test('labels an app that has the name of a person', async () => {
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

  // https://slack.com/help/articles/204475027-Deactivate-a-members-account
  test('labels the account of a person who has left', async () => {
    slack.bed.provider.script = answering({
      'conversations.history': {
        ok: true,
        messages: [{ ts: '1512085950.000216', user: 'U0LEFT', text: 'Bye' }],
      },
      'users.info': { ok: true, user: { id: 'U0LEFT', deleted: true, profile: { real_name: 'Ada Marsh' } } },
    });

    const { json } = await slack.bed.environment(tool)({ input });

    expect(json).toMatchObject({ messages: [{ author: 'Ada Marsh (deactivated)' }] });
  });

  test('reads only 50 names for a page that mentions a thousand people', async () => {
    const text = Array.from({ length: 1_000 }, (_, index) => `<@U${index + 1_000}>`).join(' ');
    slack.bed.provider.script = answering({
      'conversations.history': { ok: true, messages: [{ ts: '1512085950.000216', user: 'U0AUTHOR', text }] },
      'users.info': official['users.info'],
    });

    const { status } = await slack.bed.environment(tool)({ input });

    expect(status).toBe(200);
    expect(slack.bed.provider.requests).toHaveLength(52);
  });

  test('lists older threads with new replies, and leaves out other old threads', async () => {
    const since = timeAgo(2, '00:00');

    const { json } = await slack.stack.call('user_grace', tool.name, { channel: WORKSHOP, since });

    expect(json).toEqual(
      page([
        {
          ts: tsAgo(24, '10:00'),
          sent_at: timeAgo(24, '10:00'),
          author: 'Grace Lindqvist',
          text: 'Which crane do we rent for the ferry bikes?',
          reply_count: 3,
          latest_reply_at: timeAgo(1, '15:20'),
        },
      ]),
    );
    const thread = await slack.stack.call('user_grace', 'slack_read_thread', {
      channel: WORKSHOP,
      thread_ts: tsAgo(24, '10:00'),
      since,
    });
    expect(thread.json).toMatchObject({ messages: [{}, { sent_at: timeAgo(1, '15:20') }] });
  });

  test('reports the start of the searched period if the channel is older', async () => {
    const older = Array.from({ length: 200 }, (_, index) => ({ ts: `${1_512_000_000 + index}.000100` }));
    slack.bed.provider.script = ({ url }) => ({
      body: { ok: true, messages: url?.includes('latest=') ? older : [], has_more: url?.includes('latest=') },
    });

    const { json } = await slack.bed.environment(tool)({ input });

    expect(json).toMatchObject({
      count: 0,
      is_complete: false,
      missing: ['New replies in threads that began before 2017-11-30T00:00:00Z were not looked for.'],
    });
  });

  test.each<[string, ReturnType<Script>, RegExp]>([
    [
      'a rate limit',
      { status: 429, headers: { 'retry-after': '60' }, body: refused('ratelimited').body },
      /Slack limits the rate/,
    ],
    ['another error', refused('internal_error'), /were not looked for\.$/],
    ['no response at all', 'hang', /Slack was too slow/],
  ])(
    'returns the new messages if the search for older threads fails with %s',
    async (_, answer, sentence) => {
      slack.bed.provider.script = ({ url }) =>
        url?.includes('latest=')
          ? answer
          : { body: { ok: true, messages: [{ ts: '1512085950.000216', text: 'Here' }] } };

      const { json } = await slack.bed.environment(tool)({ input, remainingMs: 12_000 });

      expect(json).toMatchObject({
        messages: [{ text: 'Here' }],
        is_complete: false,
        missing: [expect.stringMatching(sentence)],
      });
    },
  );

  test('searches for older threads only on the first page', async () => {
    const messages = [{ ts: '1512085950.000216' }];
    slack.bed.provider.script = ({ url }) => ({
      body: {
        ok: true,
        messages: url?.includes('latest=') ? [] : messages,
        has_more: !url?.includes('latest='),
      },
    });
    const call = slack.bed.environment(tool);
    const first = await call({ input });
    const cursor = z.object({ next_cursor: z.string() }).parse(first.json).next_cursor;
    const before = slack.bed.provider.requests.length;

    await call({ input: { ...input, cursor } });

    expect(slack.bed.provider.requests.length - before).toBe(1);
  });

  test.each([
    ['a name', '#general'],
    ['a name in capitals', '#General'],
    ['a name without #', 'general'],
  ])('finds the channel by %s', async (_, channel) => {
    const { json } = await slack.stack.call('user_ada', tool.name, { channel, since: timeAgo(4, '00:00') });

    expect(json).toMatchObject({ count: 2 });
    expect(slack.asked()[0]?.[0]).toBe(
      'GET /api/conversations.list?types=public_channel%2Cprivate_channel&limit=200',
    );
  });

  test.each([
    ['a link', `https://harborbikes.slack.com/archives/${GENERAL}`],
    [
      'the link of a message',
      `https://harborbikes.slack.com/archives/${GENERAL}/p1503435956000247?thread_ts=1`,
    ],
    ['the address in a browser', `https://app.slack.com/client/T0HARBORBIK/${GENERAL}/thread/x`],
    ['a mention', `<#${GENERAL}|general>`],
    ['the link of an app', `slack://channel?team=T0HARBORBIK&id=${GENERAL}`],
    ['a mention without a name', `<#${GENERAL}>`],
    ["a link in Slack's format", `<https://harborbikes.slack.com/archives/${GENERAL}|#general>`],
  ])('reads the channel ID from %s', async (_, channel) => {
    await slack.stack.call('user_ada', tool.name, { channel, since: timeAgo(4, '00:00') });

    expect(slack.asked()[0]?.[0]).toContain(`conversations.history?channel=${GENERAL}&`);
  });

  test('names the tool that finds channels if the name is unknown', async () => {
    const { error } = await slack.stack.call('user_ada', tool.name, { ...input, channel: '#nowhere' });

    expect(error).toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('slack_find_channel'),
    });
  });

  test('returns an error that lists both channels if two channels have the same name', async () => {
    slack.bed.provider.script = answering({
      'conversations.list': {
        ok: true,
        channels: [
          { id: 'C0FIRST', name: 'ops', topic: { value: 'Lisbon' } },
          { id: 'C0SECOND', name: 'ops', purpose: { value: 'Porto' } },
          { id: 'C0THIRD', name: 'ops-2' },
        ],
      },
    });

    const { error } = await slack.bed.environment(tool)({ input: { ...input, channel: '#ops' } });

    expect(error).toMatchObject({
      code: 'invalid_input',
      details: [
        {
          path: 'channel',
          candidates: [
            { value: 'C0FIRST', label: 'Lisbon' },
            { value: 'C0SECOND', label: 'Porto' },
          ],
        },
      ],
    });
  });

  test('returns an empty list for a response without messages', async () => {
    slack.bed.provider.script = () => ({ body: { ok: true } });

    expect((await slack.bed.environment(tool)({ input })).json).toEqual(page([]));
  });

  test('rejects a response with a malformed ts', async () => {
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
  'a missing time': [{ since: null }, ['since']],
  'a time without a zone': [{ since: '2026-11-20T08:00:00' }, ['since']],
  'a ts in place of a time': [{ since: '1512085950.000216' }, ['since']],
  'too many results': [{ max_results: 101 }, ['max_results']],
});
testProviderErrors(tool, input, {
  ...commonErrors(tool),
  'an unknown channel': { answer: refused('channel_not_found'), error: { code: 'not_found' } },
  'a channel that the account is not in': {
    answer: refused('not_in_channel'),
    error: { code: 'permission_denied', message: expect.stringContaining('not in this channel') },
  },
});
