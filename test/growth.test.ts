import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitFaults } from './support/template/limit-faults.ts';
import { type Packaged, packageableCopy } from './support/template/package-service.ts';
import { policyFaults } from './support/template/policy-faults.ts';
import { specificationFaults } from './support/template/specification-faults.ts';
import { ofType } from './support/template/template.ts';
import { toolSource } from './support/tool-source.ts';

const PROJECT = join(import.meta.dirname, '..');
const COMMAND = /^npx serverless deploy --stage prod (.*(?:part|catalogue)=.*)$/gm;
// The commands of docs/runbook.md, for more tools than one stack, and more than one gateway, can hold.
const TIMEOUT_MS = 300_000;
const COUNTS = { gmail: 50, salesforce: 50, hubspot: 5 };
const NAMES = Object.entries(COUNTS).flatMap(([connector, count]) =>
  Array.from({ length: count }, (_, index) => `${connector}_get_thing${String(index).padStart(3, '0')}`),
);
const PARTS = [...(await readFile(join(PROJECT, 'docs/runbook.md'), 'utf8')).matchAll(COMMAND)].map(
  ([, parameters = '']) =>
    Object.fromEntries(
      [...parameters.matchAll(/--param "?(\w+)=([^"\s]+)/g)].map(([, name = '', value = '']) => [
        name,
        // Here, these connectors alone have tools.
        name === 'tools' ? value.replace(/,(slack)_\*|(github)_\*,/, '') : value,
      ]),
    ),
);

let project: Awaited<ReturnType<typeof packageableCopy>>;
let parts: Packaged[];
beforeAll(async () => {
  project = await packageableCopy();
  const folder = join(project.copy, 'functions');
  await rm(folder, { recursive: true });
  for (const connector of Object.keys(COUNTS)) await mkdir(join(folder, connector), { recursive: true });
  for (const name of NAMES)
    await writeFile(join(folder, name.replace('_', '/').concat('.ts')), toolSource(name));
  parts = [];
  for (const parameters of PARTS) parts.push(await project.package({ stage: 'prod', parameters }));
}, TIMEOUT_MS);
afterAll(() => project.remove());

const all = (type: string) => parts.flatMap(({ template }) => [...ofType(template, type).values()]);

test('there are three parts', () => {
  expect(PARTS.map(({ part = '1' }) => part)).toEqual(['1', '2', '3']);
});

test('each part keeps to what every template keeps to', () => {
  for (const { template, json } of parts) {
    expect(specificationFaults(template)).toEqual([]);
    expect(limitFaults(template, json)).toEqual([]);
    expect(policyFaults(template)).toEqual([]);
  }
});

test('together they have each tool once, behind one API', () => {
  const routes = all('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);

  expect(routes.filter((route) => String(route).startsWith('POST /tools/'))).toEqual(
    NAMES.map((name) => `POST /tools/${name}`),
  );
  expect(new Set(routes).size).toBe(routes.length);
  expect(all('AWS::ApiGatewayV2::Api')).toHaveLength(1);
});

test('no two functions, groups, dashboards or gateways have the same name', () => {
  for (const [type, property] of [
    ['AWS::Lambda::Function', 'FunctionName'],
    ['AWS::Logs::LogGroup', 'LogGroupName'],
    ['AWS::CloudWatch::Dashboard', 'DashboardName'],
    ['AWS::BedrockAgentCore::Gateway', 'Name'],
  ] as const) {
    const names = all(type).map(({ [property]: name }) => name);
    expect(new Set(names).size, type).toBe(names.length);
  }
});

test('the second adds its targets to the gateway of the first, up to 100, and the third has one of its own', () => {
  const gateways = parts.map(({ template }) => [
    ofType(template, 'AWS::BedrockAgentCore::Gateway').size,
    ofType(template, 'AWS::BedrockAgentCore::GatewayTarget').size,
  ]);

  expect(gateways).toEqual([
    [1, 50],
    [0, 50],
    [1, 5],
  ]);
  for (const target of ofType(parts[1]?.template ?? never(), 'AWS::BedrockAgentCore::GatewayTarget').values())
    expect(target.GatewayIdentifier).toBe('tools-x1y2z3');
  const policies = [...ofType(parts[1]?.template ?? never(), 'AWS::IAM::ManagedPolicy').values()];
  expect(policies.map(({ Roles }) => Roles)).toEqual([['tools-GatewayRole-ABC'], ['tools-GatewayRole-ABC']]);
});

test('MCP, in the first, may invoke the functions of all, by the names that these have', () => {
  const policies = Object.entries(parts[0]?.template.Resources ?? {}).filter(([id]) =>
    /^McpInvokePolicy/.test(id),
  );
  const names = all('AWS::Lambda::Function').map(({ FunctionName }) => `:function:${FunctionName}`);
  const invoked = JSON.stringify(policies).match(/:function:[\w-]+/g);

  expect(invoked).toEqual(NAMES.map((name) => `:function:scalekit-lambda-tools-prod-${name}`).sort());
  expect(names).toEqual(expect.arrayContaining(invoked ?? []));
});

function never(): never {
  throw new Error('There are three parts.');
}
