import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { CallRequest } from '../../../../local/console/console-api.ts';
import { callSnippets } from '../../../../local/console/server/call-snippets.ts';
import { wrappedBody } from '../../../../local/invoke/surface-events.ts';
import { invokeOverApi } from '../../../../local/lambda/invoke-over-api.ts';
import { copyProject } from '../../../support/copy-project.ts';
import { hasTools } from '../../../support/project-tools.ts';
import { startStackForTest } from '../../../support/start-stack-for-test.ts';

const FILE = 'functions/gmail/list-unread.ts';
const CALL: CallRequest = {
  tool: 'gmail_list_unread',
  surface: 'http',
  identifier: 'user_ada',
  input: { max_results: 2 },
};
const TITLES = [
  'curl',
  'AWS SDK',
  'MCP SDK',
  'In Node.js',
  'Bedrock: function details',
  'Bedrock: OpenAPI',
  'AgentCore: event',
  'AgentCore: client context',
  'Direct event',
  'HTTP API event',
  'MCP message',
];
const McpAnswer = z.object({ result: z.object({ structuredContent: z.unknown() }) });

let stack: Awaited<ReturnType<typeof startStackForTest>>;
let project: Awaited<ReturnType<typeof copyProject>>;
let expected: unknown;
beforeAll(async () => {
  [stack, project] = await Promise.all([startStackForTest(), copyProject()]);
  expected = (await stack.call('user_ada', CALL.tool, CALL.input)).json;
}, 60_000);
afterAll(() => Promise.all([stack.close(), project.remove()]));

async function snippet(title: string, changes: Partial<CallRequest> = {}) {
  const found = (await callSnippets({ ...CALL, ...changes }, FILE, stack)).find((one) => one.title === title);
  if (!found) throw new Error(`There is no snippet ${title}.`);
  return found;
}

const shell = async (script: string) => (await promisify(execFile)('bash', ['-euc', script])).stdout;

/** Runs a program in this project, and returns the value that it prints. */
async function program(text: string): Promise<unknown> {
  // console.log does not print objects as JSON, so the test adds JSON.stringify.
  const printing = text.replace(/console\.log\((.*)\);/, 'console.log(JSON.stringify($1));');
  await writeFile(join(project.copy, 'snippet.ts'), printing);
  const settings = Object.fromEntries(
    Object.entries(stack.variables).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const { code, output } = await project.runWith(
    { ...settings, POWERTOOLS_LOG_LEVEL: 'SILENT' },
    join(project.copy, 'node_modules/.bin/node'),
    'snippet.ts',
  );
  expect(code, output).toBe(0);
  return JSON.parse(output);
}

async function invoked(event: string, clientContext?: string): Promise<unknown> {
  const context: unknown = clientContext && JSON.parse(clientContext);
  return (await invokeOverApi(stack.lambda, CALL.tool, JSON.parse(event), context)).answer;
}

describe.skipIf(!hasTools(CALL.tool))('the snippets for a call', () => {
  test('include every way to call a tool, and the next tests run each of these ways', async () => {
    expect((await callSnippets(CALL, FILE, stack)).map(({ title }) => title)).toEqual(TITLES);
  });

  test('include a curl command that makes the call', async () => {
    expect(JSON.parse(await shell((await snippet('curl')).text))).toEqual(expected);
  });

  test.each(['AWS SDK', 'MCP SDK', 'In Node.js'])(
    'include a program that makes the same call: %s',
    async (title) => {
      expect(await program((await snippet(title)).text)).toEqual(expected);
    },
  );

  test.each(['Bedrock: function details', 'Bedrock: OpenAPI', 'HTTP API event'])(
    'include an event that makes the same call: %s',
    async (title) => {
      const answer = await invoked((await snippet(title)).text);

      expect(JSON.parse(wrappedBody(answer) ?? '')).toEqual(expected);
    },
  );

  test('include the event of a direct invocation', async () => {
    expect(await invoked((await snippet('Direct event')).text)).toEqual(expected);
  });

  test('include the event of AgentCore, with its client context', async () => {
    const event = (await snippet('AgentCore: event')).text;

    expect(await invoked(event, (await snippet('AgentCore: client context')).text)).toEqual(expected);
  });

  test('include the message of MCP', async () => {
    const response = await fetch(`${stack.gateway.url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await stack.issuer.sign({ sub: 'user_ada' })}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: (await snippet('MCP message')).text,
    });

    expect(McpAnswer.parse(await response.json()).result.structuredContent).toEqual(expected);
  });

  test('pass quotes, line breaks and shell syntax on unchanged', async () => {
    const nasty = `it's "$(touch never)" \`id\` \\ \n \${x} ünïcode`;
    const { text } = await snippet('curl', { input: { max_results: nasty }, identifier: "user_'ada" });
    // The changed script prints its requests and does not send them.
    const script = text
      .replaceAll('curl -s ', 'printf "%s\\n" ')
      .replace(/TOKEN=\$\((.*)\)/, 'TOKEN=none\n$1');
    const lines = await shell(script);

    expect(lines).toContain(JSON.stringify({ max_results: nasty }));
    expect(lines).toContain(`sub=user_%27ada`);
    expect(await program((await snippet('AWS SDK', { input: { max_results: nasty } })).text)).toMatchObject({
      error: { code: 'invalid_input' },
    });
  });

  test('report claims that the local issuer does not support, and send a given idempotency key', async () => {
    const claims = { org_id: 'org_1', role: 'admin' };
    const { text, note } = await snippet('curl', { claims, idempotencyKey: 'key-1' });

    expect(text).toContain('org_id=org_1');
    expect(text).toContain("-H 'idempotency-key: key-1'");
    expect(note).toContain('role is left out');
    for (const title of ['AWS SDK', 'MCP SDK', 'In Node.js', 'Direct event', 'MCP message'])
      expect((await snippet(title, { idempotencyKey: 'key-1' })).text).toContain('key-1');
  });
});
