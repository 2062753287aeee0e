import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Stack } from '../../local/stack.ts';
import { startStack } from '../../local/start-stack.ts';
import { listeningPorts } from '../support/listening-ports.ts';
import { mcpBody } from '../support/mcp-call.ts';
import { anyList } from '../support/project-tools.ts';
import { sendRequest } from './gateway/send-request.ts';

const PROJECT = join(import.meta.dirname, '../..');
const SCRIPT = join(PROJECT, 'local/mcp.ts');
const list = anyList();

let environment: Stack;
beforeAll(async () => {
  environment = await startStack({ log: () => {} });
  return () => environment.close();
});
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Returns the settings of a real Scalekit environment. Here they contain the URL of an emulator. */
function liveVariables(): Record<string, string> {
  const {
    SCALEKIT_ENV_URL = '',
    SCALEKIT_CLIENT_ID = '',
    SCALEKIT_CLIENT_SECRET = '',
  } = environment.variables;
  return { PATH: process.env.PATH ?? '', SCALEKIT_ENV_URL, SCALEKIT_CLIENT_ID, SCALEKIT_CLIENT_SECRET };
}

async function portsOverStdio(...args: string[]) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [SCRIPT, '--as', 'user_ada', ...args],
    cwd: PROJECT,
    env: liveVariables(),
    stderr: 'pipe',
  });
  let printed = '';
  transport.stderr?.on('data', (chunk) => {
    printed += chunk;
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
  closers.push(() => client.close());
  const answer = mcpBody(await client.callTool({ name: list.name, arguments: { max_results: 2 } }));
  return { answer, ports: await listeningPorts(transport.pid ?? 0), printed: () => printed };
}

async function portsOverHttp(...args: string[]) {
  const child = spawn(process.execPath, [SCRIPT, '--as', 'user_ada', '--http', '--port', '0', ...args], {
    cwd: PROJECT,
    env: liveVariables(),
  });
  closers.push(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  for await (const line of createInterface(child.stderr)) {
    const [, port] = /over MCP at http:\/\/127\.0\.0\.1:(\d+)\/mcp/.exec(line) ?? [];
    if (port) return { port: Number(port), ports: await listeningPorts(child.pid ?? 0) };
  }
  throw new Error('The command ended.');
}

/**
 * Checks that an emulator listens on the port, and not the gateway, the Lambda API or the console. An emulator
 * rejects requests for other host names.
 */
async function expectEmulator(port: number) {
  const url = `http://127.0.0.1:${port}`;
  const [tools, invocation, console, rebound] = await Promise.all([
    sendRequest(`${url}/tools`, { method: 'GET' }),
    sendRequest(`${url}/2015-03-31/functions/${list.name}/invocations`, { body: '{}' }),
    sendRequest(`${url}/api/catalogue`, { method: 'GET' }),
    sendRequest(url, { method: 'GET', headers: { host: `evil.example:${port}` } }),
  ]);
  expect(tools.headers).not.toHaveProperty('apigw-requestid');
  expect(invocation.headers).not.toHaveProperty('x-amzn-errortype');
  expect(console.text).not.toContain(list.name);
  expect(rebound.status).toBe(403);
}

test('over standard input and output with --live, no port is opened', async () => {
  const { answer, ports, printed } = await portsOverStdio('--live');

  expect(answer).toMatchObject({ count: expect.any(Number) });
  expect(ports).toEqual([]);
  expect(printed()).toContain(`LIVE: calls go to ${environment.variables.SCALEKIT_ENV_URL} and`);
});

test('over standard input and output, only ports of emulators are opened', async () => {
  const asked = environment.scalekit?.requests.length;

  const { answer, ports, printed } = await portsOverStdio();

  expect(answer).toMatchObject({ count: expect.any(Number) });
  expect(ports.length).toBeGreaterThan(2);
  await Promise.all(ports.map(expectEmulator));
  expect(printed()).toContain('are not used without --live.');
  expect(environment.scalekit?.requests.length).toBe(asked);
});

test('over HTTP with --live, only the port of the server is opened', async () => {
  const { port, ports } = await portsOverHttp('--live');

  expect(ports).toEqual([port]);
});

test('over HTTP, the port of the server and ports of emulators are opened', async () => {
  const { port, ports } = await portsOverHttp();

  expect(ports).toContain(port);
  await Promise.all(ports.filter((other) => other !== port).map(expectEmulator));
});
