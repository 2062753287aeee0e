import { createServer, type IncomingMessage } from 'node:http';
import type { Server } from '@modelcontextprotocol/server';
import { serveMcp } from '../../lib/mcp/serve-mcp.ts';
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
    if (message.url !== '/mcp') return new Response(null, { status: 404 });
    const body = await readBody(message, REQUEST_LIMIT_BYTES);
    if (body === 'too large') return new Response(null, { status: 413 });
    return serveMcp(requestOf(message), body.toString(), createMcpServer);
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

/** The protocol needs only the method and the headers. */
function requestOf({ method = 'GET', headersDistinct }: IncomingMessage): Request {
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return new Request('http://localhost/mcp', { method, headers });
}
