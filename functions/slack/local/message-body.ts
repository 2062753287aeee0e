import type { Caller } from './method.ts';
import { type Message, repliesTo } from './workspace.ts';

/** Returns a message in the format of conversations.history. */
export function messageBody(message: Message, { workspace }: Caller) {
  const { ts, userId, text, threadTs, subtype, more } = message;
  const replies = repliesTo(workspace, message);
  const replyUsers = [...new Set(replies.flatMap((reply) => reply.userId ?? []))];
  const isBot = workspace.members.some(({ id, isBot: own }) => id === userId && own);
  return {
    type: 'message',
    ...(subtype !== null && { subtype }),
    ...(userId !== null && { user: userId, ...(isBot && { bot_id: userId.replace('U', 'B') }) }),
    text,
    ts,
    team: workspace.team.id,
    ...more,
    ...(threadTs !== null && { thread_ts: threadTs }),
    ...(replies.length > 0 && {
      thread_ts: ts,
      reply_count: replies.length,
      reply_users_count: replyUsers.length,
      latest_reply: replies.at(-1)?.ts ?? ts,
      reply_users: replyUsers,
      is_locked: false,
      subscribed: false,
    }),
  };
}
