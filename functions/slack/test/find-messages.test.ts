import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../find-messages.ts';
import { tsAgo } from '../local/seed.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonErrors, refused } from './provider-errors.ts';
import {
  ADA,
  answering,
  INVALID_ANYWHERE,
  INVALID_CHANNELS,
  SALES,
  setUpSlack,
  timeAgo,
} from './slack-stack.ts';

const input = { words: 'bikes' };
const empty = { messages: [], count: 0, next_cursor: null, omitted: 0 };

const slack = setUpSlack();

const find = (given: Record<string, unknown>) => slack.stack.call('user_ada', tool.name, given);
const FOUND = [
  { sent_at: timeAgo(1, '08:05') },
  { sent_at: timeAgo(2, '16:50') },
  { sent_at: timeAgo(2, '16:32') },
  { sent_at: timeAgo(24, '10:00') },
  { sent_at: timeAgo(150, '08:00') },
];

/** Returns the form bodies of the search requests. */
function searches() {
  return slack
    .asked()
    .filter(([request]) => request === 'POST /api/assistant.search.context')
    .map(([, body]) => Object.fromEntries(new URLSearchParams(body ?? '')));
}

describe('slack_find_messages', () => {
  test('finds messages, replies and messages in archived channels, newest first', async () => {
    const { status, json } = await find(input);

    expect(status).toBe(200);
    expect(json).toMatchObject({ messages: FOUND, count: 5, next_cursor: null });
    expect(json).toMatchObject({
      messages: [
        {
          channel: SALES,
          channel_name: 'sales',
          ts: tsAgo(1, '08:05'),
          thread_ts: tsAgo(1, '08:05'),
          author: 'Jonas Keller',
          text: '@Ada Okafor the fitting of 12 bikes takes about 18 hours, see #workshop.',
          url: `https://harborbikes.slack.com/archives/${SALES}/p${tsAgo(1, '08:05').replace('.', '')}`,
        },
        // A reply has the `ts` of its thread.
        { ts: tsAgo(2, '16:50'), thread_ts: tsAgo(2, '16:32'), author: 'Grace Lindqvist' },
        {},
        {},
        { channel_name: 'summer-sale' },
      ],
    });
  });

  test('sends the documented request', async () => {
    await find({ words: 'bikes', author: 'me', channel: SALES, since: '2026-01-01', until: '2099-01-01' });

    expect(searches()).toEqual([
      {
        query: `bikes from:me in:<#${SALES}>`,
        channel_types: 'public_channel,private_channel,mpim,im',
        include_bots: 'true',
        include_archived_channels: 'true',
        disable_semantic_search: 'true',
        after: '1767225600',
        before: '4070908800',
        sort: 'timestamp',
        limit: '10',
      },
    ]);
  });

  test.each([
    ['a message by the words of a phrase', { words: '"a child seat"' }, [{ sent_at: timeAgo(2, '16:32') }]],
    [
      'a message by its author',
      { author: 'U0HARBORJON', words: '"second lift"' },
      [{ channel_name: 'workshop' }],
    ],
    [
      'a message by its author, given as a mention',
      { author: `<@${ADA}>`, channel: 'sales' },
      [{ sent_at: timeAgo(2, '16:32') }],
    ],
    ['a message of the user who calls', { author: '@Me', channel: 'founders' }, [{ author: 'Ada Okafor' }]],
    [
      'a message by the name of its channel',
      { channel: '#sales', words: 'seats' },
      [{ text: /two in stock/ }],
    ],
    ['a message of an app', { words: 'shipped' }, [{ author: '[app] Parts Watch' }]],
    ['a message in a group', { words: 'Saturday' }, [{ channel: 'G0HARBORGRP', author: 'Jonas Keller' }]],
    ['a direct message', { words: 'loan', since: timeAgo(1, '00:00') }, [{ channel_name: null }]],
    ['no message without the given words', { words: 'no such words' }, []],
  ])('finds %s', async (_, given, found) => {
    const { json } = await find(given);

    expect(json).toMatchObject({
      count: found.length,
      messages: found.map((each) => ('text' in each ? { text: expect.stringMatching(each.text) } : each)),
    });
  });

  test.each([
    ['after the time in `since`', { since: timeAgo(2, '16:32') }, FOUND.slice(0, 3)],
    ['before the time in `until`', { until: timeAgo(2, '16:32') }, FOUND.slice(3)],
    [
      'between the times in `since` and `until`',
      { since: timeAgo(2, '16:40'), until: timeAgo(2, '16:51') },
      FOUND.slice(1, 2),
    ],
  ])('returns only messages %s', async (_, period, messages) => {
    expect((await find({ ...input, ...period })).json).toMatchObject({ messages, count: messages.length });
  });

  test.each([1, 2, 20])('returns every message once if max_results is %i', async (size) => {
    const pages = await everyPage(find, 'messages', { ...input, max_results: size });

    expect(pages.flat()).toMatchObject(FOUND);
  });

  test('rejects an input that has neither words nor an author nor a channel', async () => {
    const { error } = await slack.bed.environment(tool)({ input: { since: '2026-11-20' } });

    expect(error).toMatchObject({
      code: 'invalid_input',
      details: [{ path: '', issue: 'needs at least one of words, author and channel' }],
    });
    expect(slack.bed.provider.requests).toEqual([]);
  });

  test('returns permission_denied for a user without the search scopes', async () => {
    await slack.stack.call('user_ada', 'slack_send_message', { channel: 'founders', text: 'Secret bikes' });

    const { error } = await slack.stack.call('user_grace', tool.name, input);

    expect(error).toMatchObject({
      code: 'permission_denied',
      details: expect.arrayContaining([{ path: '', issue: 'needs the scope search:read.public' }]),
    });
  });

  test("accepts Slack's own example", async () => {
    slack.bed.provider.script = answering(official);

    const { json } = await slack.bed.environment(tool)({ input });

    expect(json).toMatchObject({
      messages: [
        {
          channel: 'C0123456',
          channel_name: null,
          ts: '123456.7890',
          thread_ts: '123456.7890',
          sent_at: '1970-01-02T10:17:36Z',
          author: 'Egon Spengler',
          text: "Hey team, we'll be kicking off our mobile UX revamp for the Gizmo App...",
          url: 'https://mycompany.slack.com/archives/C012345ABC/p123456789',
        },
      ],
      next_cursor: expect.any(String),
    });
  });

  const place = { channel_id: 'C0123456', message_ts: '1508284197.000015' };
  test.each([
    ['results', {}, []],
    ['messages', { results: { messages: null } }, []],
    [
      'fields',
      { results: { messages: [place] } },
      [
        {
          channel: 'C0123456',
          channel_name: null,
          ts: '1508284197.000015',
          thread_ts: '1508284197.000015',
          sent_at: '2017-10-17T23:49:57Z',
          author: null,
          text: '',
          url: null,
        },
      ],
    ],
    [
      'the account of an author',
      { results: { messages: [{ ...place, author_name: 'Pager', content: 'a &amp; b' }] } },
      [expect.objectContaining({ author: '[app] Pager', text: 'a & b' })],
    ],
  ])('accepts a response without %s', async (_, found, messages) => {
    slack.bed.provider.script = () => ({ body: { ok: true, ...found } });

    expect((await slack.bed.environment(tool)({ input })).json).toEqual({
      ...empty,
      messages,
      count: messages.length,
    });
  });
});

testInvalidInputs(tool, input, {
  ...INVALID_ANYWHERE,
  'words in place of a channel': INVALID_CHANNELS['words in place of a channel'],
  'a channel with a path': INVALID_CHANNELS['a channel with a path'],
  'blank words': [{ words: ' ' }, ['words']],
  'words that are too long': [{ words: 'x'.repeat(401) }, ['words']],
  "a name in place of an author's ID": [{ author: 'Jonas Keller' }, ['author']],
  "a search in place of an author's ID": [{ author: 'U024BE7LH in:founders' }, ['author']],
  'a time without a zone': [{ since: '2026-11-20T08:00' }, ['since']],
  'an end that is not a time': [{ until: 'yesterday' }, ['until']],
  'too many results': [{ max_results: 21 }, ['max_results']],
});
testProviderErrors(tool, input, {
  ...commonErrors(tool),
  'a workspace without this search': {
    answer: refused('feature_not_enabled'),
    error: { code: 'permission_denied', message: expect.stringContaining('does not let apps search') },
  },
  'a search that is too long': {
    answer: refused('query_too_long'),
    error: { code: 'rejected_by_provider', message: expect.stringContaining('fewer words') },
  },
  'a search without words': {
    answer: refused('missing_query'),
    error: { code: 'rejected_by_provider', message: expect.stringContaining('no words') },
  },
  'a search that Slack has turned off temporarily': {
    answer: refused('assistant_search_context_disabled'),
    error: { code: 'provider_unavailable', retryable: true },
  },
});
