import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { everyPage } from '../../../test/support/every-page.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../list-mentions.ts';
import { tsAgo } from '../local/seed.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonErrors } from './provider-errors.ts';
import {
  ADA,
  answering,
  calledBy,
  GENERAL,
  INVALID_ANYWHERE,
  SALES,
  setUpSlack,
  timeAgo,
} from './slack-stack.ts';

const empty = { mentions: [], is_complete: true, missing: [], count: 0, next_cursor: null, omitted: 0 };

const slack = setUpSlack();

describe('slack_list_mentions', () => {
  test('sends the documented request, and lists mentions, newest first, each with its channel and thread', async () => {
    const { status, json } = await slack.stack.call('user_ada', tool.name);

    expect(status).toBe(200);
    expect(json).toMatchObject({
      count: 4,
      next_cursor: null,
      mentions: [
        {
          channel: 'D0HARBORADJ',
          channel_name: 'Jonas Keller',
          text: '@Ada Okafor the blue loan bike is back.',
        },
        { channel: GENERAL, text: expect.stringContaining('@Ada Okafor is Green Campus') },
        {
          channel: SALES,
          channel_name: 'sales',
          ts: tsAgo(1, '08:05'),
          thread_ts: tsAgo(1, '08:05'),
          sent_at: timeAgo(1, '08:05'),
          author: 'Jonas Keller',
          text: '@Ada Okafor the fitting of 12 bikes takes about 18 hours, see #workshop.',
          url: `https://harborbikes.slack.com/archives/${SALES}/p${tsAgo(1, '08:05').replace('.', '')}`,
        },
        { ts: tsAgo(2, '16:50'), sent_at: timeAgo(2, '16:50'), thread_ts: tsAgo(2, '16:32') },
      ],
    });
    expect(slack.asked().slice(0, 2)).toEqual([
      ['POST /api/auth.test', null],
      [`GET /api/search.messages?query=%3C%40${ADA}%3E&sort=timestamp&count=10&page=1`, null],
    ]);
  });

  test('lists a mention that was just posted, and ignores text that only looks like a mention', async () => {
    const post = (text: string) =>
      slack.stack.call('user_ada', 'slack_send_message', { channel: 'random', text });
    await post(`<@${ADA}> look`);
    await post('@ada look here');

    const { json } = await slack.stack.call('user_ada', tool.name, { max_results: 2 });

    expect(json).toMatchObject({ mentions: [{ text: '@Ada Okafor look' }, { channel: 'D0HARBORADJ' }] });
  });

  test.each([
    [timeAgo(1, '08:05'), 3],
    [timeAgo(1, '08:06'), 2],
    [timeAgo(1, '09:41').replace('Z', '+00:00'), 0],
  ])('if the input `since` is %s, returns %i mentions', async (since, count) => {
    await slack.provider().reset();

    const { json } = await slack.stack.call('user_ada', tool.name, { since });

    expect(json).toMatchObject({ count, next_cursor: null });
  });

  test.each([1, 2, 100])('returns every mention once if max_results is %i', async (size) => {
    const read = (given: object) => slack.stack.call('user_ada', tool.name, given);

    const pages = await everyPage(read, 'mentions', { max_results: size });

    expect(pages.flat()).toMatchObject([
      { sent_at: timeAgo(1, '09:40') },
      { sent_at: timeAgo(1, '09:20') },
      { sent_at: timeAgo(1, '08:05') },
      { sent_at: timeAgo(2, '16:50') },
    ]);
  });

  test("stops at the first mention before the time in `since`, and at Slack's last page", async () => {
    slack.bed.provider.script = (request) =>
      answering({
        'auth.test': official['auth.test'],
        'search.messages': {
          ok: true,
          messages: {
            matches: [{ ts: `${1_800_000_000 - 1_000 * Number(calledBy(request).query.page)}.000100` }],
            paging: { pages: 5_000 },
          },
        },
      })(request);
    const read = (given: object) => slack.bed.environment(tool)({ input: given });

    const all = await everyPage(read, 'mentions', { max_results: 1 });
    const recent = await everyPage(read, 'mentions', { max_results: 1, since: '2027-01-15T07:10:00Z' });

    expect(all).toHaveLength(100);
    const last = await read({ max_results: 1, since: '2027-01-15T07:10:00Z' });
    expect(last.json).toMatchObject({ is_complete: true });
    expect(recent.map((mentions) => mentions.length)).toEqual([1, 1, 1, 0]);
  });

  test("if Slack's search returns no more pages, reports that older mentions are missing", async () => {
    slack.bed.provider.script = (request) =>
      answering({
        'auth.test': official['auth.test'],
        'search.messages': {
          ok: true,
          messages: { matches: [{ ts: '1800000000.000100' }], paging: { pages: 101 } },
        },
      })(request);
    let cursor: unknown;
    let last: unknown;
    for (let page = 0; page < 100; page += 1) {
      const { json } = await slack.bed.environment(tool)({
        input: { max_results: 1, ...(page > 0 && { cursor }) },
      });
      last = json;
      cursor = z.object({ next_cursor: z.string().nullable() }).parse(json).next_cursor;
    }

    expect(last).toMatchObject({
      next_cursor: null,
      is_complete: false,
      missing: [expect.stringContaining('larger max_results')],
    });
  });

  test("accepts Slack's own example", async () => {
    slack.bed.provider.script = answering(official);

    const { json } = await slack.bed.environment(tool)();

    expect(json).toEqual({
      ...empty,
      mentions: [
        {
          channel: 'C12345678',
          channel_name: 'general',
          ts: '1508284197.000015',
          thread_ts: '1508284197.000015',
          url: 'https://hitchhikers.slack.com/archives/C12345678/p1508284197000015',
          sent_at: '2017-10-17T23:49:57Z',
          author: 'Egon Spengler',
          text: 'The meaning of life the universe and everything is 42.',
        },
      ],
      count: 1,
    });
  });

  const nowhere = { channel: null, channel_name: null, url: null, author: null, text: '' };
  test.each([
    ['any result', { ok: true }, []],
    ['matches', { ok: true, messages: { matches: null, paging: null } }, []],
    [
      'fields',
      { ok: true, messages: { matches: [{ ts: '1508284197.000015' }] } },
      [
        {
          ...nowhere,
          ts: '1508284197.000015',
          thread_ts: '1508284197.000015',
          sent_at: '2017-10-17T23:49:57Z',
        },
      ],
    ],
  ])('accepts a response without %s', async (_, found, mentions) => {
    slack.bed.provider.script = answering({ 'auth.test': official['auth.test'], 'search.messages': found });

    expect((await slack.bed.environment(tool)()).json).toEqual({
      ...empty,
      mentions,
      count: mentions.length,
    });
  });

  test.each(['', '<@U1> OR from:me', 'U1"', 'u12345678'])(
    'rejects the malformed user ID %j without a search',
    async (user_id) => {
      slack.bed.provider.script = answering({ 'auth.test': { ...official['auth.test'], user_id } });

      expect((await slack.bed.environment(tool)()).error?.code).toBe('invalid_provider_response');
      expect(slack.bed.provider.requests).toHaveLength(1);
    },
  );
});

testInvalidInputs(
  tool,
  {},
  {
    ...INVALID_ANYWHERE,
    'a time without a zone': [{ since: '2026-11-20T08:00' }, ['since']],
    'a search in place of a time': [{ since: '2026-11-20 from:me' }, ['since']],
    'too many results': [{ max_results: 101 }, ['max_results']],
  },
);
testProviderErrors(tool, {}, commonErrors(tool));
