import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Code, ConnectError } from '@connectrpc/connect';
import type { RecordedRequest } from './recorded-request.ts';
import { httpStatusOf } from './rpc-status.ts';

/** An HTTP/1.1 request with its response and its record. */
export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The path and query, unchanged. */
  readonly target: string;
  readonly pathname: string;
  readonly record: RecordedRequest;
  /** If set, the provider gets this token instead of the account's token. */
  readonly accountToken?: string;
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}

/** Sends an error in the format of grpc-gateway. */
export function sendRpcError(
  response: ServerResponse,
  code: Code,
  message: string,
  status = httpStatusOf(code),
): void {
  sendJson(response, status, { code, message, details: [] });
}

export function sendFailure(response: ServerResponse, reason: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const error = ConnectError.from(reason, Code.Internal);
  sendRpcError(response, error.code, error.rawMessage);
}

export async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await text(request);
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new ConnectError('the body is not JSON', Code.InvalidArgument, undefined, undefined, cause);
  }
}

export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await text(request));
}
