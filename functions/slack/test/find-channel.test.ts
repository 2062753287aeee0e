import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../find-channel.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonErrors, refused } from './provider-errors.ts';
import { calledBy, INVALID_ANYWHERE, SALES, setUpSlack } from './slack-stack.ts';

const input = { query: 'sales' };
const page = (channels: unknown[]) => ({ channels, count: channels.length, next_cursor: null, omitted: 0 });

const slack = setUpSlack();

/** Emulates a workspace with this many channels, named `team-0` and so on, and pages of 200 channels. */
function workspaceOf(count: number) {
  slack.bed.provider.script = ({ url }) => {
    const { query } = calledBy({ url });
    const start = Number(query.cursor ?? 0);
    const end = Math.min(start + Number(query.limit), count);
    const channels = Array.from({ length: end - start }, (_, index) => ({
      id: `C${start + index}`,
      name: `team-${start + index}`,
    }));
    return { body: { ok: true, channels, response_metadata: { next_cursor: end < count ? `${end}` : '' } } };
  };
}

describe('slack_find_channel', () => {
  test('finds a channel by a part of its name, with the documented request', async () => {
    const { status, json } = await slack.stack.call('user_ada', tool.name, { query: '#SAL' });

    expect(status).toBe(200);
    expect(json).toEqual(
      page([
        {
          id: SALES,
          name: 'sales',
          topic: 'Offers, leases and fleets',
          is_private: false,
          is_member: true,
        },
      ]),
    );
    expect(slack.asked()).toEqual([
      [
        'GET /api/conversations.list?types=public_channel%2Cprivate_channel&exclude_archived=true&limit=200',
        null,
      ],
    ]);
  });

  test.each([
    ['a private channel for a member', 'user_ada', 'founders', [{ is_private: true, is_member: true }]],
    ['no private channel for other users', 'user_grace', 'founders', []],
    ['a channel that the user is not in', 'user_ada', 'workshop', [{ is_private: false, is_member: false }]],
    ['no archived channel', 'user_ada', 'summer', []],
    ['no channel for an unknown name', 'user_ada', 'no such name', []],
  ])('finds %s', async (_, user, query, channels) => {
    const { json } = await slack.stack.call(user, tool.name, { query });

    expect(json).toMatchObject(page(channels));
  });

  test.each([
    ['the topic', 'leases fleets', 'sales'],
    ['the purpose', 'online SHOP', 'alerts'],
    ['the words of a name with hyphens', '#founders', 'founders'],
  ])('finds a channel by %s', async (_, query, name) => {
    const { json } = await slack.stack.call('user_ada', tool.name, { query });

    expect(json).toMatchObject(page([{ name }]));
  });

  test.each([
    ['an ID', 'C0HARBORSAL'],
    ['a link', 'https://harborbikes.slack.com/archives/C0HARBORSAL/p1503435956000247'],
    ['a mention', '<#C0HARBORSAL|sales>'],
  ])('reads the channel ID from %s', async (_, query) => {
    const { json } = await slack.stack.call('user_ada', tool.name, { query });

    expect(json).toMatchObject(page([{ id: SALES, name: 'sales' }]));
    expect(slack.asked()).toEqual([[`GET /api/conversations.info?channel=${SALES}`, null]]);
  });

  test('lists channels whose name contains the words before other channels', async () => {
    slack.bed.provider.script = () => ({
      body: {
        ok: true,
        channels: [
          { id: 'C1', name: 'misc', topic: { value: 'the launch of spring' } },
          { id: 'C2', name: 'spring-launch' },
        ],
      },
    });

    const { json } = await slack.bed.environment(tool)({ input: { query: 'spring launch' } });

    expect(json).toMatchObject(page([{ name: 'spring-launch' }, { name: 'misc' }]));
  });

  test.each([1, 2, 100])('returns every channel once if max_results is %i', async (size) => {
    const input = { query: 's', max_results: size };

    const pages = await everyPage(
      (given) => slack.stack.call('user_ada', tool.name, given),
      'channels',
      input,
    );

    expect(pages.flat().toSorted(byName)).toMatchObject([
      { name: 'alerts' },
      { name: 'founders' },
      { name: 'random' },
      { name: 'sales' },
      { name: 'support' },
      { name: 'workshop' },
    ]);
  });

  test('searches 2,300 channels with at most 5 requests of 200 channels per call', async () => {
    workspaceOf(2_300);
    const call = slack.bed.environment(tool);
    const calls: number[] = [];

    const pages = await everyPage(
      async (input) => {
        const before = slack.bed.provider.requests.length;
        const answer = await call({ input });
        calls.push(slack.bed.provider.requests.length - before);
        return answer;
      },
      'channels',
      { query: 'team-2299' },
    );

    expect(pages).toEqual([[], [], [expect.objectContaining({ id: 'C2299' })]]);
    expect(calls).toEqual([5, 5, 2]);
  });

  test('returns every channel of a large workspace once', async () => {
    workspaceOf(450);

    const pages = await everyPage((input) => slack.bed.environment(tool)({ input }), 'channels', {
      query: 'team',
      max_results: 60,
    });

    expect(pages.flat()).toEqual(
      Array.from({ length: 450 }, (_, index) => expect.objectContaining({ id: `C${index}` })),
    );
  });

  test("accepts Slack's own example", async () => {
    const topic = 'Company-wide announcements and work-based matters';
    slack.bed.provider.script = () => ({
      body: { ...official['conversations.list'], response_metadata: { next_cursor: '' } },
    });

    const { json } = await slack.bed.environment(tool)({ input: { query: 'general' } });

    expect(json).toEqual(
      page([
        {
          id: 'C012AB3CD',
          name: 'general',
          topic,
          is_private: false,
          is_member: true,
        },
      ]),
    );
  });

  test.each([
    ['channels', { ok: true }, []],
    [
      'fields',
      { ok: true, channels: [{ id: 'C012AB3CD', name: 'sales' }, { id: 'D024BE91L' }] },
      [{ id: 'C012AB3CD', name: 'sales', topic: null, is_private: false, is_member: false }],
    ],
  ])('accepts a response without %s', async (_, body, channels) => {
    slack.bed.provider.script = () => ({ body });

    const { json } = await slack.bed.environment(tool)({ input });

    expect(json).toEqual(page(channels));
  });
});

const byName = (one: unknown, other: unknown) => JSON.stringify(one).localeCompare(JSON.stringify(other));

testInvalidInputs(tool, input, {
  ...INVALID_ANYWHERE,
  'a missing query': [{ query: null }, ['query']],
  'a blank query': [{ query: ' ' }, ['query']],
  'a query that is too long': [{ query: 'x'.repeat(251) }, ['query']],
  'too many results': [{ max_results: 101 }, ['max_results']],
  'a cursor of another tool': [{ cursor: 'dGVhbTpDMDYxRkE1UEI=' }, ['cursor']],
});
testProviderErrors(tool, input, {
  ...commonErrors(tool),
  'a page that no longer exists': {
    answer: refused('invalid_cursor'),
    error: { code: 'rejected_by_provider', message: expect.stringContaining('Begin the list again') },
  },
});
