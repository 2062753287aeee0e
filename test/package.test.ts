import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { discoverTools } from '../lib/deploy/discover-tools.ts';
import { EmfDocument } from './support/emf-document.ts';
import { httpEvent, readHttpAnswer } from './support/http-event.ts';
import { startTestBed, type TestBed } from './support/test-bed.ts';

const PROJECT = join(import.meta.dirname, '..');
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
let resources: z.output<typeof Template>['Resources'];
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'scalekit-lambda-tools-'));
  folder = join(temporary, 'package');
  bed = await startTestBed();
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
}, 120_000);
afterAll(async () => {
  await Promise.all([bed.close(), rm(temporary, { recursive: true })]);
});

const ofType = (type: string) =>
  Object.values(resources).flatMap(({ Type, Properties = {} }) => (Type === type ? [Properties] : []));

test('each tool has a function, and a route behind the JWT authorizer', async () => {
  const names = (await discoverTools(PROJECT)).map(({ tool }) => tool.name);

  expect(ofType('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey)).toEqual(
    names.map((name) => `POST /tools/${name}`),
  );
  for (const route of ofType('AWS::ApiGatewayV2::Route')) {
    expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: { Ref: 'HttpApiAuthorizerJwt' } });
  }
  expect(ofType('AWS::ApiGatewayV2::Authorizer')).toEqual([
    expect.objectContaining({ AuthorizerType: 'JWT' }),
  ]);
  expect(ofType('AWS::Lambda::Function')).toHaveLength(names.length);
  for (const lambda of ofType('AWS::Lambda::Function')) {
    expect(lambda).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Timeout: 29 });
  }
  expect(ofType('AWS::Lambda::Version')).toEqual([]);
});

test('no function has the client secret in its environment', () => {
  for (const lambda of ofType('AWS::Lambda::Function')) {
    expect(JSON.stringify(lambda.Environment)).not.toContain('"SCALEKIT_CLIENT_SECRET"');
  }
});

test('each zip holds one bundle, which runs alone as a fresh Lambda environment', async () => {
  const zips = (await readdir(folder)).filter((name) => name.endsWith('.zip'));
  const names = (await discoverTools(PROJECT)).map(({ tool }) => tool.name);
  expect(zips.map((zip) => basename(zip, '.zip')).sort()).toEqual(names);
  bed.provider.script = () => ({ body: { messages: [{ id: 'm1', threadId: 't1' }] } });

  const files = unzipSync(await readFile(join(folder, 'gmail_list_unread.zip')));
  expect(Object.keys(files)).toEqual(['functions/gmail/list-unread.mjs']);
  const bundle = join(folder, 'index.mjs');
  await writeFile(bundle, Object.values(files)[0] ?? '');
  const script = `
    const { handler } = await import(${JSON.stringify(bundle)});
    const answer = await handler(${JSON.stringify(httpEvent())}, { awsRequestId: 'r1', getRemainingTimeInMillis: () => 10000 });
    console.log('ANSWER' + JSON.stringify(answer));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    env: {
      AWS_LAMBDA_FUNCTION_NAME: 'gmail_list_unread',
      SCALEKIT_ENV_URL: bed.scalekit.url,
      SCALEKIT_CLIENT_ID: bed.scalekit.clientId,
      SCALEKIT_CLIENT_SECRET: bed.scalekit.clientSecret,
      USER_VERIFY_URL: 'none',
    },
  });

  const [written = '', answered = ''] = stdout.split('ANSWER');
  const answer = readHttpAnswer(JSON.parse(answered));
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
