import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import { createMcpServer } from '../../lib/mcp/create-mcp-server.ts';
import { createToolInvoker } from '../../lib/mcp/tool-invoker.ts';
import { mcpTool } from '../../lib/schemas/mcp.ts';
import { localMcpHost } from '../../local/mcp/local-mcp-host.ts';
import { readMcpOptions } from '../../local/mcp/read-mcp-options.ts';
import { startMcpHttp } from '../../local/mcp/start-mcp-http.ts';
import type { Stack } from '../../local/stack.ts';
import { startStack } from '../../local/start-stack.ts';
import { mcpBody } from '../support/mcp-call.ts';
import { anyList } from '../support/project-tools.ts';
import { startRecordingServer } from '../support/recording-server.ts';

const PROJECT = join(import.meta.dirname, '../..');
const SCRIPT = join(PROJECT, 'local/mcp.ts');
const definitions = JSON.parse(
  JSON.stringify((await discoverTools(PROJECT)).map(({ tool }) => mcpTool(tool))),
);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ log: () => {} });
});
afterAll(() => stack.close());

const AWS = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Starts an MCP server with a command, as a desktop program does it, and connects the official client. */
async function connectToCommand(command: string, args: string[], user: string) {
  const transport = new StdioClientTransport({
    command,
    args: [...args, '--as', user],
    cwd: PROJECT,
    stderr: 'pipe',
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
  closers.push(() => client.close());
  return client;
}

async function startHttp(user: string, port = 0): Promise<URL> {
  const host = localMcpHost(stack.invoke, user);
  const { url, close } = await startMcpHttp(() => createMcpServer(stack.catalogue, host), port);
  closers.push(close);
  return new URL('/mcp', url);
}

const list = { name: anyList().name, arguments: { max_results: 2 } };

describe('the MCP server on standard input and output', () => {
  test.each([
    ['the file', process.execPath, [SCRIPT]],
    ['npm, as in docs/calling.md', 'npm', ['run', '--silent', 'mcp', '--']],
  ])('lists and calls the tools as the chosen user, if it is started by %s', async (_, command, args) => {
    const client = await connectToCommand(command, args, 'user_ada');

    const { tools } = await client.listTools();
    const result = await client.callTool(list);

    expect(tools).toEqual(definitions);
    expect(mcpBody(result)).toMatchObject({ count: expect.any(Number) });
  });

  test('returns authorization_required for a user whose account is not ACTIVE', async () => {
    const client = await connectToCommand(process.execPath, [SCRIPT], 'user_expired');

    const result = await client.callTool(list);

    expect(mcpBody(result)).toMatchObject({
      error: { code: 'authorization_required', account_status: 'EXPIRED' },
    });
  });

  test('writes only MCP messages to standard output, and ends when its client disconnects', async () => {
    const child = spawn(process.execPath, [SCRIPT, '--as', 'user_ada'], { cwd: PROJECT });
    const lines: string[] = [];
    createInterface(child.stdout).on('line', (line) => lines.push(line));
    const answered = once(child.stdout, 'data');
    const initialize = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'test', version: '1.0.0' },
    };
    child.stdin.write(
      `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: initialize })}\n`,
    );
    await answered;
    child.stdin.end();
    const [code] = await once(child, 'exit');

    expect(code).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ jsonrpc: '2.0', id: 1, result: expect.anything() }),
    ]);
  });
});

describe('the MCP server over streamable HTTP', () => {
  test('prints its URL, and ends after a signal', async () => {
    const child = spawn(process.execPath, [SCRIPT, '--as', 'user_ada', '--http', '--port', '0'], {
      cwd: PROJECT,
    });
    const [line]: unknown[] = await once(createInterface(child.stderr), 'line');
    const [, url = ''] = /over MCP at (\S+)\. /.exec(String(line)) ?? [];

    expect((await fetch(url)).status).toBe(405);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test.each(['legacy', { pin: '2026-07-28' }] as const)(
    'lists and calls the tools for a client with the protocol version %j',
    async (mode) => {
      const url = await startHttp('user_ada');
      const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
      await client.connect(new StreamableHTTPClientTransport(url));
      closers.push(() => client.close());

      expect((await client.listTools()).tools).toEqual(definitions);
      expect(mcpBody(await client.callTool(list))).toMatchObject({ count: expect.any(Number) });
    },
  );

  test('passes the idempotency key on to the function', async () => {
    const url = await startHttp('user_ada');
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(url));
    closers.push(() => client.close());

    const result = await client.callTool({ ...list, _meta: { 'idempotency-key': 'no key' } });

    expect(mcpBody(result)).toMatchObject({ error: { details: [{ path: 'idempotency_key' }] } });
  });

  test('returns an error if the function cannot be reached', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
    const host = localMcpHost(createToolInvoker('', { endpoint: 'http://127.0.0.1:1', ...AWS }), 'user_ada');
    const [tool] = stack.catalogue.tools;

    const answer =
      tool && (await host.call({ tool, input: {}, idempotencyKey: undefined, traceparent: undefined }));

    expect(answer).toMatchObject({ error: { code: 'dependency_unavailable' } });
    expect(printed).toHaveBeenCalledOnce();
    printed.mockRestore();
  });

  test('rejects requests of web pages, and requests that the protocol does not allow', async () => {
    const url = await startHttp('user_ada');
    const post = (
      path: string,
      headers: Record<string, string>,
      body: string | Buffer = '{}',
      method = 'POST',
    ) =>
      new Promise<number | undefined>((resolve, reject) => {
        const sent = request(new URL(path, url), { method, headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on('error', reject);
        sent.end(body);
      });
    const json = { 'content-type': 'application/json' };

    expect(await post('/mcp', { ...json, host: 'attacker.example' })).toBe(403);
    expect(await post('/mcp', { ...json, origin: 'https://attacker.example' })).toBe(403);
    expect(await post('/mcp', { 'content-type': 'text/plain' })).toBe(415);
    expect(await post('/mcp', json, '[]')).toBe(400);
    expect(await post('/mcp', json, 'x'.repeat(7_000_000))).toBe(413);
    expect(await post('/other', json)).toBe(404);
    expect(await post('/mcp?readonly=1', json)).toBe(404);
    expect(await post('/mcp', json, '', 'TRACE')).toBe(405);
    const ping = Buffer.from('{"jsonrpc":"2.0","id":"\xe9","method":"ping"}', 'latin1');
    expect(await post('/mcp', json, ping)).toBe(400);
  });

  test('reports a port that is in use', async () => {
    const taken = await startRecordingServer();
    closers.push(taken.close);

    await expect(startHttp('user_ada', taken.port)).rejects.toThrow(
      `Port ${taken.port} is in use. Choose another with --port.`,
    );
  });
});

describe('the arguments of npm run mcp', () => {
  test.each([
    [['--as', 'u'], { identifier: 'u', httpPort: undefined, live: false }],
    [['--as', 'u', '--live'], { identifier: 'u', httpPort: undefined, live: true }],
    [['--as', 'u', '--http'], { identifier: 'u', httpPort: 4410, live: false }],
    [['--as', 'u', '--http', '--port', '0'], { identifier: 'u', httpPort: 0, live: false }],
  ])('are read: %j', (args, options) => {
    expect(readMcpOptions(args)).toEqual(options);
  });

  test.each([
    [[], '--as is missing'],
    [['--as', ''], '--as must be'],
    [['--as', 'u', '--port', '5'], '--port requires --http'],
    [['--as', 'u', '--http', '--port', '70000'], '--port must be a number'],
    [['--as', 'u', '--http', '--port', 'x'], '--port must be a number'],
    [['--as', 'u', 'more'], "Unexpected argument 'more'"],
  ])('are rejected with the usage if they are %j', (args, message) => {
    expect(() => readMcpOptions(args)).toThrow(message);
    expect(() => readMcpOptions(args)).toThrow('Usage: npm run --silent mcp');
  });
});
