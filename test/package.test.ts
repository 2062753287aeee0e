import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { Tool } from '../lib/contract/define-tool.ts';
import { discoverTools } from '../lib/deploy/discover-tools.ts';
import { toolDefinitions } from '../lib/schemas/tool-definitions.ts';
import { startInvokeApi } from '../local/lambda/start-invoke-api.ts';
import { EmfDocument } from './support/emf-document.ts';
import { httpEvent, readHttpAnswer } from './support/http-event.ts';
import { anyList, hasTools } from './support/project-tools.ts';
import { startTestBed, type TestBed } from './support/test-bed.ts';

const PROJECT = join(import.meta.dirname, '..');
const PREFIX = 'scalekit-lambda-tools-dev-';
const run = promisify(execFile);

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});

let temporary: string;
let folder: string;
let bed: TestBed;
let tools: Tool[];
let names: string[];
let resources: z.output<typeof Template>['Resources'];
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'scalekit-lambda-tools-'));
  folder = join(temporary, 'package');
  bed = await startTestBed();
  tools = (await discoverTools(PROJECT)).map(({ tool }) => tool);
  names = tools.map(({ name }) => name);
  // As a person without an account runs it: no settings, no credentials.
  const env = { PATH: process.env.PATH, HOME: temporary };
  // In a copy, since packaging empties .serverless.
  const project = join(temporary, 'project');
  for (const part of ['functions', 'lib', 'package.json', 'tsconfig.json', 'serverless.yml']) {
    await cp(join(PROJECT, part), join(project, part), { recursive: true });
  }
  await symlink(join(PROJECT, 'node_modules'), join(project, 'node_modules'), 'dir');
  await run(join(project, 'node_modules/.bin/serverless'), ['package', '--package', folder], {
    cwd: project,
    env,
  });
  const template = await readFile(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
  resources = Template.parse(JSON.parse(template)).Resources;
}, 240_000);
afterAll(async () => {
  await Promise.all([bed.close(), rm(temporary, { recursive: true })]);
});

const ofType = (type: string) =>
  Object.values(resources).flatMap(({ Type, Properties = {} }) => (Type === type ? [Properties] : []));

test('each tool has a function, and each function its routes behind the JWT authorizer', async () => {
  expect(ofType('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey)).toEqual([
    ...names.map((name) => `POST /tools/${name}`),
    'GET /tools',
    'GET /openapi.json',
    'ANY /mcp',
  ]);
  for (const route of ofType('AWS::ApiGatewayV2::Route')) {
    expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: { Ref: 'HttpApiAuthorizerJwt' } });
  }
  expect(ofType('AWS::ApiGatewayV2::Authorizer')).toEqual([
    expect.objectContaining({ AuthorizerType: 'JWT' }),
  ]);
  expect(ofType('AWS::Lambda::Function')).toHaveLength(names.length + 2);
  for (const lambda of ofType('AWS::Lambda::Function')) {
    expect(lambda).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Timeout: 29 });
  }
  expect(ofType('AWS::Lambda::Version')).toEqual([]);
});

test('the MCP function alone may invoke functions, and only those of the tools, by their names', () => {
  const functions = ofType('AWS::Lambda::Function');
  const mcp = functions.find(({ FunctionName }) => FunctionName === `${PREFIX}mcp`);
  const toolNames = functions.map(({ FunctionName }) => FunctionName).slice(0, names.length);

  expect(mcp).toMatchObject({
    Role: { 'Fn::GetAtt': ['McpRole', 'Arn'] },
    Environment: {
      Variables: {
        FUNCTION_NAME_PREFIX: PREFIX,
        [tools[0]?.connector.identityTemplateSetting ?? 'none']: '',
      },
    },
  });
  expect(functions.filter(({ Role }) => JSON.stringify(Role).includes('McpRole'))).toEqual([mcp]);
  expect(toolNames).toEqual(names.map((name) => PREFIX + name));
  const invoking = ofType('AWS::IAM::Role').filter((role) => JSON.stringify(role).includes('lambda:Invoke'));
  expect(invoking).toEqual([resources.McpRole?.Properties]);
  expect(JSON.stringify(invoking).match(/:function:[^"]*/g)).toEqual(
    names.map((name) => `:function:${PREFIX}${name}`),
  );
});

test('functions that write have the table of writes, and no other has it or the client of DynamoDB', async () => {
  expect(ofType('AWS::DynamoDB::Table')).toEqual([
    expect.objectContaining({
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
    }),
  ]);
  for (const { FunctionName, Environment } of ofType('AWS::Lambda::Function')) {
    const name = String(FunctionName).slice(PREFIX.length);
    const writes = tools.some((tool) => tool.name === name && tool.effect !== 'read');
    const [bundle = new Uint8Array()] = Object.values(unzipSync(await readFile(join(folder, `${name}.zip`))));

    expect(JSON.stringify(Environment).includes('"IDEMPOTENCY_TABLE":{"Ref":"IdempotencyTable"}')).toBe(
      writes,
    );
    expect(Buffer.from(bundle).toString().includes('@aws-sdk/client-dynamodb')).toBe(writes);
  }
});

test('no function has the client secret in its environment', () => {
  for (const lambda of ofType('AWS::Lambda::Function')) {
    expect(JSON.stringify(lambda.Environment)).not.toContain('"SCALEKIT_CLIENT_SECRET"');
  }
});

/** Runs a zip's one bundle alone, as a fresh Lambda environment; gives what it wrote and what it answered. */
async function runZip(name: string, file: string, event: object, env: Record<string, string>) {
  const files = unzipSync(await readFile(join(folder, `${name}.zip`)));
  expect(Object.keys(files)).toEqual([file]);
  const place = await mkdtemp(join(temporary, 'zip-'));
  const bundle = join(place, 'index.mjs');
  await writeFile(bundle, Object.values(files)[0] ?? '');
  // Of all packages, these alone are part of Lambda's runtime.
  await mkdir(join(place, 'node_modules'));
  for (const scope of ['@aws-sdk', '@smithy', '@aws', 'tslib']) {
    await symlink(join(PROJECT, 'node_modules', scope), join(place, 'node_modules', scope), 'dir');
  }
  const script = `
    const { handler } = await import(${JSON.stringify(bundle)});
    const answer = await handler(${JSON.stringify(event)}, { awsRequestId: 'r1', getRemainingTimeInMillis: () => 10000 });
    console.log('ANSWER' + JSON.stringify(answer));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: place,
    env: { AWS_LAMBDA_FUNCTION_NAME: PREFIX + name, ...env },
  });
  const [written = '', answered = ''] = stdout.split('ANSWER');
  return {
    written,
    code: Buffer.from(Object.values(files)[0] ?? '').toString(),
    answer: readHttpAnswer(JSON.parse(answered)),
  };
}

test('each zip holds one bundle', async () => {
  const zips = (await readdir(folder)).filter((name) => name.endsWith('.zip'));
  expect(zips.map((zip) => basename(zip, '.zip')).sort()).toEqual([...names, 'discovery', 'mcp'].sort());
});

test.skipIf(!hasTools('gmail_list_unread'))('the zip of a tool runs alone', async () => {
  bed.provider.script = () => ({ body: { messages: [{ id: 'm1', threadId: 't1' }] } });

  const { written, answer } = await runZip(
    'gmail_list_unread',
    'functions/gmail/list-unread.mjs',
    httpEvent(),
    {
      SCALEKIT_ENV_URL: bed.scalekit.url,
      SCALEKIT_CLIENT_ID: bed.scalekit.clientId,
      SCALEKIT_CLIENT_SECRET: bed.scalekit.clientSecret,
      USER_VERIFY_URL: 'none',
    },
  );

  expect(answer.json).toEqual({
    messages: [{ id: 'm1', threadId: 't1' }],
    count: 1,
    next_cursor: null,
    omitted: 0,
  });
  expect(bed.calls()).toEqual(['token', 'GetConnectedAccountDetails', 'proxy']);
  const lines = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const [metrics, ...others] = lines.filter((line) => '_aws' in line).map((line) => EmfDocument.parse(line));
  expect(metrics?.members).toMatchObject({ tool: 'gmail_list_unread', Calls: 1, Errors: 0 });
  expect(others).toEqual([]);
  expect(lines.filter((line) => !('_aws' in line))).toEqual([
    expect.objectContaining({ level: 'INFO', message: 'call succeeded', request_id: 'r1' }),
  ]);
});

test('the zip of discovery tells all tools, without their code', async () => {
  const event = { ...httpEvent(), routeKey: 'GET /tools' };

  const { answer, code } = await runZip('discovery', '.generated/discovery.mjs', event, {});

  expect(answer.json).toEqual(JSON.parse(JSON.stringify(toolDefinitions(tools, 'mcp'))));
  expect(code).not.toContain('/gmail/v1/');
});

test('the zip of the MCP function lists the tools, and invokes their functions over the Lambda API', async () => {
  const events: unknown[] = [];
  const list = anyList();
  const api = await startInvokeApi({
    functions: names.map((name) => ({
      functionName: PREFIX + name,
      handler: async (event) => {
        events.push(event);
        return { [list.key]: [], count: 0, next_cursor: null, omitted: 0 };
      },
    })),
  });
  const params = { name: list.name, arguments: { max_results: 5 } };
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params };
  const event = httpEvent({ headers: { accept: 'application/json, text/event-stream' }, body });

  const { answer, code } = await runZip('mcp', '.generated/mcp.mjs', event, {
    FUNCTION_NAME_PREFIX: PREFIX,
    AWS_ENDPOINT_URL_LAMBDA: api.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  }).finally(() => api.close());

  expect(answer.json).toMatchObject({ id: 1, result: { structuredContent: { [list.key]: [], count: 0 } } });
  expect(events).toEqual([{ tool: list.name, identifier: 'user_ada', input: { max_results: 5 } }]);
  expect(code).not.toContain('/gmail/v1/');
});
