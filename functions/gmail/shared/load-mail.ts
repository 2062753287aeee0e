import pMap from 'p-map';
import { ifReadable, type Page, type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { type Message, MessageResponse } from './message.ts';
import type { LoadedBodies } from './message-text.ts';
import { mimeTree, readParts } from './mime-tree.ts';

// Gmail rejects too many concurrent requests to one mailbox:
// https://developers.google.com/workspace/gmail/api/guides/handle-errors
export const CONCURRENT_CALLS = 5;
const LOADED_BODIES_MAX = 10;
const LOADED_BYTES_MAX = 3_000_000;
const GONE = 'This message is not in the thread any more. Call again without cursor and message_id.';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads#Thread */
const ThreadResponse = z.object({
  messages: z
    .array(z.unknown())
    .default([])
    .transform((messages) => messages.flatMap((message) => MessageResponse.safeParse(message).data ?? [])),
});
/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments#MessagePartBody */
const BodyResponse = z.object({ data: z.string() });

/**
 * Reads a message without its body.
 * @param names the headers to read; the default is all headers, because senders write header names differently (`CC`,
 * `Message-Id`)
 * @throws ToolError
 */
export async function getHeaders(
  api: ProviderClient,
  id: string,
  names?: readonly string[],
): Promise<Message> {
  // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/get
  const { body } = await api.get(path`/gmail/v1/users/me/messages/${id}`, {
    query: { format: 'metadata', metadataHeaders: names },
    response: MessageResponse,
  });
  return body;
}

/** Same as {@link getHeaders}, but returns undefined if the message was deleted after it was listed. */
export async function getHeadersIfThere(
  ...call: Parameters<typeof getHeaders>
): Promise<Message | undefined> {
  return ifReadable(getHeaders(...call), ['not_found']);
}

/**
 * Reads the messages of a thread without their bodies, oldest first.
 * @param names the headers to read
 * @returns undefined if the thread was deleted after it was listed
 * @throws ToolError
 */
export async function getThreadHeadersIfThere(
  api: ProviderClient,
  threadId: string,
  names: readonly string[],
): Promise<readonly Message[] | undefined> {
  // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/get
  const read = api.get(path`/gmail/v1/users/me/threads/${threadId}`, {
    query: { format: 'metadata', metadataHeaders: names },
    response: ThreadResponse,
  });
  return (await ifReadable(read, ['not_found']))?.body.messages;
}

/** A thread. The oldest message is first. */
export interface LoadedThread {
  messages: readonly Message[];
  /** True if the thread is too large for one response, so the messages have only their IDs. */
  hasOnlyIds: boolean;
}

/** Reads a thread with its messages. @throws ToolError */
export async function loadThread(api: ProviderClient, threadId: string): Promise<LoadedThread> {
  const get = async (format: string) => {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/get
    const { body } = await api.get(path`/gmail/v1/users/me/threads/${threadId}`, {
      query: { format },
      response: ThreadResponse,
    });
    return body.messages;
  };
  const messages = await unlessTooLarge(get('full'));
  return messages ? { messages, hasOnlyIds: false } : { messages: await get('minimal'), hasOnlyIds: true };
}

/**
 * Returns one page of a thread's messages, newest first, and the ID of the first message on the next page.
 * @param messages the messages of the thread, in the order in which Gmail returns them
 * @param onlyId the ID of a message; if it is given, only this message is returned
 * @throws ToolError if the message, or the first message of the page, is not in the thread
 */
export function messagesOf(
  messages: readonly Message[],
  onlyId: string | undefined,
  { size, cursor }: Page,
): { wanted: Message[]; next: string | undefined } {
  const newestFirst = byDate(messages).toReversed();
  const firstId = onlyId ?? cursor;
  const start = firstId === undefined ? 0 : newestFirst.findIndex(({ id }) => id === firstId);
  if (start < 0) throw new ToolError('not_found', { message: GONE });
  const end = start + (onlyId === undefined ? size : 1);
  return {
    wanted: newestFirst.slice(start, end),
    next: onlyId === undefined ? newestFirst[end]?.id : undefined,
  };
}

/**
 * Sorts messages by date, oldest first, because Gmail may return imported messages in another order. A
 * message without a date stays after the message before it.
 */
function byDate(messages: readonly Message[]): Message[] {
  let date = '';
  return messages
    .map((message) => {
      date = message.internalDate ?? date;
      return { message, date };
    })
    .toSorted((one, other) => (one.date === other.date ? 0 : one.date < other.date ? -1 : 1))
    .map(({ message }) => message);
}

/**
 * Reads the messages of a thread one by one. A message that is too large is returned without its body.
 * @throws ToolError
 */
export async function loadMessages(
  api: ProviderClient,
  listed: readonly Message[],
  signal: AbortSignal,
): Promise<{ message: Message; isWhole: boolean }[]> {
  const get = async (id: string, format: string) => {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/get
    const { body } = await api.get(path`/gmail/v1/users/me/messages/${id}`, {
      query: { format },
      response: MessageResponse,
    });
    return body;
  };
  return pMap(
    listed,
    async ({ id }) => {
      const message = await unlessTooLarge(get(id, 'full'));
      return message ? { message, isWhole: true } : { message: await get(id, 'metadata'), isWhole: false };
    },
    { concurrency: CONCURRENT_CALLS, signal },
  );
}

/**
 * Reads the texts that Gmail returns only by attachment ID, up to a size limit. Texts that cannot be read are left out.
 * @throws ToolError if the call has run out of time
 */
export async function loadBodies(
  api: ProviderClient,
  messages: readonly Message[],
  signal: AbortSignal,
): Promise<LoadedBodies> {
  const waiting = messages.flatMap(({ id, payload }) =>
    readParts(mimeTree(payload).root).flatMap(({ body: { data, attachmentId, size } }) =>
      data === undefined && attachmentId !== undefined ? { id, attachmentId, size } : [],
    ),
  );
  let bytes = 0;
  const chosen = waiting.slice(0, LOADED_BODIES_MAX).filter(({ size }) => {
    bytes += size;
    return bytes <= LOADED_BYTES_MAX;
  });
  const loaded = await pMap(
    chosen,
    async ({ id, attachmentId }): Promise<[string, string][]> => {
      try {
        // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments/get
        const { body } = await api.get(path`/gmail/v1/users/me/messages/${id}/attachments/${attachmentId}`, {
          response: BodyResponse,
        });
        return [[attachmentId, body.data]];
      } catch (error) {
        if (error instanceof ToolError && !signal.aborted) return [];
        throw error;
      }
    },
    { concurrency: CONCURRENT_CALLS, signal },
  );
  return new Map(loaded.flat());
}

/** Returns the result of a read, or undefined if the response is too large or nested too deeply. */
async function unlessTooLarge<Result>(read: Promise<Result>): Promise<Result | undefined> {
  return ifReadable(read, ['invalid_provider_response']);
}
