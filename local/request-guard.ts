import type { EventEmitter } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { refusalOf } from './request-refusal.ts';

/** The members of an HTTP/2 stream that this file uses. https://nodejs.org/api/http2.html#class-serverhttp2stream */
interface Http2Stream {
  readonly destroyed: boolean;
  respond(headers: Record<string, string | number>): void;
  end(body: string): void;
}

/**
 * Makes a server respond with 403 to requests that a web page may have caused. These requests do not reach
 * the listeners of the server.
 * @param server a server of `node:http`, `node:https` or `node:http2`
 * @param port the port on which the server listens
 * @param linkedPaths as in {@link refusalOf}
 */
export function guardRequests(server: EventEmitter, port: number, linkedPaths?: RegExp): void {
  const emit = server.emit.bind(server);
  // A request can arrive as one of several events, and listeners may be added later. `emit` is replaced,
  // because every event goes through it.
  server.emit = (event: string | symbol, ...args: unknown[]) => {
    const rawHeaders = rawHeadersOf(event, args);
    const refusal = rawHeaders && refusalOf({ ...rawHeaders, port, linkedPaths });
    if (refusal === undefined) return emit(event, ...args);
    refuse(args, JSON.stringify({ message: refusal }));
    return true;
  };
}

function rawHeadersOf(event: string | symbol, args: readonly unknown[]) {
  const [first, , , rawHeaders] = args;
  if (first instanceof IncomingMessage) {
    const { method = '', url: target = '', rawHeaders: lines } = first;
    return { method, target, rawHeaders: lines };
  }
  // https://nodejs.org/api/http2.html#event-stream_1
  if (event !== 'stream' || !isTexts(rawHeaders)) return undefined;
  return { method: pseudo(rawHeaders, ':method'), target: pseudo(rawHeaders, ':path'), rawHeaders };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function pseudo(rawHeaders: readonly string[], name: string): string {
  const index = rawHeaders.indexOf(name);
  return index < 0 ? '' : (rawHeaders[index + 1] ?? '');
}

function refuse([first, second]: readonly unknown[], body: string): void {
  const length = Buffer.byteLength(body);
  if (second instanceof ServerResponse) {
    second.writeHead(403, {
      'content-type': 'application/json',
      'content-length': length,
      connection: 'close',
    });
    second.end(body);
  } else if (second instanceof Socket) {
    second.end(
      `HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${body}`,
    );
  } else if (isHttp2Stream(first)) {
    // If the client has reset the stream, no response can be sent.
    if (first.destroyed) return;
    first.respond({ ':status': 403, 'content-type': 'application/json' });
    first.end(body);
  }
}

function isHttp2Stream(value: unknown): value is Http2Stream {
  return (
    typeof value === 'object' &&
    value !== null &&
    'respond' in value &&
    'end' in value &&
    'destroyed' in value
  );
}
