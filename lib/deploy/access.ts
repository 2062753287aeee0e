import type { Access } from '../function-declaration.ts';

/** What a function may do, and with what. */
export interface AccessRule {
  actions: readonly string[];
  resource: 'logGroup' | 'everything' | 'clientSecret' | 'table' | 'toolFunctions';
  /** Of a table, only items whose partition keys are so, by an operator of IAM. */
  keys?: Partial<Record<'StringLike' | 'StringNotLike', readonly string[]>>;
  /** Why AWS lets nobody narrow the resource. */
  reason?: string;
}

const STATES = 'state#*';

/** What some kinds of functions may do. */
export const ACCESS: Readonly<Record<Access, AccessRule>> = {
  clientSecret: { actions: ['secretsmanager:GetSecretValue'], resource: 'clientSecret' },
  writes: {
    actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem'],
    resource: 'table',
    keys: { StringNotLike: [STATES] },
  },
  consentStates: {
    actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    resource: 'table',
    keys: { StringLike: [STATES] },
  },
  tools: { actions: ['lambda:InvokeFunction'], resource: 'toolFunctions' },
};

/** What every function may do. */
export const COMMON_ACCESS: readonly AccessRule[] = [
  { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resource: 'logGroup' },
  {
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resource: 'everything',
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
    reason: 'X-Ray has no resources to name',
  },
];

/** What a function in a VPC may do besides: Lambda acts with its role there. */
export const VPC_ACCESS: AccessRule = {
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  resource: 'everything',
  reason: 'Lambda refuses a function whose role may not do these for every interface',
};
