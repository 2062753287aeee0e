import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { StoredCall } from '../../calls/call-recorder.ts';
import { SURFACE_EVENTS } from '../../invoke/surface-events.ts';
import { invokeOverApi } from '../../lambda/invoke-over-api.ts';
import type { Stack } from '../../stack.ts';
import type { CallRequest } from '../console-api.ts';
import { ConsoleError } from './read-request.ts';
import { httpRequest, mcpRequest } from './surface-requests.ts';

/** A call for which the tool's function ran. */
export interface EndedCall {
  stored: StoredCall;
  /** The response that the caller got, if it differs from the function's response. */
  received?: unknown;
}

const Message = z.object({ message: z.string() });
const DirectEvent = z.object({ tool: z.string(), identifier: z.string(), input: z.unknown() });

/**
 * Calls a tool in the same way as real callers of the surface, for example over HTTP with a token.
 * @throws ConsoleError if the call was rejected before it reached the function
 */
export async function callOnSurface(request: CallRequest, stack: Stack): Promise<EndedCall> {
  if (request.surface === 'http') return callOverHttp(request, stack);
  if (request.surface === 'mcp') return callOverMcp(request, stack);
  const { event, clientContext } = await SURFACE_EVENTS[request.surface](request, stack.issuer);
  const keyed =
    request.surface === 'direct' && request.idempotencyKey !== undefined
      ? { ...Object(event), idempotency_key: request.idempotencyKey }
      : event;
  const { requestId } = await invokeOverApi(stack.lambda, request.tool, keyed, clientContext);
  return { stored: findStored(requestId, stack) };
}

async function callOverHttp(request: CallRequest, stack: Stack): Promise<EndedCall> {
  const { url, ...init } = await httpRequest(request, stack);
  const response = await fetch(url, init);
  const body: unknown = await response.json();
  const requestId = response.headers.get('x-request-id');
  if (requestId !== null) return { stored: findStored(requestId, stack) };
  const reason = Message.safeParse(body).data?.message ?? 'no reason';
  throw new ConsoleError(
    502,
    `API Gateway answered ${response.status} without calling the function: ${reason}`,
  );
}

/**
 * The MCP function invokes the tool's function and does not return the request ID, so the call is found by
 * its event.
 */
async function callOverMcp(request: CallRequest, stack: Stack): Promise<EndedCall> {
  const before = new Set(stack.calls.calls.map(({ id }) => id));
  const { url, ...init } = await mcpRequest(request, stack);
  const response = await fetch(url, init);
  const received: unknown = await response.json();
  const stored = stack.calls.calls.find(
    ({ id, tool, event }) => !before.has(id) && tool === request.tool && isEventOf(request, event),
  );
  if (stored) return { stored, received };
  throw new ConsoleError(
    502,
    `The MCP server answered without calling the function: ${JSON.stringify(received)}`,
  );
}

function isEventOf({ input }: CallRequest, event: unknown): boolean {
  const { success, data } = DirectEvent.safeParse(event);
  return success && isDeepStrictEqual(data.input, input);
}

function findStored(requestId: string | null, { calls }: Stack): StoredCall {
  const stored = requestId === null ? undefined : calls.find(requestId);
  if (stored) return stored;
  throw new ConsoleError(502, 'The function timed out or was not reached. See the terminal.');
}
