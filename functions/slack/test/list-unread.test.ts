import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../list-unread.ts';
import { tsAgo } from '../local/seed.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonErrors, refused } from './provider-errors.ts';
import {
  ADA,
  ALERTS,
  answering,
  calledBy,
  GENERAL,
  INVALID_ANYWHERE,
  SALES,
  setUpSlack,
  timeAgo,
} from './slack-stack.ts';

const DIRECT = 'D0HARBORADJ';
const GROUP = 'G0HARBORGRP';
const LAST_READ = '1795161000.000100';
const empty = {
  conversations: [],
  is_complete: true,
  missing: [],
  not_opened: 0,
  count: 0,
  next_cursor: null,
  omitted: 0,
};

const Listed = z.object({ conversations: z.array(z.object({ channel: z.string() })) });

const slack = setUpSlack();

/** Returns a message that was posted this many seconds after the last read message. */
function said(seconds: number, more: object = {}) {
  return { ts: `${1_795_161_000 + seconds}.000100`, user: 'U024BE7LH', text: 'Hello', ...more };
}

/**
 * Makes the emulated Slack return these conversations. All have the same messages, unless `answerTo` returns another
 * response.
 */
function workspaceOf(
  channels: readonly object[],
  messages: readonly object[],
  answerTo: (channel: string, method: string) => ScriptedAnswer | 'hang' | undefined = () => undefined,
) {
  slack.bed.provider.script = (request) => {
    const { method, query } = calledBy(request);
    const bodies = {
      'auth.test': official['auth.test'],
      'users.conversations': { ok: true, channels },
      'conversations.info': { ok: true, channel: { id: query.channel, last_read: LAST_READ } },
      'conversations.history': { ok: true, messages },
      'users.info': official['users.info'],
    };
    return answerTo(query.channel ?? '', method) ?? answering(bodies)(request);
  };
}

const direct = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `D${100 + index}`, is_im: true, user: 'U024BE7LH' }));
const channels = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `C${100 + index}`, name: `team-${index}` }));

const call = (input: Record<string, unknown> = {}, remainingMs = 20_000) =>
  slack.bed.environment(tool)({ input, remainingMs });

function calls(method: string): number {
  return slack.bed.provider.requests.filter((request) => calledBy(request).method === method).length;
}

describe('slack_list_unread', () => {
  test('lists conversations by importance, with their first messages', async () => {
    const { status, json } = await slack.stack.call('user_ada', tool.name);

    expect(status).toBe(200);
    expect(json).toMatchObject({ ...empty, conversations: expect.anything(), count: 6 });
    expect(json).toMatchObject({
      conversations: [
        {
          channel: DIRECT,
          name: 'Jonas Keller',
          is_direct: true,
          is_mentioned: true,
          unread_count: 1,
          unread_since: timeAgo(1, '09:40'),
          messages: ['Jonas Keller: @Ada Okafor the blue loan bike is back.'],
        },
        // The notice that somebody joined is unread, too, but the tool does not count it.
        { channel: GENERAL, is_direct: false, is_mentioned: true, unread_count: 2 },
        { channel: SALES, name: 'sales', is_mentioned: true, unread_count: 1 },
        { channel: GROUP, name: 'ada, grace, jonas', is_direct: true, is_mentioned: false },
        { channel: 'D0HARBORPRT', name: '[app] Parts Watch', is_direct: true },
        { channel: ALERTS, name: 'alerts', unread_count: 3, messages: { length: 3 } },
      ],
    });
  });

  test('sends the documented requests', async () => {
    await slack.stack.call('user_ada', tool.name);

    const asked = slack.asked();
    const types = 'im%2Cmpim%2Cpublic_channel%2Cprivate_channel';
    expect(asked.slice(0, 2)).toEqual([
      ['POST /api/auth.test', null],
      [
        `GET /api/users.conversations?types=${types}&exclude_archived=true&exclude_muted=true&limit=200`,
        null,
      ],
    ]);
    expect(asked).toContainEqual([`GET /api/conversations.info?channel=${SALES}`, null]);
    expect(asked).toContainEqual([
      `GET /api/conversations.history?channel=${SALES}&oldest=${tsAgo(2, '16:32')}&limit=15`,
      null,
    ]);
  });

  test('does not open muted conversations or conversations with a deactivated account', async () => {
    await slack.stack.call('user_ada', tool.name);

    const opened = slack.asked().map(([request]) => request);
    expect(opened.join()).not.toMatch(/channel=(C0HARBORRND|D0HARBOROLD|C0HARBORSUM|C0HARBORWRK)/);
  });

  test('removes a conversation from the list after the user has replied', async () => {
    await slack.stack.call('user_ada', 'slack_send_message', { channel: DIRECT, text: 'Thanks' });

    const { json } = await slack.stack.call('user_ada', tool.name);

    expect(Listed.parse(json).conversations.map(({ channel }) => channel)).not.toContain(DIRECT);
  });

  test('shows each user only the conversations of this user', async () => {
    const { json } = await slack.stack.call('user_grace', tool.name);

    const listed = Listed.parse(json).conversations.map(({ channel }) => channel);
    expect(listed).toContain(GROUP);
    expect(listed).not.toContain(DIRECT);
  });

  test.each([1, 2, 50])('returns every conversation once if max_results is %i', async (size) => {
    const read = (given: object) => slack.stack.call('user_ada', tool.name, given);

    const pages = await everyPage(read, 'conversations', { max_results: size });

    expect(pages.flat()).toMatchObject([
      { channel: DIRECT },
      { channel: GENERAL },
      { channel: SALES },
      { channel: GROUP },
      { channel: 'D0HARBORPRT' },
      { channel: ALERTS },
    ]);
  });

  test('opens 50 conversations per page, and returns the number of unopened conversations', async () => {
    workspaceOf([...direct(90), ...channels(30)], [said(1)]);

    const { json } = await call({ max_results: 50 });

    expect(json).toMatchObject({ not_opened: 70, is_complete: true, next_cursor: expect.any(String) });
    expect([calls('conversations.info'), calls('conversations.history')]).toEqual([50, 50]);
    // There are more direct messages than the limit allows. The tool opens channels, too.
    const opened = slack.bed.provider.requests.map((request) => calledBy(request).query.channel ?? '');
    expect(new Set(opened.filter((channel) => channel.startsWith('C'))).size).toBe(25);
  });

  test('returns each of many conversations once', async () => {
    workspaceOf([...direct(70), ...channels(53)], [said(1)]);

    const pages = await everyPage((input) => call(input), 'conversations', { max_results: 50 });

    const listed = pages.flat().map((item) => z.object({ channel: z.string() }).parse(item).channel);
    expect(listed.toSorted()).toEqual([...channels(53), ...direct(70)].map(({ id }) => id));
  });

  test('returns a cursor on a page without unread messages', async () => {
    workspaceOf(channels(60), [], (channel, method) =>
      channel === 'C159' && method === 'conversations.history'
        ? { body: { ok: true, messages: [said(1)] } }
        : undefined,
    );

    const pages = await everyPage((input) => call(input), 'conversations');

    expect(pages).toEqual([[], [expect.objectContaining({ channel: 'C159' })]]);
  });

  test('does not request the last read message of a channel a second time', async () => {
    workspaceOf([{ id: 'C1', name: 'sales', last_read: LAST_READ }], [said(1)]);

    expect((await call()).json).toMatchObject({ conversations: [{ channel: 'C1' }] });
    expect(calls('conversations.info')).toBe(0);
  });

  test('lists a conversation once if Slack lists it twice', async () => {
    workspaceOf([...channels(1), ...channels(1)], [said(1)]);

    expect((await call()).json).toMatchObject({ count: 1 });
  });

  test("leaves out closed direct messages and the user's own messages", async () => {
    const closed = { id: 'D1', is_im: true, is_open: false, user: 'U024BE7LH' };
    workspaceOf([closed, ...channels(1)], [said(1, { user: official['auth.test'].user_id })]);

    expect((await call()).json).toEqual(empty);
    expect(calls('conversations.history')).toBe(1);
  });

  test('sorts conversations by kind, mention and newest message, with apps at the end', async () => {
    const me = official['auth.test'].user_id;
    const histories: Record<string, object[]> = {
      D1: [said(1)],
      D2: [said(9, { user: 'USLACKBOT' })],
      G1: [said(2)],
      C1: [said(3)],
      C2: [said(4)],
      C3: [said(5, { text: `<@${me}> please` })],
      C4: [said(6, { user: undefined, bot_id: 'B024BE7LH' })],
    };
    workspaceOf(
      [
        ...['C4', 'C1', 'C2', 'C3'].map((id) => ({ id, name: id.toLowerCase(), is_private: id === 'C1' })),
        { id: 'G1', is_mpim: true, name: 'mpdm-ada--lee-ann-2' },
        ...['D2', 'D1'].map((id) => ({ id, is_im: true, user: 'U024BE7LH' })),
      ],
      [],
      (channel, method) =>
        method === 'conversations.history'
          ? { body: { ok: true, messages: histories[channel] ?? [] } }
          : undefined,
    );

    expect((await call()).json).toMatchObject({
      conversations: [
        { channel: 'D1', name: 'Egon Spengler', is_direct: true },
        { channel: 'C3', is_mentioned: true },
        { channel: 'G1', name: 'ada, lee-ann', is_direct: true },
        { channel: 'C2' },
        { channel: 'C1' },
        { channel: 'D2' },
        { channel: 'C4' },
      ],
    });
  });

  // If a person posts through an app, Slack adds the app to the message:
  // https://github.com/anneschuth/claude-threads/issues/526,
  // https://github.com/NousResearch/hermes-agent/pull/101283, https://github.com/wee-slack/wee-slack/issues/519
  test.each([
    ['the profile of the app', { app_id: 'A024BE7LH', bot_profile: { name: 'Claude Code' } }],
    ['only the ID of the app', {}],
    ['the older subtype', { subtype: 'bot_message', as_user: true }],
  ])(
    'if a person posts through an app, ranks a message with %s as a message of a person',
    async (_, more) => {
      const histories: Record<string, object[]> = {
        D1: [said(1, { bot_id: 'B024BE7LH', ...more })],
        C1: [said(9)],
        C2: [said(8, { user: undefined, bot_id: 'B024BE7LH', ...more })],
      };
      workspaceOf(
        [
          { id: 'C1', name: 'c1' },
          { id: 'C2', name: 'c2' },
          { id: 'D1', is_im: true, user: 'U024BE7LH' },
        ],
        [],
        (channel, method) =>
          method === 'conversations.history'
            ? { body: { ok: true, messages: histories[channel] ?? [] } }
            : undefined,
      );

      expect((await call()).json).toMatchObject({
        conversations: [{ channel: 'D1' }, { channel: 'C1' }, { channel: 'C2' }],
      });
    },
  );

  test('returns the first three of many messages, oldest first, and the number of all messages', async () => {
    workspaceOf(channels(1), [], (_, method) =>
      method === 'conversations.history'
        ? {
            body: {
              ok: true,
              messages: [5, 4, 3, 2, 1].map((second) => said(second, { text: `${second}` })),
              has_more: true,
            },
          }
        : undefined,
    );

    expect((await call()).json).toMatchObject({
      conversations: [
        {
          unread_count: 15,
          unread_since: '2026-11-20T07:50:01Z',
          messages: ['Egon Spengler: 1', 'Egon Spengler: 2', 'Egon Spengler: 3'],
        },
      ],
    });
  });

  test('lists a channel in which notices precede an unread message', async () => {
    workspaceOf(channels(2), [], (channel, method) =>
      method === 'conversations.history'
        ? {
            body: {
              ok: true,
              messages: [said(1, { subtype: 'channel_join' })],
              has_more: channel === 'C100',
            },
          }
        : undefined,
    );

    expect((await call()).json).toMatchObject({
      conversations: [{ channel: 'C100', unread_count: 15, unread_since: null, messages: [] }],
      count: 1,
    });
  });

  const limited = {
    status: 429,
    headers: { 'retry-after': '30' },
    body: { ok: false, error: 'ratelimited' },
  };
  test.each([
    ['a rate limit', limited, /limits the rate.*next_cursor/],
    ['an outage', { status: 503, body: 'upstream connect error' }, /did not answer in time.*next_cursor/],
    ['no response at all', 'hang' as const, /did not answer in time.*next_cursor/],
  ])('after %s, lists all other conversations on the next page', async (_, answer, sentence) => {
    let isFailing = true;
    workspaceOf(channels(20), [said(1)], (channel) => (isFailing && channel === 'C112' ? answer : undefined));

    const first = await call({ max_results: 50 }, 25_000);
    isFailing = false;
    const { next_cursor } = z.object({ next_cursor: z.string() }).parse(first.json);
    const second = await call({ max_results: 50, cursor: next_cursor });

    expect(first.json).toMatchObject({
      count: 12,
      not_opened: 8,
      is_complete: false,
      missing: [expect.stringMatching(sentence)],
    });
    expect(second.json).toMatchObject({ count: 8, not_opened: 0, is_complete: true, next_cursor: null });
  });

  test.each([
    ['a rate limit', limited, 'rate_limited'],
    ['a missing scope', refused('missing_scope', { needed: 'im:history' }), 'permission_denied'],
    ['an outage', { status: 503, body: 'upstream connect error' }, 'provider_unavailable'],
  ])('returns an error if the first conversation fails with %s', async (_, answer, code) => {
    workspaceOf(direct(3), [said(1)], (channel) => (channel === 'D100' ? answer : undefined));

    expect((await call()).error?.code).toBe(code);
  });

  test.each([
    ['is gone', refused('channel_not_found')],
    ['is closed to the account', refused('not_in_channel')],
    ['has limited access', refused('channel_is_limited_access')],
    ['has no mark for the last read message', { body: { ok: true, channel: { id: 'C100' } } }],
    ['has a response in a wrong format', { body: { ok: true, channel: 7, messages: 7 } }],
  ])('reports an unchecked conversation if the conversation %s', async (_, answer) => {
    workspaceOf(channels(2), [said(1)], (channel) => (channel === 'C100' ? answer : undefined));

    expect((await call()).json).toMatchObject({
      conversations: [{ channel: 'C101' }],
      is_complete: false,
      missing: ['Conversations that could not be checked: 1.'],
    });
  });

  test('reports that there are more than 1,000 conversations', async () => {
    slack.bed.provider.script = (request) => {
      const { method, query } = calledBy(request);
      const start = Number(query.cursor ?? 0);
      const named = Array.from({ length: 200 }, (_, index) => ({
        id: `C${start + index}`,
        name: `team-${start + index}`,
        last_read: LAST_READ,
      }));
      return method === 'users.conversations'
        ? { body: { ok: true, channels: named, response_metadata: { next_cursor: `${start + 200}` } } }
        : answering({ ...official, 'conversations.history': { ok: true } })(request);
    };

    expect((await call()).json).toMatchObject({
      not_opened: 950,
      is_complete: false,
      missing: [expect.stringContaining('1,000')],
    });
    expect(calls('users.conversations')).toBe(5);
  });

  test("accepts Slack's own examples", async () => {
    slack.bed.provider.script = answering({
      ...official,
      'conversations.info': {
        ok: true,
        channel: { ...official['conversations.info'].channel, last_read: LAST_READ },
      },
    });

    expect((await call()).json).toMatchObject({
      conversations: [
        {
          channel: 'C012AB3CD',
          name: 'general',
          is_direct: false,
          unread_count: 15,
          unread_since: '2017-11-30T23:52:30Z',
          messages: ['Egon Spengler: I find you punny and would like to smell your nose letter'],
        },
      ],
    });
  });

  test.each([
    ['conversations', { ok: true }, {}, empty],
    ['a history', { ok: true, channels: [{ id: 'C1', last_read: LAST_READ }] }, { ok: true }, empty],
    [
      'names',
      { ok: true, channels: [{ id: 'C1', name: '', last_read: LAST_READ }] },
      { ok: true, messages: [{ ts: said(1).ts }] },
      { conversations: [{ name: null, messages: [''] }] },
    ],
  ])('accepts a response without %s', async (_, joined, history, expected) => {
    slack.bed.provider.script = answering({
      'auth.test': official['auth.test'],
      'users.conversations': joined,
      'conversations.history': history,
    });

    expect((await call()).json).toMatchObject(expected);
  });

  test('shows the names of mentioned people', async () => {
    const { json } = await slack.stack.call('user_ada', tool.name, { max_results: 3 });

    expect(JSON.stringify(json)).not.toContain(ADA);
    expect(json).toMatchObject({ conversations: [{}, {}, { channel: SALES, is_mentioned: true }] });
  });
});

testInvalidInputs(
  tool,
  {},
  {
    ...INVALID_ANYWHERE,
    'too many results': [{ max_results: 51 }, ['max_results']],
    'a cursor of another tool': [{ cursor: 'dGVhbTpDMDYxRkE1UEI=' }, ['cursor']],
  },
);
testProviderErrors(tool, {}, commonErrors(tool));
