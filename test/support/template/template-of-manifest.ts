import type { Manifest } from '../../../lib/deploy/manifest.ts';
import { Template } from './template.ts';

type Entry = Manifest['functions'][number];
type Access = Entry['iam'][number];

const BUCKET = 'artifacts';
const SECRET = (name: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-AbCdEf`;

/** Returns a CloudFormation template that is made without Serverless, only from the manifest and the zip files. */
export function templateOfManifest(manifest: Manifest): Template {
  const Resources: Record<string, object> = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'tools', ProtocolType: 'HTTP' } },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: { Ref: 'Api' },
        Name: 'jwt',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['tools'] },
      },
    },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
      },
    },
    LogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
  };
  for (const entry of manifest.functions) Object.assign(Resources, resourcesOf(entry, manifest));
  return Template.parse({ AWSTemplateFormatVersion: '2010-09-09', Resources });
}

function resourcesOf(entry: Entry, manifest: Manifest): Record<string, object> {
  const id = entry.name.replaceAll('_', '0');
  const resources: Record<string, object> = {
    [`${id}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: policy([
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ]),
        Policies: [
          {
            PolicyName: 'access',
            PolicyDocument: policy([...manifest.iam.common, ...entry.iam].map(statement)),
          },
        ],
      },
    },
    [`${id}Function`]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: entry.name,
        Description: entry.description,
        Runtime: manifest.runtime,
        Architectures: [manifest.architecture],
        Handler: entry.handler,
        Code: { S3Bucket: BUCKET, S3Key: entry.zip },
        Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
        MemorySize: entry.memoryMb,
        Timeout: entry.timeoutSeconds,
        LoggingConfig: { LogGroup: { Ref: 'LogGroup' } },
        TracingConfig: { Mode: 'Active' },
        Environment: { Variables: Object.fromEntries(entry.settings.flatMap(required)) },
      },
    },
  };
  for (const [index, { method, path, isOpen }] of entry.routes.entries()) {
    resources[`${id}Route${index}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: `${method} ${path}`,
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: `${id}Integration` }]] },
        ...(!isOpen && { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' } }),
      },
    };
    resources[`${id}Integration`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': [`${id}Function`, 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    };
  }
  return resources;

  function statement({ actions, resource, keys }: Access) {
    const arns: Record<Access['resource'], unknown> = {
      logGroup: { 'Fn::GetAtt': ['LogGroup', 'Arn'] },
      everything: '*',
      clientSecret: SECRET('client'),
      table: { 'Fn::GetAtt': ['Table', 'Arn'] },
      toolFunctions: manifest.functions.flatMap(({ name, tool }) => (tool ? [functionArn(name)] : [])),
    };
    return {
      Effect: 'Allow',
      Action: actions,
      Resource: arns[resource],
      ...(keys && {
        Condition: Object.fromEntries(
          Object.entries(keys).map(([operator, patterns]) => [
            `ForAllValues:${operator}`,
            { 'dynamodb:LeadingKeys': patterns },
          ]),
        ),
      }),
    };
  }
}

function functionArn(name: string) {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${name}` };
}

function policy(statements: readonly object[]) {
  return { Version: '2012-10-17', Statement: statements };
}

function required({ name, required: isRequired }: Entry['settings'][number]): [string, unknown][] {
  if (!isRequired) return [];
  if (name === 'IDEMPOTENCY_TABLE') return [[name, { Ref: 'Table' }]];
  return [[name, name.endsWith('_ARN') ? SECRET('client') : 'https://acme.scalekit.com']];
}
