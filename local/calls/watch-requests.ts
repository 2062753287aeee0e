import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest, IncomingMessage } from 'node:http';
import { EMULATOR_HEADER } from '../providers/missing-route.ts';

interface RequestObserver {
  /**
   * @param emulator the value of the header `x-emulator`; undefined if the response does not have the header
   */
  answered(status: number, emulator: string | undefined): void;
  /** @param error why the response is missing or incomplete; null for a complete response */
  ended(error: string | null): void;
}

/**
 * Watches every HTTP request of this process. https://nodejs.org/api/diagnostics_channel.html#http
 * @param observe called in the asynchronous context of the code that sends the request; returns undefined to
 * ignore the request
 * @returns a function that stops the watching
 */
export function watchRequests(observe: (request: ClientRequest) => RequestObserver | undefined): () => void {
  const observers = new WeakMap<ClientRequest, RequestObserver>();
  const channels: Readonly<Record<string, (message: unknown) => void>> = {
    'http.client.request.created': (message) => {
      const request = field(message, 'request');
      const observer = request instanceof ClientRequest && observe(request);
      if (observer) observers.set(request, observer);
    },
    'http.client.request.error': (message) => {
      observerOf(message)?.ended(codeOf(field(message, 'error')));
    },
    'http.client.response.finish': (message) => {
      const observer = observerOf(message);
      const response = field(message, 'response');
      if (!observer || !(response instanceof IncomingMessage)) return;
      const emulator = response.headers[EMULATOR_HEADER];
      observer.answered(response.statusCode ?? 0, typeof emulator === 'string' ? emulator : undefined);
      // Node.js publishes this event when the headers arrive; the body follows.
      response.once('end', () => observer.ended(null));
      response.once('error', (error) => observer.ended(codeOf(error)));
    },
  };
  for (const [name, listener] of Object.entries(channels)) subscribe(name, listener);
  return () => {
    for (const [name, listener] of Object.entries(channels)) unsubscribe(name, listener);
  };

  function observerOf(message: unknown): RequestObserver | undefined {
    const request = field(message, 'request');
    return request instanceof ClientRequest ? observers.get(request) : undefined;
  }
}

function field(message: unknown, name: 'request' | 'response' | 'error'): unknown {
  return typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
