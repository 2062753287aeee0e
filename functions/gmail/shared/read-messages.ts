import { setImmediate } from 'node:timers/promises';
import type { RunContext } from 'scalekit-lambda-tools';
import { type LoadedThread, loadBodies, loadMessages } from './load-mail.ts';
import { headerOf, type Message } from './message.ts';
import { mailContexts, readMessage } from './message-text.ts';
import { type Excerpt, toThreadMessage } from './thread-message.ts';

/**
 * Reads some messages of a thread.
 * @param wanted the messages to read, newest first
 * @returns the messages, and the subject of the thread or null
 * @throws ToolError
 */
export async function readMessages(
  thread: LoadedThread,
  wanted: readonly Message[],
  excerpt: Excerpt,
  { api, signal }: RunContext,
) {
  const loaded = thread.hasOnlyIds
    ? await loadMessages(api, wanted, signal)
    : wanted.map((message) => ({ message, isWhole: true }));
  const bodies = await loadBodies(
    api,
    loaded.map(({ message }) => message),
    signal,
  );
  const known = thread.hasOnlyIds ? loaded.map(({ message }) => message).toReversed() : thread.messages;
  const contextOf = mailContexts(known, bodies);
  const items: ReturnType<typeof toThreadMessage>[] = [];
  for (const { message, isWhole } of loaded) {
    // Yields to the event loop, so that the call can be aborted between two messages.
    await setImmediate(undefined, { signal });
    const read = readMessage(message, bodies, excerpt.includesAll ? null : contextOf(message));
    items.push(toThreadMessage(message, read, excerpt, isWhole));
  }
  return { items, subject: known[0] ? headerOf(known[0], 'Subject') : null };
}
