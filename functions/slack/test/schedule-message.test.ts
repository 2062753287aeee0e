import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../schedule-message.ts';
import { NO_PREVIEWS } from '../shared/outgoing-text.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonErrors, refused } from './provider-errors.ts';
import { INVALID_ANYWHERE, SALES, setUpSlack } from './slack-stack.ts';

const DAY_MS = 86_400_000;
/** Returns the time in this many days, without fractions of a second. */
const inDays = (days: number) => `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 19)}Z`;
const input = { channel: 'C123ABC456', text: "Here's a message for you in the future", post_at: inDays(1) };

// The user ID of Grace in the emulated workspace.
const COLLEAGUE = 'U0HARBORGRC';

const slack = setUpSlack();

test('the description of slack_schedule_message says that the user must be a member of the channel', () => {
  expect(tool.description).toContain('must be a member of the channel');
});

describe('slack_schedule_message', () => {
  test('schedules a message with one documented request', async () => {
    const post_at = inDays(119);

    const { status, json } = await slack.stack.call('user_ada', tool.name, {
      channel: 'sales',
      text: 'The quote of Tidewheel ends today.',
      post_at: `${post_at.slice(0, -1)}+00:00`,
    });

    const seconds = Date.parse(post_at) / 1_000;
    const text = 'The quote of Tidewheel ends today.';
    expect(status).toBe(200);
    expect(json).toEqual({ scheduled_message_id: expect.any(String), channel: SALES, post_at });
    expect(slack.asked()).toEqual([
      [
        'POST /api/chat.scheduleMessage',
        JSON.stringify({ channel: 'sales', text, post_at: seconds, ...NO_PREVIEWS }),
      ],
    ]);
    expect(await scheduled()).toMatchObject({
      scheduled_messages: [{ channel_id: SALES, post_at: seconds, text }],
    });
  });

  const scheduled = () => {
    const { url, grants } = slack.provider();
    const headers = { authorization: `Bearer ${grants[0]?.accessToken}` };
    return fetch(`${url}/api/chat.scheduledMessages.list`, { method: 'POST', headers }).then(
      (response): Promise<unknown> => response.json(),
    );
  };

  test.each([
    // https://docs.slack.dev/reference/methods/chat.scheduleMessage
    ['1795251600', '2026-11-21T09:00:00Z'],
    // https://www.rfc-editor.org/rfc/rfc3339#section-5.6
    ['2026-11-21t09:00:00z', '2026-11-21T09:00:00Z'],
    // Python, PostgreSQL and Ruby print times in the following formats:
    // https://docs.python.org/3/library/datetime.html#datetime.datetime.__str__
    ['2026-11-21 09:00:00.000000+00:00', '2026-11-21T09:00:00Z'],
    // https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-DATETIME-OUTPUT
    ['2026-11-21 10:00:00+01', '2026-11-21T09:00:00Z'],
    // https://docs.ruby-lang.org/en/3.4/Time.html#method-i-to_s
    ['2026-11-21 09:00:00 UTC', '2026-11-21T09:00:00Z'],
    ['2026-11-21 04:00:00 -0500', '2026-11-21T09:00:00Z'],
  ])('reads the time “%s”', (post_at, read) => {
    expect(tool.input.shape.post_at.parse(post_at)).toBe(read);
  });

  test.each([
    ['ID', COLLEAGUE],
    ['mention', `<@${COLLEAGUE}>`],
  ])('opens the direct message with a person who is given by %s', async (_, channel) => {
    const { status, json } = await slack.stack.call('user_ada', tool.name, { ...input, channel });

    expect(status).toBe(200);
    expect(json).toMatchObject({ channel: expect.stringMatching(/^D/) });
    const { channel: conversation } = z.object({ channel: z.string() }).parse(json);
    expect(slack.asked()).toEqual([
      ['POST /api/conversations.open', JSON.stringify({ users: COLLEAGUE })],
      ['POST /api/chat.scheduleMessage', expect.stringContaining(JSON.stringify(conversation))],
    ]);
  });

  test('returns an error for an unknown person, and schedules nothing', async () => {
    const { error } = await slack.stack.call('user_ada', tool.name, { ...input, channel: 'U0NOSUCH' });

    expect(error).toMatchObject({ code: 'not_found', message: expect.stringContaining('slack_find_user') });
    expect(slack.asked()).toHaveLength(1);
  });

  test.each([
    ['an unknown channel', 'user_ada', 'C0NOSUCH', 'not_found'],
    ['an archived channel', 'user_ada', 'summer-sale', 'conflict'],
    ['a channel that the account is not in', 'user_ada', 'workshop', 'permission_denied'],
    ['a missing scope', 'user_grace', 'sales', 'permission_denied'],
  ])('reports an error for %s', async (_, user, channel, code) => {
    const { error } = await slack.stack.call(user, tool.name, { ...input, channel });

    expect(error).toMatchObject({ code, retryable: false });
  });

  test("accepts Slack's own example", async () => {
    slack.bed.provider.script = () => ({ body: official['chat.scheduleMessage'] });

    const { json } = await slack.bed.environment(tool)({
      input: { ...input, thread_ts: '1503435956.000247' },
    });

    expect(json).toEqual({
      scheduled_message_id: 'Q1298393284',
      channel: 'C123ABC456',
      post_at: '2019-07-03T19:00:00Z',
    });
    expect(JSON.parse(slack.bed.provider.requests[0]?.body ?? '')).toMatchObject({
      thread_ts: '1503435956.000247',
    });
  });

  test('reports an unknown outcome after a lost response', async () => {
    slack.bed.provider.script = () => 'reset';

    const { error } = await slack.bed.environment(tool)({ input });

    expect(error?.code).toBe('outcome_unknown');
    expect(slack.bed.provider.requests).toHaveLength(1);
  });
});

testInvalidInputs(tool, input, {
  ...INVALID_ANYWHERE,
  'a time that has passed': [{ post_at: inDays(-1) }, ['post_at']],
  'a time that is too far ahead': [{ post_at: inDays(121) }, ['post_at']],
  'a time without a zone': [{ post_at: '2027-01-01T09:00:00' }, ['post_at']],
  'a time with a space and no zone': [{ post_at: '2027-01-01 09:00:00' }, ['post_at']],
  'a time without a day': [{ post_at: '09:00 UTC' }, ['post_at']],
  'a day without a time': [{ post_at: inDays(1).slice(0, 10) }, ['post_at']],
  'a blank text': [{ text: ' \n ' }, ['text']],
  'a missing time': [{ post_at: null }, ['post_at']],
  'an empty text': [{ text: '' }, ['text']],
  'a malformed thread_ts': [{ thread_ts: 'last' }, ['thread_ts']],
});
testProviderErrors(tool, input, {
  ...commonErrors(tool),
  'a time that passed before Slack got the request': {
    answer: refused('time_in_past'),
    error: { code: 'rejected_by_provider', message: expect.stringContaining('at most 120 days') },
  },
  'too many messages at that time': { answer: refused('restricted_too_many'), error: { code: 'conflict' } },
});
