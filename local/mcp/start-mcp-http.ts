import { isUtf8 } from 'node:buffer';
import { createServer, type IncomingMessage } from 'node:http';
import { ProtocolErrorCode, type Server } from '@modelcontextprotocol/server';
import { errorMessage, serveMcp } from '../../lib/mcp/serve-mcp.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { readBody } from '../http-request.ts';
import { type Listener, listenOnLoopback } from '../listen-on-loopback.ts';

const REQUEST_LIMIT_BYTES = 6 * 1024 * 1024;

/**
 * Serves MCP at `/mcp` on loopback, to anyone on this machine.
 * @throws UsageError if the port is in use
 */
export async function startMcpHttp(createMcpServer: () => Server, port: number): Promise<Listener> {
  async function answerTo(message: IncomingMessage): Promise<Response> {
    if (message.url !== '/mcp') return refusal(404, 'This server only has the path /mcp, without a query.');
    if (message.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    const body = await readBody(message, REQUEST_LIMIT_BYTES);
    if (body === 'too large') return refusal(413, 'The message is larger than 6 MB.');
    // A body that is not UTF-8 becomes an empty text. Like a body that is not JSON, it contains no message.
    return serveMcp(requestOf(message), isUtf8(body) ? body.toString() : '', createMcpServer);
  }

  const server = createServer(async (message, response) => {
    const answer = await answerTo(message).catch((error: unknown) => {
      console.error(error);
      return new Response(null, { status: 500 });
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  return listenOnLoopback(server, port).catch((cause: unknown) => {
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    throw isTaken ? new UsageError(`Port ${port} is in use. Choose another with --port.`, { cause }) : cause;
  });
}

function refusal(status: number, message: string): Response {
  return Response.json(errorMessage(ProtocolErrorCode.InvalidRequest, message), { status });
}

/** Converts a request. `serveMcp` needs only its method and its headers. */
function requestOf({ method = 'GET', headersDistinct }: IncomingMessage): Request {
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return new Request('http://localhost/mcp', { method, headers });
}
