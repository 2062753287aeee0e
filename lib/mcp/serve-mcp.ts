import {
  createMcpHandler,
  isLegacyRequest,
  ProtocolErrorCode,
  type Server,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { acceptsJson } from '../surfaces/headers.ts';
import { parseJson } from '../text/json.ts';

/**
 * Handles one request of streamable HTTP. There are no sessions, and responses are always JSON.
 * https://modelcontextprotocol.io/specification/2026-07-28/basic/transports
 * @param request the method and headers of the request
 * @param body the body of the request
 * @param createServer makes the server for this request
 */
export async function serveMcp(
  request: Request,
  body: string,
  createServer: () => Server,
): Promise<Response> {
  // The other methods need streams or sessions, which we do not support.
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
  if (!acceptsJson(request.headers.get('accept'))) return Response.json(NOT_ACCEPTABLE, { status: 406 });
  // The SDK rejects a client that does not accept both types, although its response is always JSON.
  request.headers.set('accept', 'application/json, text/event-stream');
  const parsedBody = parseJson(body);
  if (!isMessage(parsedBody)) return Response.json(NO_MESSAGE, { status: 400 });
  if (await isLegacyRequest(request, parsedBody)) return serveLegacy(request, parsedBody, createServer());
  // A subscription would keep the function running until its time-out.
  const handler = createMcpHandler(createServer, { legacy: 'reject', maxSubscriptions: 0, keepAliveMs: 0 });
  return handler.fetch(request, { parsedBody });
}

const NO_MESSAGE = errorMessage(ProtocolErrorCode.ParseError, 'The body must be one message of JSON-RPC.');
const NOT_ACCEPTABLE = errorMessage(
  ProtocolErrorCode.InvalidRequest,
  'The answer is JSON. Accept application/json.',
);

/**
 * Returns the error for a request that we reject before any method of the protocol handles it.
 * https://www.jsonrpc.org/specification#error_object
 */
export function errorMessage(code: ProtocolErrorCode, message: string, data?: unknown) {
  return { jsonrpc: '2.0', id: null, error: { code, message, data } };
}

/**
 * Rejects a batch of messages, because a batch could start any number of calls at the same time. The protocol has no
 * batches since its revision 2025-06-18.
 */
function isMessage(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** Handles requests of protocol revisions before 2026-07-28. Such a client starts with a handshake. */
async function serveLegacy(request: Request, parsedBody: unknown, server: Server): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    return await transport.handleRequest(request, { parsedBody });
  } finally {
    await server.close();
  }
}
