import type { Stack } from '../../stack.ts';
import type { CallRequest } from '../console-api.ts';

interface SurfaceRequest {
  url: string;
  method: 'POST';
  headers: Record<string, string>;
  body: string;
}

type Parts = Pick<Stack, 'gateway' | 'issuer'>;

/** A call over the HTTP API. */
export async function httpRequest(call: CallRequest, parts: Parts): Promise<SurfaceRequest> {
  return {
    url: `${parts.gateway.url}/tools/${call.tool}`,
    method: 'POST',
    headers: {
      ...(await authorization(call, parts)),
      'content-type': 'application/json',
      ...(call.idempotencyKey !== undefined && { 'idempotency-key': call.idempotencyKey }),
    },
    body: JSON.stringify(call.input),
  };
}

/** A call over MCP. The server is stateless, so the call needs no session. */
export async function mcpRequest(call: CallRequest, parts: Parts): Promise<SurfaceRequest> {
  return {
    url: `${parts.gateway.url}/mcp`,
    method: 'POST',
    headers: {
      ...(await authorization(call, parts)),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify(mcpMessage(call)),
  };
}

/** https://modelcontextprotocol.io/specification/2025-11-25/server/tools#calling-tools */
export function mcpMessage({ tool, input, idempotencyKey }: CallRequest) {
  return {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: tool,
      arguments: input,
      ...(idempotencyKey !== undefined && { _meta: { 'idempotency-key': idempotencyKey } }),
    },
  };
}

async function authorization({ identifier, claims }: CallRequest, { issuer }: Parts) {
  return { authorization: `Bearer ${await issuer.sign({ sub: identifier, ...claims })}` };
}
