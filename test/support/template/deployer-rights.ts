import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Template } from './template.ts';

const OneOrMore = z.union([z.string(), z.array(z.string())]).transform((items) => [items].flat());
const Policy = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Sid: z.string(),
      Effect: z.literal('Allow'),
      Action: z.array(z.string()),
      Resource: OneOrMore,
      Condition: z.unknown().optional(),
    }),
  ),
});
export type DeployerPolicy = z.output<typeof Policy>;

const FILE = join(import.meta.dirname, '../../../docs/deployer-policy.json');
const STACK = 'scalekit-lambda-tools-prod';
const PLACE = 'eu-west-1:123456789012';

/** Reads the IAM policy for people who deploy, from the runbook. */
export async function readDeployerPolicy(): Promise<DeployerPolicy> {
  return Policy.parse(JSON.parse(await readFile(FILE, 'utf8')));
}

interface Rights {
  /** The actions that a person who deploys needs on the resource. */
  actions: readonly string[];
  /** Returns the ARN of a resource of this type, from its properties and its logical ID. */
  arn(properties: Readonly<Record<string, unknown>>, id: string): string;
  /** The actions that IAM can allow only for all resources together. */
  anywhere?: readonly string[];
}

const s3 = prefixed('s3');
const lambda = prefixed('lambda');
const logs = prefixed('logs');
const iam = prefixed('iam');
const cloudwatch = prefixed('cloudwatch');
const agentCore = prefixed('bedrock-agentcore');

const api = {
  arn: () => 'arn:aws:apigateway:eu-west-1::/apis/a1b2c3',
  actions: prefixed('apigateway')('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
};
/** CloudFormation gives a resource without a name such a name, from the stack and the logical ID. */
const generated = (id: string) => `${STACK}-${id}-A1B2C3D4E5F6`;
const role = (_: unknown, id: string) => `arn:aws:iam::123456789012:role/${generated(id)}`;
const bucket = () => 'arn:aws:s3:::scalekit-lambda-tools-pr-serverlessdeploymentbucket-a1b2c3d4e5f6';
const functionArn = ({ FunctionName }: Readonly<Record<string, unknown>>) =>
  `arn:aws:lambda:${PLACE}:function:${typeof FunctionName === 'string' ? FunctionName : `${STACK}-a`}`;
const logGroup = ({ LogGroupName }: Readonly<Record<string, unknown>>) =>
  `arn:aws:logs:${PLACE}:log-group:${typeof LogGroupName === 'string' ? LogGroupName : `/aws/lambda/${STACK}`}`;
const gateway = () => `arn:aws:bedrock-agentcore:${PLACE}:gateway/${STACK}-a1b2c3d4e5`;

/**
 * The actions that CloudFormation needs to create, read, change, tag and delete a resource of each type.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html, `handlers`
 */
const RIGHTS: Readonly<Record<string, Rights>> = {
  'AWS::S3::Bucket': {
    arn: bucket,
    actions: s3(
      'CreateBucket',
      'DeleteBucket',
      'PutBucketTagging',
      ...each('EncryptionConfiguration', 'Get', 'Put'),
    ),
  },
  'AWS::S3::BucketPolicy': { arn: bucket, actions: s3(...each('BucketPolicy', 'Get', 'Put', 'Delete')) },
  'AWS::Lambda::Function': {
    arn: functionArn,
    actions: lambda(
      ...each('Function', 'Create', 'Get', 'Delete'),
      ...each('FunctionConcurrency', 'Put', 'Delete'),
      ...each('Resource', 'Tag', 'Untag'),
      'ListTags',
      'UpdateFunctionCode',
      'UpdateFunctionConfiguration',
    ),
    anywhere: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
  },
  'AWS::Lambda::Permission': {
    arn: functionArn,
    actions: lambda('GetPolicy', ...each('Permission', 'Add', 'Remove')),
  },
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Authorizer': api,
  'AWS::ApiGatewayV2::Integration': api,
  'AWS::ApiGatewayV2::Route': api,
  'AWS::ApiGatewayV2::Stage': {
    ...api,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
    anywhere: logs(
      ...each('LogDelivery', 'Create', 'Get', 'Update', 'Delete'),
      'ListLogDeliveries',
      'DescribeLogGroups',
      'DescribeResourcePolicies',
      'PutResourcePolicy',
    ),
  },
  'AWS::Logs::LogGroup': {
    arn: logGroup,
    actions: logs(
      ...each('LogGroup', 'Create', 'Delete'),
      ...each('RetentionPolicy', 'Put', 'Delete'),
      ...each('Resource', 'Tag', 'Untag'),
      'ListTagsForResource',
    ),
    anywhere: ['logs:DescribeLogGroups'],
  },
  'AWS::Logs::MetricFilter': {
    arn: logGroup,
    actions: logs(...each('MetricFilter', 'Put', 'Delete'), 'DescribeMetricFilters'),
  },
  'AWS::DynamoDB::Table': {
    arn: (_, id) => `arn:aws:dynamodb:${PLACE}:table/${generated(id)}`,
    actions: prefixed('dynamodb')(
      ...each('Table', 'Create', 'Describe', 'Update', 'Delete'),
      ...each('TimeToLive', 'Describe', 'Update'),
      ...each('Resource', 'Tag', 'Untag'),
      'DescribeContinuousBackups',
      'GetResourcePolicy',
      'ListTagsOfResource',
    ),
  },
  'AWS::IAM::Role': {
    arn: role,
    actions: iam(
      ...each('Role', 'Create', 'Get', 'Update', 'Delete', 'Tag', 'Untag', 'Pass'),
      ...each('RolePolicy', 'Attach', 'Detach', 'Put', 'Get', 'Delete'),
      ...each('RolePermissionsBoundary', 'Put', 'Delete'),
      'UpdateAssumeRolePolicy',
      'ListAttachedRolePolicies',
      'ListRolePolicies',
    ),
  },
  'AWS::IAM::ManagedPolicy': {
    arn: (_, id) => `arn:aws:iam::123456789012:policy/${generated(id)}`,
    actions: iam(
      ...each('Policy', 'Create', 'Get', 'Delete', 'Tag', 'Untag'),
      ...each('PolicyVersion', 'Create', 'Get', 'Delete'),
      'ListEntitiesForPolicy',
      'ListPolicyVersions',
    ),
  },
  'AWS::CloudWatch::Dashboard': {
    arn: ({ DashboardName }) => `arn:aws:cloudwatch::123456789012:dashboard/${DashboardName}`,
    actions: cloudwatch('PutDashboard', 'GetDashboard', 'DeleteDashboards'),
  },
  'AWS::CloudWatch::Alarm': {
    arn: (_, id) => `arn:aws:cloudwatch:${PLACE}:alarm:${generated(id)}`,
    actions: cloudwatch(
      'PutMetricAlarm',
      'DescribeAlarms',
      'DeleteAlarms',
      'ListTagsForResource',
      ...each('Resource', 'Tag', 'Untag'),
    ),
  },
  'AWS::BedrockAgentCore::Gateway': {
    arn: gateway,
    actions: agentCore(
      ...each('Gateway', 'Get', 'Update', 'Delete'),
      ...each('Resource', 'Tag', 'Untag'),
      'ListTagsForResource',
    ),
    anywhere: ['bedrock-agentcore:CreateGateway'],
  },
  'AWS::BedrockAgentCore::GatewayTarget': {
    arn: gateway,
    actions: agentCore(
      ...each('GatewayTarget', 'Create', 'Get', 'Update', 'Delete'),
      'ListGatewayTargets',
      'SynchronizeGatewayTargets',
    ),
  },
  'AWS::BedrockAgentCore::GatewayRateLimit': {
    arn: gateway,
    actions: agentCore(
      ...each('GatewayRateLimit', 'Create', 'Get', 'Update', 'Delete'),
      'ListGatewayRateLimits',
    ),
  },
  'AWS::Bedrock::Agent': {
    arn: () => `arn:aws:bedrock:${PLACE}:agent/ABCDEFGHIJ`,
    actions: prefixed('bedrock')(
      ...each('Agent', 'Get', 'Update', 'Delete', 'Prepare'),
      ...each('AgentActionGroup', 'Create', 'Get', 'Update', 'Delete'),
      ...each('Resource', 'Tag', 'Untag'),
      'ListAgentActionGroups',
      'ListTagsForResource',
    ),
    anywhere: ['bedrock:CreateAgent'],
  },
};

/** Actions on things that are not resources of the template. */
const BESIDES: readonly Rights[] = [
  // Serverless itself needs these actions: https://github.com/oss-serverless/osls, lib/plugins/aws
  {
    arn: () => `arn:aws:cloudformation:${PLACE}:stack/${STACK}/a1b2`,
    actions: prefixed('cloudformation')(
      ...each('ChangeSet', 'Create', 'Describe', 'Execute', 'Delete'),
      ...each('Stack', 'Create', 'Update', 'Delete'),
      ...each('Resource', 'Tag', 'Untag'),
      'DescribeStackEvents',
      'DescribeStackResource',
      'DescribeStacks',
      'GetTemplate',
      'ListStackResources',
      'SetStackPolicy',
    ),
    anywhere: ['cloudformation:ValidateTemplate'],
  },
  {
    arn: bucket,
    actions: s3('GetBucketLocation', 'ListBucket', 'ListBucketVersions'),
  },
  {
    arn: () => `${bucket()}/serverless/scalekit-lambda-tools/prod/mcp.zip`,
    actions: s3(...each('Object', 'Get', 'Put', 'Delete'), 'DeleteObjectVersion'),
  },
  // A gateway has a workload identity. It can also have a policy engine.
  // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-permissions.html
  {
    arn: () =>
      `arn:aws:bedrock-agentcore:${PLACE}:workload-identity-directory/default/workload-identity/${STACK}`,
    actions: agentCore(...each('WorkloadIdentity', 'Create', 'Get', 'Update', 'Delete')),
  },
  {
    arn: () => `arn:aws:bedrock-agentcore:${PLACE}:policy-engine/tools-a1b2c3d4e5`,
    actions: agentCore('GetPolicyEngine'),
  },
  // The runbook's commands for the client secret need these actions.
  {
    arn: () => `arn:aws:secretsmanager:${PLACE}:secret:scalekit/client-secret-AbCdEf`,
    actions: prefixed('secretsmanager')('CreateSecret', 'PutSecretValue', 'DeleteSecret'),
  },
];

/** Returns the actions that a deployment of the template needs, but that the policy does not allow. */
export function rightFaults({ Statement }: DeployerPolicy, { Resources }: Template): string[] {
  const needed = Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    const rights = RIGHTS[Type];
    return rights ? required(rights, Properties, id) : [{ action: `any action on ${Type}`, arn: id }];
  });
  const faults = [...needed, ...BESIDES.flatMap((rights) => required(rights, {}, ''))]
    .filter(({ action, arn }) => !Statement.some((statement) => allows(statement, action, arn)))
    .map(({ action, arn }) => `${action} on ${arn} is not allowed`);
  return [...new Set(faults)];
}

/** Returns the actions of the policy that no resource needs. */
export function unneededActions({ Statement }: DeployerPolicy): string[] {
  const needed = [...Object.values(RIGHTS), ...BESIDES].flatMap(({ actions, anywhere = [] }) => [
    ...actions,
    ...anywhere,
  ]);
  return Statement.flatMap(({ Action }) => Action).filter(
    (pattern) => !needed.some((action) => fits(pattern, action)),
  );
}

function required(
  { actions, arn, anywhere = [] }: Rights,
  properties: Readonly<Record<string, unknown>>,
  id: string,
) {
  return [
    ...actions.map((action) => ({ action, arn: arn(properties, id) })),
    ...anywhere.map((action) => ({ action, arn: '*' })),
  ];
}

function allows(
  { Action, Resource }: DeployerPolicy['Statement'][number],
  action: string,
  arn: string,
): boolean {
  return Action.some((pattern) => fits(pattern, action)) && Resource.some((pattern) => fits(pattern, arn));
}

/**
 * Returns true if the text matches the pattern, in which `*` stands for any text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

function each(noun: string, ...verbs: string[]): string[] {
  return verbs.map((verb) => verb + noun);
}

function prefixed(service: string) {
  return (...names: string[]) => names.map((name) => `${service}:${name}`);
}
