import { describe, expect, test } from 'vitest';
import { serverlessConfiguration } from '../../../../lib/deploy/serverless/serverless-configuration.ts';
import { functionLogicalId, type Resources } from '../../../../lib/deploy/stack/cloudformation.ts';
import { deploymentOf } from '../../../support/deployment-of.ts';
import { projectTools } from '../../../support/project-tools.ts';
import { limitFaults } from '../../../support/template/limit-faults.ts';
import { policyFaults } from '../../../support/template/policy-faults.ts';
import { specificationFaults } from '../../../support/template/specification-faults.ts';
import { Template } from '../../../support/template/template.ts';

// The tests use all tools, but do not package them. They use these resources in place of the resources that
// Serverless creates.
const OF_SERVERLESS = {
  HttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'tools', ProtocolType: 'HTTP' } },
  HttpApiLogGroup: { Type: 'AWS::Logs::LogGroup' },
  LogGroup: { Type: 'AWS::Logs::LogGroup' },
  IdempotencyTable: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [] } },
};

const allOf = (parts: Record<string, Resources>): Resources => Object.assign({}, ...Object.values(parts));

async function templateWith(options: Parameters<typeof deploymentOf>[0]) {
  const deployment = await deploymentOf(options);
  const { functions, resources, outputs } = serverlessConfiguration(deployment);
  const lambdas = Object.keys({ ...functions.tools, ...functions.others }).map((key) => [
    functionLogicalId(key),
    { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'arn:aws:iam::123456789012:role/r' } },
  ]);
  return Template.parse({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: { ...OF_SERVERLESS, ...Object.fromEntries(lambdas), ...allOf(resources) },
    Outputs: outputs,
  });
}

test.each([
  { parameters: {} },
  { parameters: { bedrockAgents: 'true', bedrockModel: 'eu.amazon.nova-pro-v1:0' } },
  { parameters: { agentCore: 'false' } },
  { parameters: { alarms: 'false' } },
  { parameters: { vpcSubnetIds: 'subnet-1', vpcSecurityGroupIds: 'sg-1' } },
  { parameters: { secretsKey: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd' } },
  { parameters: { tableKey: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd' } },
  { parameters: { auth: 'lambda', httpApiId: 'a1', authorizerId: 'b2' } },
  { parameters: { httpApiId: 'a1', sharedFunctions: 'false' } },
  { parameters: { agentCoreClients: 'c1,c2' } },
  {
    parameters: {
      agentCorePolicyEngine:
        'arn:aws:bedrock-agentcore:eu-west-1:123456789012:policy-engine/tools-a1b2c3d4e5',
      agentCoreRequestsPerMinute: '60',
    },
  },
])(
  'a template with all tools and %j satisfies the specification, the limits and the policies',
  async (options) => {
    const template = await templateWith(options);

    expect(specificationFaults(template)).toEqual([]);
    expect(limitFaults(template, JSON.stringify(template))).toEqual([]);
    expect(policyFaults(template)).toEqual([]);
  },
);

describe('the parameters for audits', () => {
  const key = (id: string) => `arn:aws:kms:eu-west-1:123456789012:key/${id}`;
  const given = { tableKey: key('t'), tableRecovery: 'true', logsKey: key('l'), blockPublicAccess: 'true' };
  const extensionsOf = async (parameters: Record<string, string>) =>
    serverlessConfiguration(await deploymentOf({ parameters })).extensions;

  test('change the table and the log groups', async () => {
    expect(await extensionsOf(given)).toMatchObject({
      LogGroup: { Properties: { KmsKeyId: key('l') } },
      HttpApiLogGroup: { Properties: { KmsKeyId: key('l') } },
      IdempotencyTable: {
        Properties: {
          SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key('t') },
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      },
    });
  });

  test('do not change the log group of an existing API', async () => {
    expect(await extensionsOf({ ...given, httpApiId: 'a1' })).not.toHaveProperty('HttpApiLogGroup');
  });

  test('change nothing if they are not set', async () => {
    const extensions = await extensionsOf({});

    for (const id of ['LogGroup', 'HttpApiLogGroup', 'IdempotencyTable'])
      expect(extensions).not.toHaveProperty(id);
  });

  test.each([
    [{}, {}],
    [given, { blockPublicAccess: true }],
  ])('set properties of the bucket: %j leads to %j', async (parameters, bucket) => {
    const configuration = serverlessConfiguration(await deploymentOf({ parameters }));

    expect(configuration.deploymentBucket).toEqual(bucket);
  });
});

const resourceOf = async (id: string, options: Parameters<typeof deploymentOf>[0]) =>
  allOf(serverlessConfiguration(await deploymentOf(options)).resources)[id]?.Properties;

describe('the AgentCore Gateway', () => {
  const issuer = {
    OIDC_ISSUER: 'https://issuer.example.com/',
    OIDC_AUDIENCE: 'a, b',
    REQUIRED_SCOPE: 'tools:use',
  };

  test('accepts tokens with the configured issuer, audiences and scope', async () => {
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

  test('checks the client of tokens if clients are configured', async () => {
    const properties = await resourceOf('Gateway', {
      settings: issuer,
      parameters: { agentCoreClients: 'c1,c2' },
    });

    expect(JSON.stringify(properties)).toContain('"AllowedClients":["c1","c2"]');
    expect(JSON.stringify(properties)).not.toContain('AllowedAudience');
  });
});

describe('the properties of the AgentCore Gateway', () => {
  const ENGINE = 'arn:aws:bedrock-agentcore:eu-west-1:123456789012:policy-engine/tools-a1b2c3d4e5';

  test.each([
    [{}, { SupportedVersions: ['2025-11-25', '2026-07-28'], SearchType: 'SEMANTIC' }],
    [{ agentCoreSearch: 'false' }, { SupportedVersions: ['2025-11-25', '2026-07-28'] }],
  ])('depend on the parameters: %j leads to the protocol %j', async (parameters, Mcp) => {
    const gateway = await resourceOf('Gateway', { parameters });

    expect(gateway).toMatchObject({ ProtocolConfiguration: { Mcp } });
    expect(Reflect.get(Object(gateway), 'ProtocolConfiguration')).toEqual({ Mcp });
    expect(gateway).not.toHaveProperty('PolicyEngineConfiguration');
  });

  test("contain the policy engine, which the gateway's role may call", async () => {
    const parameters = { agentCorePolicyEngine: ENGINE, agentCorePolicyMode: 'LOG_ONLY' };

    expect(await resourceOf('Gateway', { parameters })).toMatchObject({
      PolicyEngineConfiguration: { Arn: ENGINE, Mode: 'LOG_ONLY' },
    });
    const role = JSON.stringify(await resourceOf('GatewayRole', { parameters }));
    expect(role).toContain('bedrock-agentcore:PartiallyAuthorizeActions');
    expect(role).toContain(ENGINE);
    expect(role).toContain(':gateway/tools-prod-*');
    expect(JSON.stringify(await resourceOf('GatewayRole', {}))).not.toContain('AuthorizeAction');
  });

  test('limit the requests of each user if a limit is set', async () => {
    const sub = '$.context.jwt.sub';

    expect(await resourceOf('GatewayRateLimit', {})).toBeUndefined();
    expect(
      await resourceOf('GatewayRateLimit', { parameters: { agentCoreRequestsPerMinute: '60' } }),
    ).toMatchObject({
      DimensionKeys: [sub],
      Entries: [{ Dimensions: { [sub]: '*' }, Requests: [{ Rate: 60, Period: 'minute' }] }],
    });
  });

  test.each(['agentCorePolicyEngine', 'agentCoreRequestsPerMinute'])(
    'cannot be set without the parameter agentCore: %s is rejected',
    async (name) => {
      const value = name === 'agentCorePolicyEngine' ? ENGINE : '60';

      await expect(deploymentOf({ parameters: { agentCore: 'false', [name]: value } })).rejects.toThrow(
        'need agentCore',
      );
    },
  );
});

describe('the alarms for rejected calls', () => {
  test.each([
    [{}, 50],
    [{ refusedCalls: '7' }, 7],
  ])('have a threshold that depends on the parameters: %j leads to %i', async (parameters, Threshold) => {
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

  test('include requests that the API rejects if the API belongs to the stack', async () => {
    expect(await resourceOf('ApiRefusalsFilter', {})).toMatchObject({
      LogGroupName: { Ref: 'HttpApiLogGroup' },
      FilterPattern: '{ (($.status = "401") || ($.status = "403")) && ($.integrationStatus = "-") }',
    });
    expect(await resourceOf('ApiRefusalsFilter', { parameters: { httpApiId: 'a1' } })).toBeUndefined();
  });
});

describe('the faults in the settings', () => {
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
    ['no setting if all settings are given', { settings: { ...settings, ...issuer } }, []],
    [
      'the issuer for tokens',
      { settings, parameters: { agentCore: 'false' } },
      ['OIDC_ISSUER', 'OIDC_AUDIENCE'],
    ],
    [
      'the issuer for the gateway',
      { settings, parameters: { auth: 'iam' } },
      ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'DELEGATION_ROLES'],
    ],
    [
      'the roles for signed requests',
      { settings, parameters: { auth: 'iam', agentCore: 'false' } },
      ['DELEGATION_ROLES'],
    ],
    [
      'no setting if another authorizer verifies tokens',
      { settings, parameters: { auth: 'lambda', httpApiId: 'a1', authorizerId: 'b2', agentCore: 'false' } },
      [],
    ],
  ])('list the missing settings: %s', async (_, options, names) => {
    expect(await missing(options)).toEqual(names);
  });

  test.each([
    ['prod', 'none', ['USER_VERIFY_URL must not be none outside the stage dev']],
    ['dev-ada', 'none', ['USER_VERIFY_URL must not be none outside the stage dev']],
    ['prod', 'https://app.example.com/connected', []],
    ['dev', 'none', []],
  ])('depend on the stage: %s with USER_VERIFY_URL %s', async (stage, url, faults) => {
    const given = { ...settings, ...issuer, USER_VERIFY_URL: url };
    const { settingFaults } = serverlessConfiguration(await deploymentOf({ stage, settings: given }));

    expect(settingFaults.map(({ setting, problem }) => `${setting} ${problem}`)).toEqual(faults);
  });

  test.each([
    ['prod', 'the https URL to which the user returns after consent'],
    ['dev', 'the https URL to which the user returns after consent, or "none" in development'],
  ])('name the value none for USER_VERIFY_URL only if the stage accepts it: %s', async (stage, expected) => {
    const given = { ...settings, ...issuer, USER_VERIFY_URL: '' };
    const { settingFaults } = serverlessConfiguration(await deploymentOf({ stage, settings: given }));

    expect(settingFaults).toEqual([{ setting: 'USER_VERIFY_URL', problem: 'is not set', holds: expected }]);
  });

  test('state the expected form of the ARN of a role, because AWS prints the ARN of a session', async () => {
    const session = 'arn:aws:sts::123456789012:assumed-role/developer/ada';
    const given = { ...settings, ...issuer, DELEGATION_ROLES: session };
    const { settingFaults } = serverlessConfiguration(
      await deploymentOf({ settings: given, parameters: { auth: 'iam', agentCore: 'false' } }),
    );

    expect(settingFaults).toEqual([
      {
        setting: 'DELEGATION_ROLES',
        problem: 'is malformed',
        holds: expect.stringContaining('arn:aws:iam::123456789012:role/developer'),
      },
    ]);
  });

  const ofFrankfurt = (arn: string) => arn.replace('eu-west-1', 'eu-central-1');
  const key = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd';
  const topic = 'arn:aws:sns:eu-west-1:123456789012:alarms';
  const secret = settings.SCALEKIT_CLIENT_SECRET_ARN;

  test.each<[string, Parameters<typeof deploymentOf>[0], string[]]>([
    [
      'a secret',
      { settings: { SCALEKIT_CLIENT_SECRET_ARN: ofFrankfurt(secret) } },
      ['SCALEKIT_CLIENT_SECRET_ARN'],
    ],
    ['a key', { parameters: { secretsKey: ofFrankfurt(key) } }, ['secretsKey']],
    ['a topic', { parameters: { alarmTopic: ofFrankfurt(topic) } }, ['alarmTopic']],
    ['no ARN if all regions are equal', { parameters: { secretsKey: key, alarmTopic: topic } }, []],
    [
      'no ARN for a role, which has no region',
      { settings: { DELEGATION_ROLES: 'arn:aws:iam::123456789012:role/app' } },
      [],
    ],
    ['a secret, if the stack has another region', { region: 'eu-central-1' }, ['SCALEKIT_CLIENT_SECRET_ARN']],
  ])('include an ARN if its region is not the region of the stack: %s', async (_, options, names) => {
    const given = { ...options, settings: { ...settings, ...issuer, ...options?.settings } };
    const { settingFaults } = serverlessConfiguration(await deploymentOf(given));

    expect(settingFaults.map(({ setting }) => setting)).toEqual(names);
    for (const { problem, holds } of settingFaults) {
      expect(problem).toMatch(/^is of eu-\S+-1, but the stack is of eu-\S+-1$/);
      expect(holds).toMatch(/^an ARN of eu-\S+-1; to deploy to eu-\S+-1 instead, set AWS_REGION$/);
    }
  });

  test('do not include a missing client secret, which is never deployed', async () => {
    const secrets = {
      ...settings,
      ...issuer,
      SCALEKIT_CLIENT_SECRET: 'not-to-be-deployed',
    };
    const configuration = serverlessConfiguration(await deploymentOf({ settings: secrets }));

    expect(JSON.stringify(configuration)).not.toContain('not-to-be-deployed');
  });
});

describe('the warnings before a deployment', () => {
  const iam = { auth: 'iam', agentCore: 'false' };
  const scope = { REQUIRED_SCOPE: 'tools:use' };
  const page = { CONNECT_URL: 'https://app.example.com/connect' };
  const anyToken = expect.stringMatching(/^REQUIRED_SCOPE is not set: any token of the issuer and audience/);
  const anyLink = expect.stringMatching(/^CONNECT_URL is not set: /);

  test.each<[string, Parameters<typeof deploymentOf>[0], unknown[]]>([
    ['settings without a required scope and a connect page', {}, [anyToken, anyLink]],
    ['a gateway without a required scope', { parameters: { auth: 'iam' }, settings: page }, [anyToken]],
    ['signed requests without tokens', { parameters: iam, settings: page }, []],
    ['a required scope', { settings: { ...scope, ...page } }, []],
    [
      'open routes without a limit, on an API of another stack',
      { parameters: { httpApiId: 'a1b2c3' }, settings: { ...scope, ...page } },
      [
        expect.stringMatching(
          /update-stage --api-id a1b2c3 --stage-name '\$default' --route-settings '\{"GET \/\.well-known\/oauth-protected-resource":\{"ThrottlingRateLimit":10,.*oauth-protected-resource\/mcp":\{.*\}\}'$/,
        ),
      ],
    ],
    [
      'an API of another stack without open routes',
      { parameters: { httpApiId: 'a1b2c3', sharedFunctions: 'false' }, settings: { ...scope, ...page } },
      [],
    ],
    ['the stage dev without a connect page', { stage: 'dev', settings: scope }, []],
  ])('are complete for %s', async (_, options, expected) => {
    expect(serverlessConfiguration(await deploymentOf(options)).settingWarnings).toEqual(expected);
  });

  // A fork may have deleted tools that serverless.yml lists for this stage.
  test('include a selected tool that does not exist, but only on the stage dev', async () => {
    const one = projectTools[0]?.name ?? '';
    const given = { settings: { ...scope, ...page }, parameters: { tools: `${one},nobody_has_this` } };

    const deployment = await deploymentOf({ stage: 'dev', ...given });

    expect(deployment.tools.map(({ tool }) => tool.name)).toEqual([one]);
    expect(serverlessConfiguration(deployment).settingWarnings).toEqual([
      'The parameter tools names nobody_has_this, which no tool of this project fits.',
    ]);
    await expect(deploymentOf(given)).rejects.toThrow('No tool name matches nobody_has_this.');
    await expect(deploymentOf({ stage: 'dev', parameters: { tools: 'nobody_has_this' } })).rejects.toThrow(
      'No tool name matches nobody_has_this.',
    );
  });
});

describe('the routes that show clients where to log in', () => {
  const METADATA = '/.well-known/oauth-protected-resource';
  const openEvents = async (parameters: Record<string, string>) => {
    const { functions } = serverlessConfiguration(await deploymentOf({ parameters }));
    const all = Object.values(functions).flatMap((part) => Object.values(part));
    const events = all.flatMap((one) => ('events' in one ? [one.events] : []));
    return events.flat().filter((event) => !JSON.stringify(event).includes('"authorizer"'));
  };
  const routes = [METADATA, `${METADATA}/mcp`].map((path) => ({ httpApi: { method: 'GET', path } }));

  test.each([
    [{}, routes],
    [{ auth: 'lambda', httpApiId: 'a1', authorizerId: 'b2' }, routes],
    [{ auth: 'iam' }, []],
    [{ httpApiId: 'a1', sharedFunctions: 'false' }, []],
  ])('are the only routes without an authorizer if the parameters are %j', async (parameters, expected) => {
    expect(await openEvents(parameters)).toEqual(expected);
  });

  test('have their own request limit, which is set after the routes are created', async () => {
    const { extensions } = serverlessConfiguration(await deploymentOf());
    const limits = { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };

    expect(extensions).toMatchObject({
      HttpApiStage: {
        DependsOn: [
          'HttpApiRouteGetWellDashknownOauthDashprotectedDashresource',
          'HttpApiRouteGetWellDashknownOauthDashprotectedDashresourceMcp',
        ],
        Properties: {
          RouteSettings: { [`GET ${METADATA}`]: limits, [`GET ${METADATA}/mcp`]: limits },
        },
      },
    });
  });
});

test('the parameter readOnly excludes the tools that write, and their resources', async () => {
  const { functions, tools } = await deploymentOf({ parameters: { readOnly: 'true' } });

  expect(tools.length).toBeGreaterThan(0);
  expect(new Set(tools.map(({ tool }) => tool.effect))).toEqual(new Set(['read']));
  expect(functions.filter(({ kind }) => kind === 'write')).toEqual([]);
});

test.each([
  [
    'the origins in corsOrigins',
    { corsOrigins: 'https://a.example, https://b.example' },
    {},
    'https://a.example,https://b.example',
  ],
  [
    'the origins in ALLOWED_ORIGINS',
    { httpApiId: 'a1' },
    { ALLOWED_ORIGINS: 'https://a.example' },
    'https://a.example',
  ],
  ['only its own origin by default', {}, {}, undefined],
])('MCP accepts requests from web pages of %s', async (_name, parameters, settings, origins) => {
  const { functions } = serverlessConfiguration(await deploymentOf({ parameters, settings }));

  expect(Reflect.get(Object(functions.others.mcp), 'environment').ALLOWED_ORIGINS).toBe(origins);
});
