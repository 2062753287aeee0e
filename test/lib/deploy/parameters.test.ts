import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  PARAMETER_NAMES,
  ParameterError,
  parseParameters,
  unknownParameterFault,
} from '../../../lib/deploy/parameters.ts';

/** The default values from serverless.yml. */
const yaml = await readFile(join(import.meta.dirname, '../../../serverless.yml'), 'utf8');
const [, block = ''] = /^params:\n {2}default:\n((?: {4}.*\n|\n)+)/m.exec(yaml) ?? [];
const DEFAULTS = Object.fromEntries(
  [...block.matchAll(/^ {4}(\w+): '?([^'\n]*?)'?$/gm)].map(([, name = '', value = '']) => [name, value]),
);
const parse = (given: Record<string, unknown> = {}) => parseParameters({ ...DEFAULTS, ...given });

test('serverless.yml contains a default for each parameter, and no other parameters', () => {
  expect(Object.keys(DEFAULTS).sort()).toEqual([...PARAMETER_NAMES].sort());
});

test('the default values are valid', () => {
  expect(parse()).toEqual({
    tools: ['*'],
    readOnly: false,
    auth: 'jwt',
    authorizerId: undefined,
    httpApiId: undefined,
    corsOrigins: [],
    throttlingRequestsPerSecond: 100,
    throttlingBurst: 200,
    sharedFunctions: true,
    agentCore: true,
    agentCoreSearch: true,
    agentCorePolicyEngine: undefined,
    agentCorePolicyMode: 'ENFORCE',
    agentCoreRequestsPerMinute: undefined,
    agentCoreClients: [],
    bedrockInvokers: ['*'],
    bedrockAgents: false,
    bedrockModel: undefined,
    vpcSubnetIds: [],
    vpcSecurityGroupIds: [],
    permissionsBoundary: undefined,
    secretsKey: undefined,
    tableKey: undefined,
    tableRecovery: false,
    logsKey: undefined,
    blockPublicAccess: false,
    reservedConcurrency: undefined,
    alarms: true,
    alarmTopic: undefined,
    slowCallMs: 10_000,
    refusedCalls: 50,
    logRetentionDays: 30,
    tags: {},
  });
});

describe('a value from the command line or serverless.yml', () => {
  test.each([
    ['tools', 'gmail_*, slack_send_message,', ['gmail_*', 'slack_send_message']],
    ['agentCore', false, false],
    ['agentCore', 'false', false],
    ['tags', 'team=agents,cost-center=42,note=', { team: 'agents', 'cost-center': '42', note: '' }],
    [
      'corsOrigins',
      'https://a.example.com,http://localhost:3000',
      ['https://a.example.com', 'http://localhost:3000'],
    ],
    ['reservedConcurrency', '5', 5],
  ])('is read: %s, %j becomes %j', (name, written, read) => {
    expect(parse({ [name]: written })).toMatchObject({ [name]: read });
  });

  test.each([
    ['auth', 'none', 'jwt, lambda or iam'],
    ['tools', 'gmail *', 'globs of tool names'],
    ['tools', 'gmail_{list,read}_*', 'globs of tool names'],
    ['sharedFunctions', 'yes', 'true or false'],
    ['bedrockInvokers', '', '* for every agent'],
    ['bedrockInvokers', 'agent/*', '* for every agent'],
    ['corsOrigins', 'https://a.example.com/path', 'origins such as'],
    ['corsOrigins', 'app.example.com', 'origins such as'],
    ['vpcSubnetIds', 'sg-1', 'IDs of subnets'],
    ['permissionsBoundary', 'boundary', 'the ARN of a policy'],
    ['secretsKey', 'alias/secrets', 'the ARN of a KMS key'],
    ['tableKey', 'alias/table', 'the ARN of a KMS key'],
    ['logsKey', 'alias/logs', 'the ARN of a KMS key'],
    ['tableRecovery', 'yes', 'true or false'],
    ['blockPublicAccess', 'on', 'true or false'],
    ['refusedCalls', '0', 'because of their caller'],
    ['alarmTopic', 'alarms', 'the ARN of an SNS topic'],
    ['logRetentionDays', '31', 'one of 1, 3, 5'],
    ['slowCallMs', '30000', 'milliseconds'],
    ['tags', 'team', 'tags such as'],
    ['httpApiId', 'https://x', 'the ID of an HTTP API'],
    ['throttlingBurst', '-1', 'how many requests'],
  ])('is rejected, and the error states the expected value: %s, %j', (name, written, holds) => {
    const parsed = () => parse({ [name]: written });

    expect(parsed).toThrow(ParameterError);
    expect(parsed).toThrow(`The parameter ${name} is malformed; it should hold `);
    expect(parsed).toThrow(holds);
  });
});

test.each([
  [{ authorizerId: 'a1' }, 'authorizerId needs httpApiId'],
  [{ auth: 'lambda', httpApiId: 'a1' }, 'auth lambda needs authorizerId'],
  [{ auth: 'iam', httpApiId: 'a1', authorizerId: 'b2' }, 'auth iam takes no authorizerId'],
  [{ httpApiId: 'a1', corsOrigins: 'https://a.example.com' }, 'corsOrigins does not go with httpApiId'],
  [{ vpcSubnetIds: 'subnet-1' }, 'vpcSubnetIds and vpcSecurityGroupIds go together'],
  [{ bedrockAgents: true }, 'bedrockAgents needs bedrockModel'],
  [
    { alarms: false, alarmTopic: 'arn:aws:sns:eu-west-1:123456789012:alarms' },
    'alarmTopic needs alarms true',
  ],
  [{ sharedFunctions: 'false' }, 'sharedFunctions false needs httpApiId'],
])('conflicting parameters are rejected: %j', (given, message) => {
  expect(() => parse(given)).toThrow(message);
});

test('all errors in parameters are reported together', () => {
  expect(() => parse({ auth: 'x', agentCore: 'y' })).toThrow(
    /The parameter auth .* The parameter agentCore /,
  );
});

test.each([
  [['readonly=true'], 'There is no parameter readonly. Use readOnly.'],
  [['tools=*', 'tool=x'], 'There is no parameter tool. The parameters are below params in serverless.yml.'],
  [['Stage'], 'There is no parameter Stage. Use stage.'],
  [['readOnly=true', 'tags=a=b', 'SCALEKIT_ENV_URL=https://acme.scalekit.com', 'stage=x'], undefined],
  [[], undefined],
])('the fault of an unknown name in %j is: %s', (given, fault) => {
  expect(unknownParameterFault(given, [...PARAMETER_NAMES, 'stage'])).toBe(fault);
});
