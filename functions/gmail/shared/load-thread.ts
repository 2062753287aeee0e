import pMap from 'p-map';
import { type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { type Message, MessageResponse } from './message.ts';
import type { LoadedBodies } from './message-text.ts';
import { mimeTree, readParts } from './mime-tree.ts';

// Gmail rejects too many concurrent calls for one mailbox: https://developers.google.com/workspace/gmail/api/guides/handle-errors
const CONCURRENT_CALLS = 5;
const LOADED_BODIES_MAX = 10;
const LOADED_BYTES_MAX = 3_000_000;

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads#Thread */
const ThreadResponse = z.object({
  messages: z
    .array(z.unknown())
    .default([])
    .transform((messages) => messages.flatMap((message) => MessageResponse.safeParse(message).data ?? [])),
});
/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments#MessagePartBody */
const BodyResponse = z.object({ data: z.string() });

/** A thread, oldest message first. */
export interface LoadedThread {
  messages: readonly Message[];
  /** True if the thread is too large for one response: the messages have only their IDs, and are read one by one. */
  hasOnlyIds: boolean;
}

/** @throws ToolError */
export async function loadThread(api: ProviderClient, threadId: string): Promise<LoadedThread> {
  const get = async (format: string) => {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/get
    const { body } = await api.get(path`/gmail/v1/users/me/threads/${threadId}`, {
      query: { format },
      response: ThreadResponse,
    });
    return body.messages;
  };
  const messages = await unlessUnreadable(get('full'));
  return messages ? { messages, hasOnlyIds: false } : { messages: await get('minimal'), hasOnlyIds: true };
}

/**
 * Loads the messages of a thread one by one; one that is too large comes without its body.
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
      const message = await unlessUnreadable(get(id, 'full'));
      return message ? { message, isWhole: true } : { message: await get(id, 'metadata'), isWhole: false };
    },
    { concurrency: CONCURRENT_CALLS, signal },
  );
}

/**
 * Loads the texts that Gmail gives only by their ID, as far as there are not too many. One that fails is left out.
 * @throws ToolError if the time is over
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

/** Undefined for an answer that is too large, or nests too deep. */
async function unlessUnreadable<Result>(answer: Promise<Result>): Promise<Result | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ToolError && error.code === 'invalid_provider_response') return undefined;
    throw error;
  }
}
