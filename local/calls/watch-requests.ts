import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

export interface RequestWatcher {
  /** Called in the asynchronous context of whoever sends the request. @returns undefined to look no further */
  begun(request: ClientRequest): RequestEnd | undefined;
}

interface RequestEnd {
  answered(status: number): void;
  /** @param error why there was no whole answer; null where there was one */
  ended(error: string | null): void;
}

/**
 * Tells of each request that this process sends over HTTP, without a hand in how it is sent.
 * https://nodejs.org/api/diagnostics_channel.html#http
 * @returns the function that ends it
 */
export function watchRequests({ begun }: RequestWatcher): () => void {
  const ends = new WeakMap<ClientRequest, RequestEnd>();
  const channels: Record<string, (message: unknown) => void> = {
    'http.client.request.created': (message) => {
      if (!isMessage(message)) return;
      const end = begun(message.request);
      if (end) ends.set(message.request, end);
    },
    'http.client.request.error': (message) => {
      if (isMessage(message)) ends.get(message.request)?.ended(codeOf(message.error));
    },
    'http.client.response.finish': (message) => {
      if (!isMessage(message) || !message.response) return;
      const { request, response } = message;
      const end = ends.get(request);
      end?.answered(response.statusCode ?? 0);
      // It is told of when its headers are there.
      response.once('end', () => end?.ended(null));
      response.once('error', (error) => end?.ended(codeOf(error)));
    },
  };
  for (const [name, listener] of Object.entries(channels)) subscribe(name, listener);
  return () => {
    for (const [name, listener] of Object.entries(channels)) unsubscribe(name, listener);
  };
}

interface ChannelMessage {
  request: ClientRequest;
  response?: IncomingMessage;
  error?: unknown;
}

/** What Node.js documents of these channels. */
function isMessage(message: unknown): message is ChannelMessage {
  return typeof message === 'object' && message !== null && 'request' in message;
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
