import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectTools } from './support/project-tools.ts';
import { readDeployerPolicy, rightFaults } from './support/template/deployer-rights.ts';
import { limitFaults } from './support/template/limit-faults.ts';
import { type Packaged, type Packaging, packageableCopy } from './support/template/package-service.ts';
import { policyFaults } from './support/template/policy-faults.ts';
import { specificationFaults } from './support/template/specification-faults.ts';
import { ofType } from './support/template/template.ts';

// The tests make the template with each parameter that a person may set. Only the first case makes the bundles, too.
const TIMEOUT_MS = 240_000;
const ACCOUNT = '123456789012';
const SECRETS = {
  SCALEKIT_CLIENT_SECRET: 'not-to-be-deployed',
};
const SETTINGS = {
  SCALEKIT_ENV_URL: 'https://acme.scalekit.com',
  SCALEKIT_CLIENT_ID: 'skc_1',
  SCALEKIT_CLIENT_SECRET_ARN: `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:scalekit-AbCdEf`,
  USER_VERIFY_URL: 'https://app.example.com/connected',
  OIDC_ISSUER: 'https://issuer.example.com',
  OIDC_AUDIENCE: 'tools, agents',
  REQUIRED_SCOPE: 'tools:use',
  IDENTITY_TEMPLATE: '{org_id}:{sub}',
  CONNECT_URL: 'https://app.example.com/connect',
};
const runbook = await readFile(join(import.meta.dirname, '../docs/runbook.md'), 'utf8');
const DELEGATION_ROLES = `arn:aws:iam::${ACCOUNT}:role/apps/agent-backend`;

// To save time, the cases with other parameters use only the tools of one connector.
const [first] = projectTools;
const connector = first?.connector.name ?? '';
const few = { tools: `${connector}_*` };
const fewTools = projectTools.filter(({ name }) => name.startsWith(`${connector}_`));
const fewNames = fewTools.map(({ name }) => name);

let project: Awaited<ReturnType<typeof packageableCopy>>;
beforeAll(async () => {
  project = await packageableCopy();
}, TIMEOUT_MS);
afterAll(() => project.remove());

/** Makes the template once for all tests of a case. Adds the tests that every template must pass. */
function packagedAs(packaging: Packaging) {
  let packaged: Packaged;
  beforeAll(async () => {
    packaged = await project.package({ isBundled: false, ...packaging });
  }, TIMEOUT_MS);

  test('the template follows the specification of CloudFormation', () => {
    expect(specificationFaults(packaged.template)).toEqual([]);
  });
  test('the template stays within the limits of AWS', () => {
    expect(limitFaults(packaged.template, packaged.json)).toEqual([]);
  });
  test('the template grants no permission that is too broad, and contains no secret', () => {
    expect(policyFaults(packaged.template)).toEqual([]);
    for (const secret of Object.values(SECRETS)) expect(packaged.json).not.toContain(secret);
  });
  test('the template needs only permissions that docs/deployer-policy.json grants', async () => {
    expect(rightFaults(await readDeployerPolicy(), packaged.template)).toEqual([]);
  });
  test('packaging reports the number of resources in the stack', () => {
    const count = Object.keys(packaged.template.Resources).length;
    expect(packaged.output).toContain(`${count} of 500 resources`);
  });

  return {
    get template() {
      return packaged.template;
    },
    /** Returns the properties of all resources of a type. */
    all: (type: string) => [...ofType(packaged.template, type).values()],
    get output() {
      return packaged.output;
    },
    /** Returns the properties of one resource, in one line. */
    text: (id: string) => JSON.stringify(packaged.template.Resources[id]?.Properties),
  };
}

/** Removes the paths of the uploaded zip files, because they are different each time. */
function withoutZips(template: Packaged['template']): unknown {
  return JSON.parse(JSON.stringify(template, (key, value) => (key === 'S3Key' ? undefined : value)));
}

const routeKeys = (routes: readonly Record<string, unknown>[]) => routes.map(({ RouteKey }) => RouteKey);
/** A client without a token uses these routes to find the login. */
const OPEN_ROUTES = [
  'GET /.well-known/oauth-protected-resource',
  'GET /.well-known/oauth-protected-resource/mcp',
];
/** Returns every route that must have an authorizer. Fails if a route has no authorizer and is not in OPEN_ROUTES. */
function guardedRoutes(packaged: ReturnType<typeof packagedAs>) {
  const routes = packaged.all('AWS::ApiGatewayV2::Route');
  const open = routes.filter(({ AuthorizationType }) => AuthorizationType === undefined);
  expect(open.map(({ RouteKey }) => RouteKey)).toEqual(OPEN_ROUTES);
  return routes.filter(({ AuthorizationType }) => AuthorizationType !== undefined);
}
const COMMON_ROUTES = [
  'GET /tools',
  'GET /openapi.json',
  ...OPEN_ROUTES,
  'POST /mcp',
  'GET /mcp',
  'DELETE /mcp',
  'GET /accounts',
  'POST /accounts/{connector}/authorize',
  'POST /accounts/verify',
];

describe('with the default parameters', () => {
  const packaged = packagedAs({ isBundled: true });
  const names = projectTools.map(({ name }) => name);

  test(
    'a template that is made without bundles differs only in the locations of the zips',
    async () => {
      const unbundled = await project.package({ isBundled: false });

      expect(withoutZips(unbundled.template)).toEqual(withoutZips(packaged.template));
    },
    TIMEOUT_MS,
  );

  test('packaging leaves no temporary files', async () => {
    expect(await readdir(project.temporary)).toEqual([]);
  });

  test('each function has its own zip', () => {
    const zips = packaged.all('AWS::Lambda::Function').map(({ Code }) => Object(Code).S3Key);

    expect(zips.map((zip) => /[^/]+$/.exec(zip)?.[0])).toEqual(
      packaged
        .all('AWS::Lambda::Function')
        .map(({ FunctionName }) => `${String(FunctionName).replace('scalekit-lambda-tools-prod-', '')}.zip`),
    );
  });

  test('each tool and each shared function has its route', () => {
    const routes = packaged.all('AWS::ApiGatewayV2::Route');

    expect(routeKeys(routes)).toEqual([...names.map((name) => `POST /tools/${name}`), ...COMMON_ROUTES]);
    expect(packaged.all('AWS::Lambda::Function')).toHaveLength(names.length + 4);
    for (const lambda of packaged.all('AWS::Lambda::Function')) {
      expect(lambda).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: '/aws/lambda/scalekit-lambda-tools-prod' },
      });
      expect(lambda.Timeout).toBeLessThan(30);
    }
    expect(packaged.all('AWS::Lambda::Version')).toEqual([]);
  });

  test('every route except the login routes has the authorizer', () => {
    for (const route of guardedRoutes(packaged))
      expect(route).toMatchObject({
        AuthorizationType: 'JWT',
        AuthorizerId: { Ref: 'HttpApiAuthorizerJwt' },
      });
  });

  test('the optional keys, table backups and bucket settings are off', () => {
    expect(packaged.text('IdempotencyTable')).toContain('"SSESpecification":{"SSEEnabled":true}}');
    expect(packaged.text('LogGroup')).not.toContain('Kms');
    expect(packaged.text('HttpApiLogGroup')).not.toContain('Kms');
    expect(packaged.text('ServerlessDeploymentBucket')).not.toContain('PublicAccess');
  });

  test('each kind of function has its own role', () => {
    const roles = new Map(
      [...ofType(packaged.template, 'AWS::Lambda::Function').values()].map(({ FunctionName, Role }) => [
        String(FunctionName).replace('scalekit-lambda-tools-prod-', ''),
        Object(Role)['Fn::GetAtt'][0],
      ]),
    );

    expect(roles).toEqual(
      new Map([
        ...projectTools.map(
          ({ name, effect }) => [name, effect === 'read' ? 'ReadRole' : 'WriteRole'] as const,
        ),
        ['discovery', 'DiscoveryRole'],
        ['mcp', 'McpRole'],
        ['accounts', 'AccountsRole'],
        ['interceptor', 'InterceptorRole'],
      ]),
    );
  });

  test('each role has access to no keys of the table, or only to its own keys', () => {
    expect(packaged.text('ReadRole')).not.toContain('dynamodb');
    expect(packaged.text('McpRole')).not.toContain('dynamodb');
    const keys = (operator: string, ...patterns: string[]) =>
      `"ForAllValues:${operator}":{"dynamodb:LeadingKeys":${JSON.stringify(patterns)}}`;
    expect(packaged.text('AccountsRole')).toContain(keys('StringLike', 'state#*'));
    expect(packaged.text('WriteRole')).toContain(keys('StringNotLike', 'state#*'));
    for (const role of ['DiscoveryRole', 'InterceptorRole', 'McpRole'])
      expect(packaged.text(role)).not.toContain('SCALEKIT_CLIENT_SECRET');
  });

  test('MCP and the gateway may invoke only the functions of the tools', () => {
    const policies = packaged.all('AWS::IAM::ManagedPolicy');
    const invoking = Object.entries(packaged.template.Resources).flatMap(([id, { Type, Properties }]) =>
      Type.startsWith('AWS::IAM::') && JSON.stringify(Properties).includes('lambda:Invoke') ? [id] : [],
    );

    // In addition to these policies, the gateway's role itself may invoke the interceptor.
    expect(invoking.filter((id) => !/^(Mcp|Gateway)InvokePolicy\d+$/.test(id))).toEqual(['GatewayRole']);

    for (const roleName of ['McpRole', 'GatewayRole']) {
      const own = policies.filter(({ Roles }) => JSON.stringify(Roles) === `[{"Ref":"${roleName}"}]`);
      expect(JSON.stringify(own).match(/:function:[\w-]+/g)).toEqual(
        names.map((name) => `:function:scalekit-lambda-tools-prod-${name}`),
      );
    }
  });

  test('the gateway has a target for each tool, created one after the other', () => {
    const targets = [...ofType(packaged.template, 'AWS::BedrockAgentCore::GatewayTarget').keys()];

    expect(targets).toHaveLength(names.length);
    for (const [index, id] of targets.slice(1).entries())
      expect(packaged.template.Resources[id]?.DependsOn).toEqual([targets[index]]);
    expect(packaged.all('AWS::BedrockAgentCore::Gateway')).toEqual([
      expect.objectContaining({
        AuthorizerType: 'CUSTOM_JWT',
        InterceptorConfigurations: [
          expect.objectContaining({
            InterceptionPoints: ['REQUEST'],
            InputConfiguration: { PassRequestHeaders: true },
          }),
        ],
      }),
    ]);
    expect(packaged.all('AWS::Bedrock::Agent')).toEqual([]);
  });

  test('agents of the same account may invoke every tool', () => {
    const permissions = packaged
      .all('AWS::Lambda::Permission')
      .filter(({ Principal }) => Principal === 'bedrock.amazonaws.com');

    expect(permissions).toHaveLength(names.length);
    for (const permission of permissions)
      expect(permission).toMatchObject({
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: { 'Fn::Sub': expect.stringMatching(/:agent\/\*$/) },
      });
  });

  test('the API allows no web pages, and limits the request rate', () => {
    const [api] = packaged.all('AWS::ApiGatewayV2::Api');
    const [stage] = packaged.all('AWS::ApiGatewayV2::Stage');

    expect(api).not.toHaveProperty('CorsConfiguration');
    expect(stage).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
    });
    const format = JSON.parse(String(Object(stage?.AccessLogSettings).Format));
    expect(format).toMatchObject({ integrationRequestId: '$context.integration.requestId' });
    // The access log must not contain users or inputs.
    expect(JSON.stringify(format)).not.toMatch(/claims|authorizer|path|query|userAgent/);
  });

  test('the table deletes its records when they expire', () => {
    expect(packaged.all('AWS::DynamoDB::Table')).toEqual([
      expect.objectContaining({
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
        SSESpecification: { SSEEnabled: true },
      }),
    ]);
    expect(packaged.text('IdempotencyTable')).not.toContain('PointInTimeRecovery');
  });

  test('packaging warns once that any token may call the tools', () => {
    expect(packaged.output.split('REQUIRED_SCOPE is not set: any token of the issuer')).toHaveLength(2);
  });

  test('the outputs contain the values for the next steps of the operator', () => {
    expect(Object.keys(packaged.template.Outputs)).toEqual(
      expect.arrayContaining(['ApiUrl', 'McpUrl', 'GatewayUrl', 'DashboardUrl', 'LogGroupName']),
    );
  });

  test('each condition that an operator must know has an alarm', () => {
    expect([...ofType(packaged.template, 'AWS::CloudWatch::Alarm').keys()]).toEqual(
      expect.arrayContaining([
        'InternalErrorAlarm',
        'NotConfiguredAlarm',
        'ScalekitUnavailableAlarm',
        'OutcomeUnknownAlarm',
        'ForbiddenAlarm',
        'UnauthenticatedAlarm',
        'ApiRefusalsAlarm',
        'SlowCallsAlarm',
        'BreakdownsAlarm',
        'ApiThrottlesAlarm',
        'ThrottlesAlarm1',
      ]),
    );
    // The runbook must explain each alarm.
    for (const id of ofType(packaged.template, 'AWS::CloudWatch::Alarm').keys())
      expect(runbook).toContain(`| \`${id.replace(/\d+$/, '…')}\` |`);
    const watched = packaged
      .all('AWS::CloudWatch::Alarm')
      .flatMap((alarm) => JSON.stringify(alarm).match(/"MetricName":"Throttles"/g) ?? []);
    expect(watched).toHaveLength(packaged.all('AWS::Lambda::Function').length);
  });
});

describe('for production, with all optional features', () => {
  const keyOf = (id: string) => `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${id}`;
  const [secretsKey, tableKey, logsKey] = [keyOf('of-secrets'), keyOf('of-table'), keyOf('of-logs')];
  const boundary = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
  const topic = `arn:aws:sns:eu-west-1:${ACCOUNT}:alarms`;
  const packaged = packagedAs({
    stage: 'prod',
    parameters: {
      ...few,
      bedrockAgents: 'true',
      bedrockModel: 'eu.amazon.nova-pro-v1:0',
      vpcSubnetIds: 'subnet-1,subnet-2',
      vpcSecurityGroupIds: 'sg-1',
      permissionsBoundary: boundary,
      secretsKey,
      tableKey,
      tableRecovery: 'true',
      logsKey,
      blockPublicAccess: 'true',
      reservedConcurrency: '5',
      alarmTopic: topic,
      tags: 'team=agents,cost-center=42',
      corsOrigins: 'https://app.example.com',
      logRetentionDays: '90',
    },
    settings: { ...SETTINGS, ...SECRETS },
  });

  test('each function has only the settings that it reads', () => {
    const variables = new Map(
      packaged
        .all('AWS::Lambda::Function')
        .map(({ FunctionName, Environment }) => [
          String(FunctionName).replace('scalekit-lambda-tools-prod-', ''),
          Object(Environment).Variables,
        ]),
    );

    expect(variables.get('interceptor')).toEqual({ POWERTOOLS_SERVICE_NAME: 'scalekit-lambda-tools-prod' });
    for (const { name, effect } of fewTools) {
      expect(variables.get(name)).toMatchObject({
        SCALEKIT_CLIENT_SECRET_ARN: SETTINGS.SCALEKIT_CLIENT_SECRET_ARN,
        OIDC_ISSUER: SETTINGS.OIDC_ISSUER,
        CONNECT_URL: SETTINGS.CONNECT_URL,
        IDENTITY_TEMPLATE: SETTINGS.IDENTITY_TEMPLATE,
      });
      expect('IDEMPOTENCY_TABLE' in variables.get(name)).toBe(effect !== 'read');
    }
  });

  test('there are no warnings', () => {
    expect(packaged.output).not.toContain('REQUIRED_SCOPE');
  });

  test('the ARNs of the secrets come from the settings', () => {
    expect(packaged.text('ReadRole')).toContain(`"${SETTINGS.SCALEKIT_CLIENT_SECRET_ARN}"`);
    const onlyForSecrets = '{"StringEquals":{"kms:ViaService":"secretsmanager.eu-west-1.amazonaws.com"}}';
    for (const role of ['ReadRole', 'WriteRole', 'AccountsRole', 'McpRole'])
      expect(packaged.text(role)).toContain(
        `"Action":["kms:Decrypt"],"Resource":"${secretsKey}","Condition":${onlyForSecrets}`,
      );
    for (const role of ['DiscoveryRole', 'InterceptorRole'])
      expect(packaged.text(role)).not.toContain('kms:');
  });

  test("the table has the operator's key and backups, and only the roles that use the table may use the key", () => {
    expect(packaged.all('AWS::DynamoDB::Table')).toEqual([
      expect.objectContaining({
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: tableKey },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    ]);
    const onlyForTables = '{"StringEquals":{"kms:ViaService":"dynamodb.eu-west-1.amazonaws.com"}}';
    for (const role of ['WriteRole', 'AccountsRole'])
      expect(packaged.text(role)).toContain(
        `"Action":["kms:Decrypt"],"Resource":"${tableKey}","Condition":${onlyForTables}`,
      );
    for (const role of ['ReadRole', 'McpRole']) expect(packaged.text(role)).not.toContain(tableKey);
  });

  test("both log groups have the operator's key, and the bucket blocks public access", () => {
    const groups = packaged.all('AWS::Logs::LogGroup');

    expect(groups).toHaveLength(2);
    for (const group of groups) expect(group).toMatchObject({ KmsKeyId: logsKey, RetentionInDays: 90 });
    expect(packaged.all('AWS::S3::Bucket')).toEqual([
      expect.objectContaining({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      }),
    ]);
  });

  test('each connector has an agent, with a group for each tool', () => {
    const connectors = new Set(fewTools.map((tool) => tool.connector.name));
    const agents = packaged.all('AWS::Bedrock::Agent');

    expect(agents.map(({ AgentName }) => AgentName)).toEqual(
      expect.arrayContaining([...connectors].map((name) => `scalekit-lambda-tools-prod-${name}`)),
    );
    expect(agents.flatMap(({ ActionGroups }) => ActionGroups)).toHaveLength(fewTools.length);
    const ofBedrock = packaged
      .all('AWS::Lambda::Permission')
      .filter(({ Principal }) => Principal === 'bedrock.amazonaws.com');
    expect(ofBedrock).toHaveLength(fewTools.length);
    expect(Object.keys(packaged.template.Outputs).filter((name) => /^Agent.*Id$/.test(name))).toHaveLength(
      agents.length,
    );
  });

  test('functions run in the VPC, with the permissions boundary and the concurrency limit', () => {
    for (const lambda of packaged.all('AWS::Lambda::Function'))
      expect(lambda.VpcConfig).toEqual({ SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] });
    for (const role of packaged.all('AWS::IAM::Role'))
      expect(role).toMatchObject({ PermissionsBoundary: boundary });
    const reserved = packaged
      .all('AWS::Lambda::Function')
      .filter((lambda) => lambda.ReservedConcurrentExecutions === 5);
    expect(reserved).toHaveLength(fewTools.length);
  });

  test('a function cannot use the permissions that Lambda needs for the VPC', () => {
    expect(packaged.text('ReadRole')).toMatch(/"Effect":"Deny","Action":\["ec2:CreateNetworkInterface"/);
  });

  test('alarms notify the topic', () => {
    for (const alarm of packaged.all('AWS::CloudWatch::Alarm'))
      expect(alarm).toMatchObject({ AlarmActions: [topic] });
  });

  test('web pages of the allowed origin may send and read our headers', () => {
    expect(packaged.all('AWS::ApiGatewayV2::Api')[0]?.CorsConfiguration).toMatchObject({
      AllowOrigins: ['https://app.example.com'],
      AllowHeaders: expect.arrayContaining([
        'authorization',
        'content-type',
        'idempotency-key',
        'x-identifier',
      ]),
      ExposeHeaders: ['x-request-id', 'retry-after', 'idempotent-replayed'],
      AllowMethods: ['GET', 'POST', 'DELETE', 'OPTIONS'],
    });
  });

  test('no name contains the name of another stage', () => {
    const named = /"(FunctionName|LogGroupName|LogGroup|DashboardName|AgentName|Name)":"([^"]*)"/g;
    const names = [...JSON.stringify(packaged.template.Resources).matchAll(named)].map(([, , name]) => name);

    expect(names.filter((name) => name?.includes('scalekit-lambda-tools')).length).toBeGreaterThan(
      fewTools.length,
    );
    expect(names.filter((name) => name?.includes('-dev'))).toEqual([]);
    // CloudFormation must generate these names. With fixed names, two stacks would conflict.
    expect(JSON.stringify(packaged.template.Resources)).not.toMatch(
      /"(RoleName|ManagedPolicyName|AlarmName|TableName)"/,
    );
  });
});

describe('without AgentCore', () => {
  const packaged = packagedAs({
    parameters: { ...few, agentCore: 'false', SCALEKIT_CLIENT_ID: 'skc_of_the_stage' },
    settings: { SCALEKIT_CLIENT_ID: 'skc_of_the_environment' },
  });

  test('a parameter takes precedence over the environment variable', () => {
    expect(JSON.stringify(packaged.template.Resources)).toContain('"SCALEKIT_CLIENT_ID":"skc_of_the_stage"');
    expect(JSON.stringify(packaged.template.Resources)).not.toContain('skc_of_the_environment');
  });

  test('there is no gateway and no interceptor', () => {
    expect(JSON.stringify(packaged.template.Resources)).not.toMatch(/AgentCore|Interceptor/);
    expect(packaged.template.Outputs).not.toHaveProperty('GatewayUrl');
  });

  test('only selected tools have functions, and MCP offers no other tools', () => {
    expect(routeKeys(packaged.all('AWS::ApiGatewayV2::Route'))).toEqual([
      ...fewNames.map((name) => `POST /tools/${name}`),
      ...COMMON_ROUTES,
    ]);
    expect(packaged.text('McpInvokePolicy1')?.match(/:function:[\w-]+/g)).toHaveLength(fewNames.length);
  });
});

describe('with requests signed by IAM principals', () => {
  const packaged = packagedAs({ parameters: { ...few, auth: 'iam' }, settings: { DELEGATION_ROLES } });

  test('every route accepts IAM principals, and only the named roles may name the user', () => {
    expect(packaged.all('AWS::ApiGatewayV2::Authorizer')).toEqual([]);
    for (const { AuthorizationType } of packaged.all('AWS::ApiGatewayV2::Route'))
      expect(AuthorizationType).toBe('AWS_IAM');
    for (const { FunctionName, Environment } of packaged.all('AWS::Lambda::Function')) {
      const knowsCallers = !/-interceptor$/.test(String(FunctionName));
      expect(Object(Environment).Variables.DELEGATION_ROLES).toBe(
        knowsCallers ? DELEGATION_ROLES : undefined,
      );
    }
  });
});

describe('with an existing API and its Lambda authorizer', () => {
  const packaged = packagedAs({
    parameters: { ...few, auth: 'lambda', httpApiId: 'a1b2c3', authorizerId: 'z9y8x7' },
  });

  test('the stack adds the routes to the existing API, with the authorizer of this API', () => {
    expect(packaged.all('AWS::ApiGatewayV2::Api')).toEqual([]);
    for (const route of guardedRoutes(packaged)) {
      expect(route.ApiId).toBe('a1b2c3');
      expect(route).toMatchObject({ AuthorizationType: 'CUSTOM', AuthorizerId: 'z9y8x7' });
    }
    expect(JSON.stringify(packaged.template.Outputs.ApiUrl)).toContain('https://a1b2c3.execute-api.');
  });
});

describe('as a second stack on the API of another stack', () => {
  const packaged = packagedAs({
    parameters: { ...few, httpApiId: 'a1b2c3', authorizerId: 'z9y8x7', sharedFunctions: 'false' },
  });

  test('the stack has only the routes of its tools, and its own gateway', () => {
    expect(routeKeys(packaged.all('AWS::ApiGatewayV2::Route'))).toEqual(
      fewNames.map((name) => `POST /tools/${name}`),
    );
    expect(packaged.all('AWS::BedrockAgentCore::Gateway')).toHaveLength(1);
    expect(packaged.template.Outputs).not.toHaveProperty('McpUrl');
  });
});

describe('with an existing API, and an authorizer that the stack creates', () => {
  const packaged = packagedAs({ parameters: { ...few, httpApiId: 'a1b2c3' } });

  test('the stack adds a JWT authorizer to the existing API, and the routes of the tools use this authorizer', () => {
    expect(packaged.all('AWS::ApiGatewayV2::Authorizer')).toEqual([
      expect.objectContaining({ ApiId: 'a1b2c3', AuthorizerType: 'JWT' }),
    ]);
    for (const route of packaged.all('AWS::ApiGatewayV2::Route').slice(0, fewNames.length))
      expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: { Ref: 'JwtAuthorizer' } });
  });
});

// Each case is one example of a kind of fault or warning that Serverless prints. The tests in test/lib/deploy/ cover
// all faults and warnings.
describe('if the configuration is impossible', () => {
  const refused = (packaging: Packaging, command?: string) => project.serverless(packaging, command);

  test.each([
    [{ auth: 'none' }, 'The parameter auth is malformed; it should hold jwt, lambda or iam.'],
    [{ tools: 'gmial_*' }, 'No tool name matches gmial_*.'],
    [{ readonly: 'true' }, 'There is no parameter readonly. Use readOnly.'],
  ])('the parameters %j are rejected once, and the error states the fix', async (parameters, message) => {
    const { code, output } = await refused({ parameters });

    expect(code).toBe(1);
    expect(output.split(message)).toHaveLength(2);
  });

  test('a deployment without settings is rejected at the start, with all missing settings', async () => {
    const { code, output } = await refused({ parameters: few }, 'deploy');

    expect(code).toBe(1);
    for (const name of Object.keys(SETTINGS).slice(0, 6))
      expect(output).toContain(`${name} is not set; it should hold`);
    expect(output).not.toContain('SCALEKIT_CLIENT_SECRET is');
    expect(output).not.toContain('IDEMPOTENCY_TABLE');
  });

  test('a package with two malformed settings is rejected with an error for each, after a warning about links to Scalekit', async () => {
    const { code, output } = await refused({
      stage: 'prod',
      parameters: few,
      settings: { SCALEKIT_ENV_URL: 'http://acme.test', USER_VERIFY_URL: 'none' },
    });

    expect(code).toBe(1);
    expect(output).toContain(
      'SCALEKIT_ENV_URL is malformed; it should hold the URL of the Scalekit environment',
    );
    expect(output).toContain(
      'USER_VERIFY_URL must not be none outside the stage dev; it should hold the https URL to which the user returns after consent',
    );
    expect(output.split('CONNECT_URL is not set: ')).toHaveLength(2);
  });
});
