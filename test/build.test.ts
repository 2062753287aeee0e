import { appendFile, readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FunctionKind } from '../lib/deploy/function-kinds.ts';
import type { Manifest } from '../lib/deploy/manifest.ts';
import { toolDefinitions } from '../lib/schemas/tool-definitions.ts';
import { type LocalDynamoDb, startDynamoDb } from '../local/dynamodb/start-dynamodb.ts';
import { startInvokeApi } from '../local/lambda/start-invoke-api.ts';
import { listenOnLoopback } from '../local/listen-on-loopback.ts';
import { SECRET_ARN, startSecretsManager } from '../local/secrets-manager/start-secrets-manager.ts';
import type { Script } from '../local/testing/scripted-provider.ts';
import { copyProject } from './support/copy-project.ts';
import { EmfDocument } from './support/emf-document.ts';
import { httpEvent, readHttpAnswer } from './support/http-event.ts';
import { anyList, projectTools } from './support/project-tools.ts';
import { filesOfZip, loadZip, runZips } from './support/run-zip.ts';
import { sourcesOf } from './support/sources-of.ts';
import { limitFaults } from './support/template/limit-faults.ts';
import { policyFaults } from './support/template/policy-faults.ts';
import { specificationFaults } from './support/template/specification-faults.ts';
import { templateOfManifest } from './support/template/template-of-manifest.ts';
import { startTestBed, type TestBed } from './support/test-bed.ts';

const TIMEOUT_MS = 240_000;
const OTHERS = ['discovery', 'mcp', 'accounts', 'interceptor'];
const names = projectTools.map(({ name }) => name);

let project: Awaited<ReturnType<typeof copyProject>>;
let dist: string;
let manifest: Manifest;
let bed: TestBed;
let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  project = await copyProject();
  dist = join(project.copy, 'dist');
  const { code, output } = await project.run(process.execPath, 'scripts/build.ts');
  expect(code, output).toBe(0);
  manifest = JSON.parse(await readFile(join(dist, 'manifest.json'), 'utf8'));
  [bed, dynamoDb] = await Promise.all([startTestBed(), startDynamoDb()]);
}, TIMEOUT_MS);
afterAll(() => Promise.all([bed.close(), dynamoDb.close(), project.remove()]));

function entry(name: string) {
  const found = manifest.functions.find((one) => one.name === name);
  if (!found) throw new Error(`The manifest has no ${name}.`);
  return found;
}

const packed = (name: string) => ({ zip: join(dist, entry(name).zip), handler: entry(name).handler });

async function run(name: string, event: unknown, variables: Readonly<Record<string, string>>) {
  const given = { ...scalekit(), ...variables };
  const { answers, written } = await runZips(project.folder, [packed(name)], event, given);
  return { answer: answers[0], written };
}

const scalekit = () => ({
  SCALEKIT_ENV_URL: bed.scalekit.url,
  SCALEKIT_CLIENT_ID: bed.scalekit.clientId,
  SCALEKIT_CLIENT_SECRET: bed.scalekit.clientSecret,
  USER_VERIFY_URL: 'none',
  ...dynamoDb.variables,
});

test('the build writes a zip for each function, the source maps and the manifest, and no other files', async () => {
  expect((await readdir(dist)).sort()).toEqual(
    ['manifest.json', 'maps', ...[...names, ...OTHERS].map((name) => `${name}.zip`)].sort(),
  );
  expect(manifest.functions.map(({ name }) => name)).toEqual([...names, ...OTHERS]);
});

test('each zip contains only its bundle, and only functions that use the table contain the DynamoDB client', async () => {
  for (const { name, zip, handler, iam } of manifest.functions) {
    const files = await filesOfZip(join(dist, zip));
    const [[, content] = []] = files;

    expect(files.map(([path]) => path)).toEqual([handler.replace(/\.handler$/, '.mjs')]);
    const code = Buffer.from(content ?? []).toString();
    const usesTable = iam.some(({ resource }) => resource === 'table');
    expect(code.includes('DynamoDB_20120810'), name).toBe(usesTable);
    expect(code).not.toContain('sourceMappingURL');
  }
});

// The size limits of each kind of function. Discuss a new dependency or a higher limit first.
const BUDGETS: Readonly<Record<FunctionKind, { bytes: number; modules: number }>> = {
  // Some tools of Gmail and HubSpot contain a parser for HTML. Some of them also contain a parser for invitations or
  // a list of public suffixes.
  read: { bytes: 500_000, modules: 290 },
  // One tool of Gmail contains a library that writes mails.
  write: { bytes: 470_000, modules: 305 },
  accounts: { bytes: 260_000, modules: 195 },
  interceptor: { bytes: 105_000, modules: 40 },
  // The functions `discovery` and `mcp` contain the contracts of all 45 tools.
  discovery: { bytes: 540_000, modules: 85 },
  mcp: { bytes: 660_000, modules: 300 },
};
const READ_ZIP_BYTES_MAX = 330_000;
// No call needs these modules, and they take longer to load than all other modules together.
const TOO_HEAVY =
  /\/(?:@scalekit-sdk\/node\/lib\/(?:pkg|scalekit\.)|@bufbuild|@connectrpc\/connect-node|qs|form-data|axios\/(?:dist|lib\/adapters\/(?:http|fetch))|@aws-sdk|@smithy)\//;

const WHERE_TO_LOOK =
  'If this came with an update of @scalekit-sdk/node or axios, their files have moved: adapt leaveOutRpcs and leaveOutAdapters in lib/esbuild-plugin.ts.';

test('each function is within the size limits of its kind, and loads no module that is slow to load', async () => {
  for (const { name, kind, zip, handler } of manifest.functions) {
    const [[, code = new Uint8Array()] = []] = await filesOfZip(join(dist, zip));
    const sources = await sourcesOf(dist, handler);
    const { bytes, modules } = BUDGETS[kind];

    expect(code.length, `${name} has too many bytes. ${WHERE_TO_LOOK}`).toBeLessThanOrEqual(bytes);
    expect(sources.length, `${name} has too many modules. ${WHERE_TO_LOOK}`).toBeLessThanOrEqual(modules);
    const { size } = await stat(join(dist, zip));
    if (kind === 'read') expect(size, `The zip of ${name} is too large.`).toBeLessThan(READ_ZIP_BYTES_MAX);
    const heavy = sources.filter((source) => TOO_HEAVY.test(source));
    expect(heavy, `${name} loads what no call needs. ${WHERE_TO_LOOK}`).toEqual([]);
  }
});

test('no function contains the local stack, its console or their packages', async () => {
  const local =
    /^(?:functions\/[^/]+\/)?(?:local|scripts|test)\/|node_modules\/(?:preact|emulate|dynalite)\//;

  for (const { name, handler } of manifest.functions) {
    const sources = await sourcesOf(dist, handler);
    expect({ name, local: sources.filter((source) => local.test(source)) }).toEqual({ name, local: [] });
  }
});

test('the bundle of a tool does not depend on the other packaged tools', async () => {
  const files = manifest.functions
    .filter(({ tool }) => tool)
    .map(({ handler }) => handler.replace(/handler$/, 'ts'));

  for (const { handler, tool } of manifest.functions.filter((one) => one.tool)) {
    const sources = await sourcesOf(dist, handler);
    const own = handler.replace(/handler$/, 'ts');
    expect(sources.filter((source) => files.includes(source))).toEqual([own]);
    expect(
      sources.filter((source) => !/^functions\//.test(source) || source.startsWith(dirname(own))),
    ).toEqual(sources);
    expect(
      sources.filter((source) => /^lib\/(?:deploy|mcp|discovery)\//.test(source)),
      tool?.connector,
    ).toEqual([]);
  }
});

test('a template from the manifest passes the same checks as the template of serverless.yml', () => {
  const template = templateOfManifest(manifest);

  expect(specificationFaults(template)).toEqual([]);
  expect(policyFaults(template)).toEqual([]);
  expect(limitFaults(template, JSON.stringify(template))).toEqual([]);
});

test('each tool has its schemas in every format', () => {
  for (const { tool, effect } of manifest.functions.slice(0, names.length)) {
    expect(tool).toMatchObject({
      input: { type: 'object' },
      output: { type: 'object' },
      agentCore: { targetName: expect.stringMatching(/^[\w-]{1,16}$/) },
      bedrock: { actionGroupName: expect.any(String), openApi: { openapi: '3.0.0' } },
    });
    expect(effect).not.toBeNull();
  }
});

describe('if the zips of the functions are unpacked into another folder', () => {
  const list = anyList();

  test('the first call of a tool sends three requests, and every later call sends one', async () => {
    bed.provider.script = () => ({ body: {} });
    bed.scalekit.reset();

    const { loaded } = await runZips(
      project.folder,
      [packed(list.name)],
      httpEvent({ tool: list.name }),
      scalekit(),
      3,
    );

    expect(bed.calls()).toEqual(['token', 'GetConnectedAccountDetails', 'proxy', 'proxy', 'proxy']);
    // These modules of Node.js load slowly, and no call needs them.
    expect(loaded.filter((name) => /undici|http2|webstreams|readline/.test(name))).toEqual([]);
  });

  test('a packaged tool sends the same requests as the unbundled SDK', async () => {
    bed.provider.script = () => ({ body: {} });
    bed.scalekit.reset();
    const tool = projectTools.find(({ name }) => name === list.name);
    if (!tool) throw new Error('The project has no list.');

    await bed.environment(tool)({ input: {} });
    const unbundled = bed.scalekit.requests.map(({ method, path, headers }) => ({ method, path, headers }));
    bed.scalekit.reset();
    await run(list.name, httpEvent({ tool: list.name }), {});
    const packaged = bed.scalekit.requests.map(({ method, path, headers }) => ({ method, path, headers }));

    expect(packaged).toEqual(unbundled);
    expect(packaged).toHaveLength(3);
    for (const { headers } of packaged)
      expect(headers).toMatchObject({
        'user-agent': expect.stringMatching(/^Scalekit-Node\/[\d.]+ Node\/v/),
        'x-sdk-version': expect.stringMatching(/^Scalekit-Node\/[\d.]+$/),
      });
  });

  test.each<[code: string, answer: ReturnType<Script>]>([
    ['not_found', { status: 404 }],
    ['rate_limited', { status: 429, headers: { 'retry-after': '60' } }],
    ['provider_unavailable', 'reset'],
    ['provider_timeout', 'hang'],
  ])(
    'a packaged tool returns the error %s, and loads neither gRPC nor a second HTTP client',
    async (code, answered) => {
      bed.provider.script = () => answered;

      const { answers, loaded } = await runZips(
        project.folder,
        [packed(list.name)],
        httpEvent({ tool: list.name }),
        scalekit(),
        1,
        3_000,
      );

      expect(readHttpAnswer(answers[0]).error?.code).toBe(code);
      expect(loaded.filter((name) => /undici|http2/.test(name))).toEqual([]);
    },
  );

  test('the token is requested before the tool has finished loading', async () => {
    const arrived: string[] = [];
    const server = createServer((request, response) => {
      arrived.push(request.url ?? '');
      response.end(JSON.stringify({ access_token: 'a-token', expires_in: 3_600 }));
    });
    const { url, close } = await listenOnLoopback(server, 0);

    await loadZip(project.folder, packed(list.name), { ...scalekit(), SCALEKIT_ENV_URL: url }, url).finally(
      close,
    );

    expect(arrived).toEqual(['/oauth/token', '/loaded']);
  });
  const event = httpEvent({ tool: list.name });

  test('a tool that reads its secret from Secrets Manager calls the provider, and writes its log and metrics', async () => {
    bed.provider.script = () => ({ body: {} });
    const secretsManager = await startSecretsManager(bed.scalekit.clientSecret);

    const { answer, written } = await run(list.name, event, {
      ...secretsManager.variables,
      SCALEKIT_CLIENT_SECRET: '',
      SCALEKIT_CLIENT_SECRET_ARN: SECRET_ARN,
    }).finally(() => secretsManager.close());

    // We check only that the call reaches the provider. We do not check the response.
    expect(bed.calls()).toEqual(expect.arrayContaining(['token', 'GetConnectedAccountDetails', 'proxy']));
    expect(readHttpAnswer(answer).headers['x-request-id']).toBe('r1');
    expect(secretsManager.requests).toHaveLength(1);
    const lines = written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [metrics] = lines.filter((line) => '_aws' in line).map((line) => EmfDocument.parse(line));
    expect(metrics?.members).toMatchObject({ tool: list.name, Calls: 1 });
    expect(lines.at(-1)).toMatchObject({ request_id: 'r1', surface: 'http' });
  });

  test.each(['read', 'write'])(
    'every %s tool starts with its required settings, and rejects a call without a user',
    async (kind) => {
      const tools = manifest.functions.filter((one) => one.kind === kind);
      const required = new Set(
        tools.flatMap(({ settings }) => settings.flatMap((one) => (one.required ? [one.name] : []))),
      );
      const given = Object.entries({ ...scalekit(), SCALEKIT_CLIENT_SECRET_ARN: SECRET_ARN });
      // Each function reads the client secret when it starts.
      const secretsManager = await startSecretsManager(bed.scalekit.clientSecret);
      const variables = Object.fromEntries(given.filter(([name]) => required.has(name)));

      const { answers } = await runZips(
        project.folder,
        tools.map(({ name }) => packed(name)),
        httpEvent({ authorizer: undefined }),
        { ...variables, ...secretsManager.variables },
      ).finally(() => secretsManager.close());

      expect(answers.map((answer) => readHttpAnswer(answer).error?.code)).toEqual(
        tools.map(() => 'unauthenticated'),
      );
    },
    TIMEOUT_MS,
  );

  test('the discovery function returns all tools, and its zip does not contain the code of the tools', async () => {
    const { answer } = await run('discovery', { ...httpEvent(), routeKey: 'GET /tools' }, {});

    expect(readHttpAnswer(answer).json).toEqual(
      JSON.parse(JSON.stringify(toolDefinitions(projectTools, 'mcp'))),
    );
    const [[, code] = []] = await filesOfZip(join(dist, 'discovery.zip'));
    expect(Buffer.from(code ?? []).toString()).not.toContain('/gmail/v1/');
  });

  test('the MCP function invokes the function of a tool over the Lambda API', async () => {
    const events: unknown[] = [];
    const api = await startInvokeApi({
      functions: names.map((name) => ({
        functionName: `tools-${name}`,
        handler: async (received) => {
          events.push(received);
          return { [list.key]: [], count: 0, next_cursor: null, omitted: 0 };
        },
      })),
    });
    const params = { name: list.name, arguments: { max_results: 5 } };
    const call = httpEvent({
      headers: { accept: 'application/json, text/event-stream' },
      body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params },
    });

    const { answer } = await run('mcp', call, {
      FUNCTION_NAME_PREFIX: 'tools-',
      AWS_ENDPOINT_URL_LAMBDA: api.url,
      AWS_ACCESS_KEY_ID: api.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: api.credentials.secretAccessKey,
    }).finally(() => api.close());

    expect(readHttpAnswer(answer).json).toMatchObject({ id: 1, result: { structuredContent: { count: 0 } } });
    expect(events).toEqual([{ tool: list.name, identifier: 'user_ada', input: { max_results: 5 } }]);
  });

  test("the accounts function returns the caller's accounts", async () => {
    const { answer } = await run('accounts', { ...httpEvent(), routeKey: 'GET /accounts' }, {});

    expect(readHttpAnswer(answer).json).toMatchObject({
      accounts: expect.arrayContaining([
        { connector: list.connector, status: expect.toBeOneOf(['ACTIVE', null]) },
      ]),
    });
  });

  test('errors of the shared functions are counted in the metrics', async () => {
    const nobody = httpEvent({ authorizer: undefined });

    for (const name of ['discovery', 'mcp', 'accounts']) {
      const { written } = await run(name, nobody, {});
      const [metrics] = written
        .split('\n')
        .filter((line) => line.includes('"_aws"'))
        .map((line) => EmfDocument.parse(JSON.parse(line)));
      expect(metrics?.members, name).toMatchObject({ code: expect.any(String), Errors: 1 });
    }
  });

  test("the interceptor forwards the caller's token", async () => {
    const gatewayRequest = { headers: { Authorization: 'Bearer a.b.c', cookie: 'x' }, body: {} };

    const { answer } = await run(
      'interceptor',
      { interceptorInputVersion: '1.0', mcp: { gatewayRequest } },
      {},
    );

    expect(answer).toEqual({
      interceptorOutputVersion: '1.0',
      mcp: { transformedGatewayRequest: { headers: { Authorization: 'Bearer a.b.c' }, body: {} } },
    });
  });
});

test('npm run frames finds the source line for a stack frame of a log line', async () => {
  const { name, connector } = anyList();
  const file = entry(name).handler.replace(/\.handler$/, '.mjs');
  const [[, content] = []] = await filesOfZip(join(dist, entry(name).zip));
  // This message is written only once in the source, in lib/runtime/chain.ts.
  const lines = Buffer.from(content ?? [])
    .toString()
    .split('\n');
  const line = lines.findIndex((one) => one.includes('The account check gave no provider client.'));
  const column = lines[line]?.indexOf('The account check gave no provider client.') ?? 0;
  const frames = (...args: string[]) => project.run(process.execPath, 'scripts/frames.ts', ...args);

  const { code, output } = await frames(`/var/task/${file}:${line + 1}:${column + 1}`);

  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(/^lib\/runtime\/chain\.ts:\d+:\d+\n$/),
  });
  expect(await frames()).toEqual({ code: 1, output: 'Usage: npm run frames -- <frame of error_frames>…\n' });
  // A line after the end of the bundle. The source map's last entry is on an earlier line.
  expect((await frames(`/var/task/${file}:100000:50`)).output).toBe(
    `/var/task/${file}:100000:50 (of no source)\n`,
  );
  expect((await frames('nonsense')).output).toMatch(/^nonsense is no frame\./);
  expect((await frames(`functions/${connector}/no.mjs:1:1`)).output).toMatch(/^There is no source map of /);
});

test('the build rejects an unknown tool with an error of one line', async () => {
  const { code, output } = await project.run(process.execPath, 'scripts/build.ts', '--tools', 'gmial_*');

  expect(code).toBe(1);
  expect(output).toBe('No tool name matches gmial_*.\n');
});

test(
  'if a tool cannot be bundled, the build prints the error once and ends',
  async () => {
    const broken = entry(names[0] ?? '').handler.replace(/\.handler$/, '.ts');
    await appendFile(join(project.copy, broken), "export { ScalekitClient } from '@scalekit-sdk/node';\n");

    const { code, output } = await project.run(process.execPath, 'scripts/build.ts');

    expect(code).toBe(1);
    expect(output.match(/✘ \[ERROR\].*/g)).toEqual([
      expect.stringContaining(`${broken} imports @scalekit-sdk/node`),
    ]);
  },
  TIMEOUT_MS,
);
