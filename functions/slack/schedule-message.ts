import { defineTool, id, momentInput, path, providerTime, ToolError, time } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { slack } from './connector.ts';
import { conversationOf, recipientInput } from './shared/channel.ts';
import { messageInput, NO_PREVIEWS, toMrkdwn } from './shared/outgoing-text.ts';

// Slack writes a time as seconds since 1970.
const SECONDS = /^\d{10}$/;
// Programs also write a time with a space instead of `T`, or with `UTC` or `GMT` instead of `Z`.
const TIME =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(?:(Z|UTC|GMT)|([+-]\d{2})(:?\d{2})?)$/i;
const MS_AHEAD_MAX = 120 * 86_400_000;
const ScheduledResponse = z.object({
  ok: z.literal(true),
  scheduled_message_id: id(),
  channel: id().nullish(),
  // Slack sends a number or a text.
  post_at: providerTime('seconds').nullish(),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_schedule_message',
  effect: 'create',
  confirm: true, // Slack posts the message later without asking again.
  scopes: ['chat:write', 'im:write'],
  description:
    'Schedules a message that Slack posts later to a channel, thread or person, in the name of the user, who must be a member of the channel. To post now, use slack_send_message. No tool cancels it, and Drafts & sent does not list it.',
  input: {
    channel: recipientInput(),
    ...messageInput,
    post_at: momentInput('When to post, at most 120 days ahead: 2026-11-30T09:00Z.', toIso),
  },
  output: { scheduled_message_id: id(), channel: id(), post_at: time() },
  examples: [
    {
      input: { channel: 'C024BE7LR', text: 'Hi', post_at: '2026-11-30T09:00:00Z' },
      output: {
        scheduled_message_id: 'Q1298393284',
        channel: 'C024BE7LR',
        post_at: '2026-11-30T09:00:00Z',
      },
    },
  ],

  async run({ channel, text, thread_ts, post_at }, { api }) {
    const postAt = secondsAhead(post_at);
    // chat.scheduleMessage does not accept the ID of a person, so the direct message is opened first.
    const conversation = await conversationOf(channel, api);
    // https://docs.slack.dev/reference/methods/chat.scheduleMessage
    const { body } = await api.post(path`/api/chat.scheduleMessage`, {
      json: {
        channel: conversation,
        text: toMrkdwn(text),
        thread_ts,
        post_at: postAt,
        ...NO_PREVIEWS,
      },
      response: ScheduledResponse,
    });
    return {
      scheduled_message_id: body.scheduled_message_id,
      channel: body.channel ?? conversation,
      post_at: body.post_at ?? post_at,
    };
  },
});

/**
 * Converts a time in seconds since 1970, or in a form that TIME matches, to ISO 8601. Returns any other text
 * unchanged.
 */
function toIso(trimmed: string): string {
  if (SECONDS.test(trimmed)) return new Date(Number(trimmed) * 1_000).toISOString();
  const [, day, time, zero, hours, minutes = ':00'] = TIME.exec(trimmed) ?? [];
  if (day === undefined) return trimmed;
  return `${day}T${time}${zero === undefined ? `${hours}${minutes}` : 'Z'}`;
}

/**
 * Returns a time in seconds since 1970.
 * @throws ToolError if the time is in the past, or too far in the future for Slack
 */
function secondsAhead(postAt: string): number {
  const ms = Date.parse(postAt);
  if (ms > Date.now() && ms <= Date.now() + MS_AHEAD_MAX) return ms / 1_000;
  throw new ToolError('invalid_input', {
    details: [{ path: 'post_at', issue: 'must be in the future, and at most 120 days ahead' }],
  });
}

export const handler = createHandler(tool);
