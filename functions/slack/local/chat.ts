import * as z from 'zod';
import { messageBody } from './message-body.ts';
import { app } from './message-parts.ts';
import { type Caller, type Method, method, SlackError, wholeNumber } from './method.ts';
import { pageOf } from './page.ts';
import {
  addMessage,
  type Channel,
  directMessages,
  newId,
  readableChannels,
  secondsNow,
} from './workspace.ts';

const SCOPES = ['chat:write'];
const TEXT_LENGTH_MAX = 40_000;
const SECONDS_AHEAD_MAX = 120 * 86_400;
// https://docs.slack.dev/reference/methods/chat.scheduleMessage#restrictions
const WINDOW_SECONDS = 300;
const MESSAGES_PER_WINDOW_MAX = 30;

const POST = { channel: z.string(), text: z.string().default(''), thread_ts: z.string().optional() };

export const chat: Record<string, Method> = {
  'chat.postMessage': method(POST, SCOPES, ({ channel, text, thread_ts }, caller) => {
    const { id: channelId } = writable(channel, text, caller);
    const { workspace, member } = caller;
    const parent = workspace.messages.find(
      (message) => message.channelId === channelId && message.ts === thread_ts,
    );
    // If the given message is a reply, the new reply goes to the same thread. If the given message does not
    // exist, the reply becomes a new message.
    const threadTs = parent ? (parent.threadTs ?? parent.ts) : null;
    const message = { channelId, userId: member.id, text: text.slice(0, TEXT_LENGTH_MAX), threadTs };
    // If a person posts through an app, Slack adds the app to the message:
    // https://github.com/anneschuth/claude-threads/issues/526
    const added = addMessage(workspace, { ...message, subtype: null, more: app('B0HARBORAGT', 'Assistant') });
    return { channel: channelId, ts: added.ts, message: messageBody(added, caller) };
  }),

  'chat.scheduleMessage': method(
    { ...POST, post_at: z.union([z.string(), z.number()]) },
    SCOPES,
    ({ channel, text, thread_ts, post_at }, caller) => {
      const { workspace, member } = caller;
      const postAt = Number(post_at);
      if (!Number.isInteger(postAt)) throw new SlackError('invalid_time');
      if (postAt <= secondsNow()) throw new SlackError('time_in_past');
      if (postAt > secondsNow() + SECONDS_AHEAD_MAX) throw new SlackError('time_too_far');
      // chat.postMessage opens a direct message with a user, but chat.scheduleMessage does not.
      if (/^[UW][A-Z0-9]+$/.test(channel)) throw new SlackError('channel_not_found');
      const { id: channelId } = writable(channel, text, caller);
      const near = workspace.scheduled.filter(
        (other) => other.channelId === channelId && Math.abs(other.postAt - postAt) < WINDOW_SECONDS,
      );
      if (near.length >= MESSAGES_PER_WINDOW_MAX) throw new SlackError('restricted_too_many');
      const id = newId(workspace, 'Q');
      const message = { channelId, userId: member.id, text, threadTs: thread_ts ?? null };
      workspace.scheduled.push({ ...message, id, postAt, dateCreated: secondsNow() });
      return {
        channel: channelId,
        scheduled_message_id: id,
        // Slack's example returns the time as text.
        post_at: String(postAt),
        message: { type: 'delayed_message', user: member.id, team: workspace.team.id, text },
      };
    },
  ),

  'chat.scheduledMessages.list': method(
    {
      channel: z.string().optional(),
      limit: wholeNumber.min(1).max(100).default(100),
      cursor: z.string().optional(),
    },
    [],
    ({ channel, ...paging }, { workspace, member }) => {
      const own = workspace.scheduled.filter(
        ({ channelId, userId }) => userId === member.id && (channel === undefined || channelId === channel),
      );
      const { items, response_metadata } = pageOf(own, 'scheduled', ({ id }) => id, paging);
      const scheduled_messages = items.map(({ id, channelId, postAt, dateCreated, text }) => ({
        id,
        channel_id: channelId,
        post_at: postAt,
        date_created: dateCreated,
        text,
      }));
      return { scheduled_messages, response_metadata };
    },
  ),
};

/** Returns the channel with an ID or a name, or the direct message with a user. */
function writable(named: string, text: string, caller: Caller): Channel {
  const name = named.replace(/^#/, '');
  const channel =
    readableChannels(caller.workspace, caller.member).find(
      (candidate) => candidate.id === named || (candidate.kind !== 'im' && candidate.name === name),
    ) ?? directMessages(caller.workspace, caller.member.id, named);
  if (!channel) throw new SlackError('channel_not_found');
  if (channel.isArchived) throw new SlackError('is_archived');
  if (!channel.memberIds.includes(caller.member.id)) throw new SlackError('not_in_channel');
  if (text.trim() === '') throw new SlackError('no_text');
  return channel;
}
