import { describe, expect, test } from 'vitest';
import { serverlessConfiguration } from '../../../../lib/deploy/serverless/serverless-configuration.ts';
import { functionLogicalId } from '../../../../lib/deploy/stack/cloudformation.ts';
import { deploymentOf } from '../../../support/deployment-of.ts';
import { limitFaults } from '../../../support/template/limit-faults.ts';
import { policyFaults } from '../../../support/template/policy-faults.ts';
import { specificationFaults } from '../../../support/template/specification-faults.ts';
import { Template } from '../../../support/template/template.ts';

// With all tools but without packaging; this replaces the resources that Serverless itself makes.
const OF_SERVERLESS = {
  HttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'tools', ProtocolType: 'HTTP' } },
  HttpApiLogGroup: { Type: 'AWS::Logs::LogGroup' },
  IdempotencyTable: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [] } },
};

async function templateWith(options: Parameters<typeof deploymentOf>[0]) {
  const deployment = await deploymentOf(options);
  const { functions, resources } = serverlessConfiguration(deployment);
  const lambdas = Object.keys(functions).map((key) => [
    functionLogicalId(key),
    { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'arn:aws:iam::123456789012:role/r' } },
  ]);
  return Template.parse({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: { ...OF_SERVERLESS, ...Object.fromEntries(lambdas), ...resources.Resources },
    Outputs: resources.Outputs,
  });
}

test.each([
  { parameters: {} },
  { parameters: { bedrockAgents: 'true', bedrockModel: 'eu.amazon.nova-pro-v1:0' } },
  { parameters: { agentCore: 'false' } },
  { parameters: { vpcSubnetIds: 'subnet-1', vpcSecurityGroupIds: 'sg-1' } },
  { parameters: { secretsKey: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd' } },
  { parameters: { auth: 'lambda', httpApiId: 'a1', authorizerId: 'b2' } },
  { parameters: { httpApiId: 'a1', sharedFunctions: 'false' } },
  { parameters: { agentCoreClients: 'c1,c2' } },
])('all tools with %j comply with the specification, the limits and the policies', async (options) => {
  const template = await templateWith(options);

  expect(specificationFaults(template)).toEqual([]);
  expect(limitFaults(template, JSON.stringify(template))).toEqual([]);
  expect(policyFaults(template)).toEqual([]);
});

const resourceOf = async (id: string, options: Parameters<typeof deploymentOf>[0]) =>
  serverlessConfiguration(await deploymentOf(options)).resources.Resources[id]?.Properties;

describe('the gateway', () => {
  const issuer = {
    OIDC_ISSUER: 'https://issuer.example.com/',
    OIDC_AUDIENCE: 'a, b',
    REQUIRED_SCOPE: 'tools:use',
  };

  test('accepts tokens of the issuer, for its audiences, with the scope', async () => {
    expect(await resourceOf('Gateway', { settings: issuer })).toMatchObject({
      AuthorizerConfiguration: {
        CustomJWTAuthorizer: {
          DiscoveryUrl: 'https://issuer.example.com/.well-known/openid-configuration',
          AllowedAudience: ['a', 'b'],
          AllowedScopes: ['tools:use'],
        },
      },
    });
  });

  test('accepts tokens by client if they have no audience', async () => {
    const properties = await resourceOf('Gateway', {
      settings: issuer,
      parameters: { agentCoreClients: 'c1,c2' },
    });

    expect(JSON.stringify(properties)).toContain('"AllowedClients":["c1","c2"]');
    expect(JSON.stringify(properties)).not.toContain('AllowedAudience');
  });
});

describe('a burst of refused calls', () => {
  test.each([
    [{}, 50],
    [{ refusedCalls: '7' }, 7],
  ])('raises an alarm with %j from %i on', async (parameters, Threshold) => {
    for (const [id, code] of [
      ['ForbiddenAlarm', 'forbidden'],
      ['UnauthenticatedAlarm', 'unauthenticated'],
    ] as const) {
      expect(await resourceOf(id, { parameters })).toMatchObject({
        MetricName: 'Errors',
        Dimensions: [
          { Name: 'service', Value: 'tools-prod' },
          { Name: 'code', Value: code },
        ],
        Statistic: 'Sum',
        Period: 300,
        Threshold,
      });
    }
    expect(await resourceOf('ApiRefusalsAlarm', { parameters })).toMatchObject({ Threshold });
  });

  test('is counted by the API as well, if the stack makes it', async () => {
    expect(await resourceOf('ApiRefusalsFilter', {})).toMatchObject({
      LogGroupName: { Ref: 'HttpApiLogGroup' },
      FilterPattern: '{ (($.status = "401") || ($.status = "403")) && ($.integrationStatus = "-") }',
    });
    expect(await resourceOf('ApiRefusalsFilter', { parameters: { httpApiId: 'a1' } })).toBeUndefined();
  });
});

describe('a missing setting', () => {
  const missing = async (options: Parameters<typeof deploymentOf>[0]) =>
    serverlessConfiguration(await deploymentOf(options)).settingFaults.map(({ setting }) => setting);
  const settings = {
    SCALEKIT_ENV_URL: 'https://acme.scalekit.com',
    SCALEKIT_CLIENT_ID: 'skc_1',
    SCALEKIT_CLIENT_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:x',
    USER_VERIFY_URL: 'https://app.example.com/connected',
  };
  const issuer = { OIDC_ISSUER: 'https://issuer.example.com', OIDC_AUDIENCE: 'a' };

  test.each([
    ['nothing', { settings: { ...settings, ...issuer } }, []],
    [
      'the issuer, for tokens',
      { settings, parameters: { agentCore: 'false' } },
      ['OIDC_ISSUER', 'OIDC_AUDIENCE'],
    ],
    [
      'the issuer, for the gateway',
      { settings, parameters: { auth: 'iam' } },
      ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'DELEGATION_ROLES'],
    ],
    ['the roles', { settings, parameters: { auth: 'iam', agentCore: 'false' } }, ['DELEGATION_ROLES']],
    [
      'nothing, where another authorizer verifies',
      { settings, parameters: { auth: 'lambda', httpApiId: 'a1', authorizerId: 'b2', agentCore: 'false' } },
      [],
    ],
  ])('is %s', async (_, options, names) => {
    expect(await missing(options)).toEqual(names);
  });

  test.each([
    ['prod', 'none', ['USER_VERIFY_URL must not be none outside the stage dev']],
    ['dev-ada', 'none', ['USER_VERIFY_URL must not be none outside the stage dev']],
    ['prod', 'https://app.example.com/connected', []],
    ['dev', 'none', []],
  ])('of the stage %s with USER_VERIFY_URL %s', async (stage, url, faults) => {
    const given = { ...settings, ...issuer, USER_VERIFY_URL: url };
    const { settingFaults } = serverlessConfiguration(await deploymentOf({ stage, settings: given }));

    expect(settingFaults.map(({ setting, problem }) => `${setting} ${problem}`)).toEqual(faults);
  });

  test('is never the secret itself: deployed functions have no secret in their environment', async () => {
    const secrets = {
      ...settings,
      ...issuer,
      SCALEKIT_CLIENT_SECRET: 'not-to-be-deployed',
    };
    const configuration = serverlessConfiguration(await deploymentOf({ settings: secrets }));

    expect(JSON.stringify(configuration)).not.toContain('not-to-be-deployed');
  });
});

describe('the warnings of packaging', () => {
  const iam = { auth: 'iam', agentCore: 'false' };
  const scope = { REQUIRED_SCOPE: 'tools:use' };
  const page = { CONNECT_URL: 'https://app.example.com/connect' };
  const anyToken = expect.stringMatching(/^REQUIRED_SCOPE is not set: any token of the issuer and audience/);
  const anyLink = expect.stringMatching(/^CONNECT_URL is not set: /);

  test.each<[string, Parameters<typeof deploymentOf>[0], unknown[]]>([
    ['any token, and the links of Scalekit', {}, [anyToken, anyLink]],
    ['any token, over the gateway', { parameters: { auth: 'iam' }, settings: page }, [anyToken]],
    ['no token, if requests are signed', { parameters: iam, settings: page }, []],
    ['no token, if it needs a scope', { settings: { ...scope, ...page } }, []],
    ['no links in the stage dev', { stage: 'dev', settings: scope }, []],
  ])('%s', async (_, options, expected) => {
    expect(serverlessConfiguration(await deploymentOf(options)).settingWarnings).toEqual(expected);
  });
});
