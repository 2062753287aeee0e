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
 * Handles one request of streamable HTTP, without a session and with JSON only.
 * https://modelcontextprotocol.io/specification/2026-07-28/basic/transports
 * @param request its method and headers
 * @param body its body
 * @param createServer makes the server for this request
 */
export async function serveMcp(
  request: Request,
  body: string,
  createServer: () => Server,
): Promise<Response> {
  // The other methods belong to streams and sessions, which we do not have.
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
  if (!acceptsJson(request.headers.get('accept'))) return Response.json(NOT_ACCEPTABLE, { status: 406 });
  // The SDK asks for both, and answers with JSON.
  request.headers.set('accept', 'application/json, text/event-stream');
  const parsedBody = parseJson(body);
  if (!isMessage(parsedBody)) return Response.json(NO_MESSAGE, { status: 400 });
  if (await isLegacyRequest(request, parsedBody)) return serveLegacy(request, parsedBody, createServer());
  // A subscription would keep the function running until its timeout.
  const handler = createMcpHandler(createServer, { legacy: 'reject', maxSubscriptions: 0, keepAliveMs: 0 });
  return handler.fetch(request, { parsedBody });
}

const NO_MESSAGE = errorMessage(ProtocolErrorCode.ParseError, 'The body must be one message of JSON-RPC.');
const NOT_ACCEPTABLE = errorMessage(
  ProtocolErrorCode.InvalidRequest,
  'The answer is JSON. Accept application/json.',
);

/** The error of a request that reaches no method. https://www.jsonrpc.org/specification#error_object */
export function errorMessage(code: ProtocolErrorCode, message: string, data?: unknown) {
  return { jsonrpc: '2.0', id: null, error: { code, message, data } };
}

/** The protocol has had no batches since 2025-06-18; a batch could run any number of calls at once. */
function isMessage(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** Serves the protocol's revisions before 2026-07-28, which start with a handshake. */
async function serveLegacy(request: Request, parsedBody: unknown, server: Server): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    return await transport.handleRequest(request, { parsedBody });
  } finally {
    await server.close();
  }
}
