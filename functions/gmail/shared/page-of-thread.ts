import { type Page, ToolError } from 'scalekit-lambda-tools';
import type { Message } from './message.ts';

const GONE = 'This message is not in the thread any more. Call again without cursor and message_id.';

/**
 * Returns a page of a thread's messages, newest first, and the ID of the message by which the next page begins.
 * @param messages oldest first, as Gmail has them
 * @param onlyId if it is given, that of the one message that is wanted
 * @throws ToolError if that message, or the first of the page, is not there
 */
export function messagesOf(
  messages: readonly Message[],
  onlyId: string | undefined,
  { size, cursor }: Page,
): { wanted: Message[]; next: string | undefined } {
  const newestFirst = messages.toReversed();
  const firstId = onlyId ?? cursor;
  const start = firstId === undefined ? 0 : newestFirst.findIndex(({ id }) => id === firstId);
  if (start < 0) throw new ToolError('not_found', { message: GONE });
  const end = start + (onlyId === undefined ? size : 1);
  return {
    wanted: newestFirst.slice(start, end),
    next: onlyId === undefined ? newestFirst[end]?.id : undefined,
  };
}
