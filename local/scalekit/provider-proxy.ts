import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Code, ConnectError } from '@connectrpc/connect';
import { publishCall } from '../providers/provider-calls.ts';
import type { AccessTokens } from './access-tokens.ts';
import { forwardRequest } from './forward-request.ts';
import { withoutHopByHop } from './hop-by-hop-headers.ts';
import { type HttpExchange, sendRpcError } from './http-exchange.ts';
import type { Connection } from './scalekit-seed.ts';
import type { Account, ScalekitState } from './scalekit-state.ts';

export const PROXY_PREFIX = '/proxy';

// Headers that are meant for Scalekit itself, or that the proxy sets to new values for the provider.
const NOT_FORWARDED = new Set([
  'authorization',
  'connection_name',
  'identifier',
  'host',
  'content-length',
  'x-sdk-version',
  'x-api-version',
]);
const METHODS_WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

export interface ProviderProxyOptions {
  readonly state: ScalekitState;
  readonly tokens: AccessTokens;
}

/**
 * Forwards a request to the provider. The headers name the connection and the user, and the user's token is
 * added.
 */
export function createProviderProxy({ state, tokens }: ProviderProxyOptions) {
  return async (exchange: HttpExchange): Promise<void> => {
    const { request, record } = exchange;
    const connectionName = headerOf(request, 'connection_name');
    const identifier = headerOf(request, 'identifier');
    if (connectionName) record.connection = connectionName;
    if (identifier) record.identifier = identifier;
    record.authorization = await tokens.check(request.headers.authorization);
    if (record.authorization !== 'valid') {
      throw new ConnectError('the access token is missing, invalid or expired', Code.Unauthenticated);
    }
    if (!connectionName || !identifier) {
      throw new ConnectError('the headers connection_name and identifier are required', Code.InvalidArgument);
    }
    const connection = state.connection(connectionName);
    if (!connection.proxyEnabled) {
      throw new ConnectError('proxy not enabled for provider', Code.FailedPrecondition);
    }
    const account = state.selectAccount({ connection: connectionName, identifier });
    const accessToken = activeTokenOf(account);
    await forward(exchange, connection, exchange.accountToken ?? accessToken);
  };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function activeTokenOf({ status, accessToken }: Account): string {
  if (status !== 'ACTIVE' || accessToken === undefined) {
    throw new ConnectError(`connected account is not active: ${status}`, Code.PermissionDenied);
  }
  return accessToken;
}

async function forward(
  exchange: HttpExchange,
  { connector, providerUrl }: Connection,
  accessToken: string,
): Promise<void> {
  const provider = new URL(providerUrl);
  const { request, response, target, record } = exchange;
  const body = await buffer(request);
  const method = request.method ?? 'GET';
  const path = joinPath(provider.pathname, target.slice(PROXY_PREFIX.length));
  const headers = ['Host', provider.host, ...forwardedHeaders(request, method, body)];
  record.forwarded = {
    method,
    url: provider.origin + path,
    path,
    headers: toRecord(headers),
    body: body.toString(),
  };

  publishCall({ connector, ...record.forwarded });

  let answer: IncomingMessage;
  try {
    const sent = { method, path, headers: [...headers, 'Authorization', `Bearer ${accessToken}`], body };
    answer = await forwardRequest(provider, sent, response);
  } catch {
    sendRpcError(response, Code.Unavailable, 'the provider cannot be reached', 502);
    return;
  }
  response.sendDate = false;
  // The status is set before the body is sent, because the caller can receive the entire body before the
  // pipeline ends.
  record.status = answer.statusCode ?? 502;
  response.writeHead(record.status, answer.statusMessage, withoutHopByHop(answer.rawHeaders));
  await pipeline(answer, response);
}

function joinPath(basePath: string, rest: string): string {
  const base = basePath.replace(/\/$/, '');
  return rest.startsWith('/') ? base + rest : `${base}/${rest}`;
}

function forwardedHeaders(request: IncomingMessage, method: string, body: Buffer): string[] {
  const headers = withoutHopByHop(request.rawHeaders, NOT_FORWARDED);
  const saysLength = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
  if (saysLength || !METHODS_WITHOUT_BODY.has(method)) headers.push('Content-Length', String(body.length));
  return headers;
}

function toRecord(rawHeaders: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    record[name] = name in record ? `${record[name]}, ${value}` : value;
  }
  return record;
}
