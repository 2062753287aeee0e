import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mcpTool } from '../../../lib/schemas/mcp.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { ErrorAnswer } from '../../support/http-event.ts';
import { mcpBody } from '../../support/mcp-call.ts';
import { anyList, hasTools } from '../../support/project-tools.ts';
import { startStackForTest } from '../../support/start-stack-for-test.ts';

let stack: Awaited<ReturnType<typeof startStackForTest>>;
beforeAll(async () => {
  stack = await startStackForTest();
});
afterAll(() => stack.close());

const clients: Client[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

const list = anyList();

type Mode = 'legacy' | { pin: '2026-07-28' };

async function connect(user: string, mode: Mode = 'legacy') {
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
  const failures: Error[] = [];
  client.onerror = (error) => failures.push(error);
  const headers = { authorization: `Bearer ${await stack.issuer.sign({ sub: user })}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${stack.gateway.url}/mcp`), { requestInit: { headers } }),
  );
  clients.push(client);
  return { client, failures };
}

/** Inputs that work with the local stack, for the tools whose contract examples do not. */
const INPUTS: Readonly<Record<string, Record<string, unknown>>> = {
  gmail_list_filters: {},
  gmail_list_unread: { max_results: 2 },
  slack_send_message: { channel: 'sales', text: 'The offer is out.' },
};

/** Removes the values that differ between two calls. */
function likeAnotherCall(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  if (Array.isArray(answer)) return answer.map(likeAnotherCall);
  const own = {
    request_id: expect.any(String),
    ts: expect.any(String),
    authorization_url: expect.anything(),
  };
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [
      key,
      value !== null && key in own ? Reflect.get(own, key) : likeAnotherCall(value),
    ]),
  );
}

test('the inputs that replace examples work with the local stack', async () => {
  const answers = Object.keys(INPUTS)
    .filter((name) => hasTools(name))
    .map((name) => stack.call('user_ada', name, INPUTS[name]));

  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 200));
});

describe.each([
  ['2025-11-25', 'legacy'],
  ['2026-07-28', { pin: '2026-07-28' }],
] as const)('the official MCP client, revision %s of the protocol', (_, mode) => {
  test('lists every tool as its contract defines it', async () => {
    const { client, failures } = await connect('user_ada', mode);

    const { tools } = await client.listTools();

    expect(tools).toEqual(JSON.parse(JSON.stringify(stack.functions.map(({ tool }) => mcpTool(tool)))));
    expect(client.getServerVersion()).toMatchObject({ name: packageJson.name, version: packageJson.version });
    expect(failures).toEqual([]);
  });

  test('calls every tool and gets the same valid output as over HTTP', async () => {
    const { client, failures } = await connect('user_ada', mode);
    const { tools } = await client.listTools();

    expect(tools.length).toBeGreaterThan(0);
    for (const { name, annotations } of tools) {
      const example = stack.functions.find(({ functionName }) => functionName === name)?.tool.examples[0];
      const input = INPUTS[name] ?? example?.input ?? {};
      const result = await client.callTool({ name, arguments: input });
      const { json } = await stack.call('user_ada', name, input);
      expect(result.isError ?? false).toBe('error' in Object(json));
      const body = mcpBody(result);
      // The two calls create two objects with different IDs, so only the keys are compared.
      if (annotations?.readOnlyHint || result.isError) expect(body).toEqual(likeAnotherCall(json));
      else expect(Object.keys(Object(body))).toEqual(Object.keys(Object(json)));
    }
    expect(failures).toEqual([]);
  });

  test('gets errors as results that contain the link for the user', async () => {
    stack.scalekit.setAccount(list.connector, 'user_grace', { status: 'PENDING_AUTH' });
    const { client } = await connect('user_grace', mode);

    const missing = await client.callTool({ name: list.name, arguments: {} });
    const wrong = await client.callTool({ name: list.name, arguments: { max_results: 'many' } });

    expect([missing.isError, wrong.isError]).toEqual([true, true]);
    expect(ErrorAnswer.parse(mcpBody(missing)).error).toMatchObject({
      code: 'authorization_required',
      authorization_url: expect.stringMatching(/^http/),
    });
    expect(ErrorAnswer.parse(mcpBody(wrong)).error).toMatchObject({
      code: 'invalid_input',
      details: [{ path: 'max_results' }],
    });
  });
});

test('two users who call at the same time each get only their own data', async () => {
  const [ada, stranger] = await Promise.all([connect('user_ada'), connect('user_expired')]);

  const results = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? ada : stranger).client.callTool({ name: list.name, arguments: {} }),
    ),
  );

  expect(results.map(({ isError = false }) => isError)).toEqual(results.map((_, index) => index % 2 === 0));
});

test('API Gateway rejects a client without a token', async () => {
  const client = new Client({ name: 'test', version: '1.0.0' });

  const connecting = client.connect(new StreamableHTTPClientTransport(new URL(`${stack.gateway.url}/mcp`)));

  await expect(connecting).rejects.toThrow();
});

test('the gateway serves the list of tools and the OpenAPI document', async () => {
  const headers = { authorization: `Bearer ${await stack.issuer.sign({ sub: 'user_ada' })}` };
  const [tools, openApi] = await Promise.all(
    ['/tools?format=openai', '/openapi.json'].map(async (path) => {
      const response = await fetch(stack.gateway.url + path, { headers });
      return response.json();
    }),
  );

  expect(tools).toMatchObject({
    tools: stack.functions.map(({ functionName }) => ({ function: { name: functionName } })),
  });
  expect(openApi).toMatchObject({ servers: [{ url: stack.gateway.url }], paths: { '/tools': {} } });
});

test('clients may cache the list of tools for five minutes, separately for each user', async () => {
  const { client } = await connect('user_ada', { pin: '2026-07-28' });

  expect(await client.listTools()).toMatchObject({ ttlMs: 300_000, cacheScope: 'private' });
});
