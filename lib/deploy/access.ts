import type { Access } from '../function-declaration.ts';

/** A permission: actions on a resource. */
export interface AccessRule {
  actions: readonly string[];
  resource: 'logGroup' | 'everything' | 'clientSecret' | 'table' | 'toolFunctions';
  /** For tables: the IAM conditions on the partition keys that the actions may use, by IAM operator. */
  keys?: Partial<Record<'StringLike' | 'StringNotLike', readonly string[]>>;
  /** The reason why AWS does not allow a narrower resource. */
  reason?: string;
}

const STATES = 'state#*';

/** The permissions that only some types of functions need. */
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

/** The permissions of every function. */
export const COMMON_ACCESS: readonly AccessRule[] = [
  { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resource: 'logGroup' },
  {
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resource: 'everything',
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
    reason: 'X-Ray has no resources to name',
  },
];

/** Additional permissions of a function in a VPC. Lambda uses the function's role for its network. */
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
