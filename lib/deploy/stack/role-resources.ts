import { toolFunctionName } from '../../function-declaration.ts';
import { ACCESS, type AccessRule, COMMON_ACCESS, VPC_ACCESS } from '../access.ts';
import { FUNCTION_KINDS, type FunctionKind } from '../function-kinds.ts';
import { arnOf, type CloudFormationValue, type Resources, ref, sub } from './cloudformation.ts';
import type { Deployment } from './deployment.ts';

const POLICY_VERSION = '2012-10-17';
// A policy has at most 6,144 characters, and the ARN of one function needs up to 130.
const FUNCTIONS_PER_POLICY = 40;
// A placeholder for a missing setting. The plugin rejects a deployment without this setting.
const NOT_SET = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:not-set';

/** Returns the logical ID of the role for a type of function. */
export const roleOf = (kind: FunctionKind) => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Role`;

/**
 * Returns a role for each type of function in the deployment. Each role has only the permissions that its functions
 * need.
 */
export function roleResources(deployment: Deployment): Resources {
  const kinds = new Set(deployment.functions.map(({ kind }) => kind));
  const resources: Resources = {};
  for (const kind of kinds) {
    resources[roleOf(kind)] = role(
      deployment,
      { service: 'lambda.amazonaws.com' },
      statementsOf(kind, deployment),
    );
    if (FUNCTION_KINDS[kind].access.includes('tools')) {
      const names = deployment.tools.map(({ tool }) => tool.name);
      Object.assign(resources, invokePolicies('Mcp', ref(roleOf(kind)), names, deployment));
    }
  }
  return resources;
}

/**
 * Returns a role that an AWS service assumes.
 * @param trust the service, and a condition on its requests
 */
export function role(
  { parameters }: Deployment,
  { service, condition }: { service: string; condition?: Readonly<Record<string, CloudFormationValue>> },
  statements: readonly object[],
) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: policyDocument([
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sts:AssumeRole',
          ...(condition && { Condition: condition }),
        },
      ]),
      ...(parameters.permissionsBoundary && { PermissionsBoundary: parameters.permissionsBoundary }),
      ...(statements.length > 0 && {
        Policies: [{ PolicyName: 'access', PolicyDocument: policyDocument(statements) }],
      }),
    },
  };
}

/**
 * Returns the policies that let a role invoke the tools' functions. There may be several policies, because AWS limits
 * the size of a policy.
 * @param name the prefix of the policies' logical IDs
 */
export function invokePolicies(
  name: string,
  roleName: CloudFormationValue,
  toolNames: readonly string[],
  { functionNamePrefix }: Deployment,
): Resources {
  const resources: Resources = {};
  for (let first = 0; first < toolNames.length; first += FUNCTIONS_PER_POLICY) {
    const arns = toolNames
      .slice(first, first + FUNCTIONS_PER_POLICY)
      .map((tool) => functionArn(toolFunctionName(functionNamePrefix, tool)));
    resources[`${name}InvokePolicy${first / FUNCTIONS_PER_POLICY + 1}`] = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: policyDocument([{ Effect: 'Allow', Action: ACCESS.tools.actions, Resource: arns }]),
        Roles: [roleName],
      },
    };
  }
  return resources;
}

function functionArn(functionName: string) {
  return sub(`arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${functionName}`);
}

function policyDocument(statements: readonly object[]) {
  return { Version: POLICY_VERSION, Statement: statements };
}

function statementsOf(kind: FunctionKind, deployment: Deployment): object[] {
  const { vpcSubnetIds, secretsKey, tableKey } = deployment.parameters;
  const { access } = FUNCTION_KINDS[kind];
  const inVpc = vpcSubnetIds.length > 0;
  const rules: AccessRule[] = [
    ...COMMON_ACCESS,
    ...access.map((name) => ACCESS[name]),
    ...(inVpc ? [VPC_ACCESS] : []),
  ];
  const resources = accessResources(deployment);
  const uses = (name: AccessRule['resource']) => rules.some(({ resource }) => resource === name);
  return [
    ...rules.flatMap((rule) => {
      // `invokePolicies` returns these permissions in separate policies.
      if (rule.resource === 'toolFunctions') return [];
      return [statementOf(rule, rule.resource === 'everything' ? '*' : resources[rule.resource])];
    }),
    // Only a customer-managed key needs this permission. With an AWS managed key, whoever may read a secret or an item
    // may also decrypt it.
    ...(secretsKey && uses('clientSecret') ? [decryptThrough('secretsmanager', secretsKey)] : []),
    ...(tableKey && uses('table') ? [decryptThrough('dynamodb', tableKey)] : []),
    ...(inVpc ? [denyVpcAccessToFunctionCode(deployment)] : []),
  ];
}

/**
 * Returns the permission to decrypt with a key, but only for requests that one AWS service makes in the key's region.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
function decryptThrough(service: 'secretsmanager' | 'dynamodb', keyArn: string) {
  const [, , , region] = keyArn.split(':');
  return {
    Effect: 'Allow',
    Action: ['kms:Decrypt'],
    Resource: keyArn,
    Condition: { StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } },
  };
}

/**
 * Denies the network permissions to the function's code. Lambda needs them to connect the function to the VPC, but the
 * code does not.
 */
function denyVpcAccessToFunctionCode({ functionNamePrefix }: Deployment) {
  return {
    Effect: 'Deny',
    Action: VPC_ACCESS.actions,
    Resource: '*',
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
    Condition: { ArnLike: { 'lambda:SourceFunctionArn': functionArn(`${functionNamePrefix}*`) } },
  };
}

function accessResources({ settings }: Deployment): AccessResources {
  return {
    logGroup: arnOf('LogGroup'),
    clientSecret: settings.SCALEKIT_CLIENT_SECRET_ARN || NOT_SET,
    table: arnOf('IdempotencyTable'),
  };
}

/** The ARN of each type of resource, as a value of the CloudFormation template, such as `Fn::GetAtt`. */
type AccessResources = Readonly<
  Record<Exclude<AccessRule['resource'], 'everything' | 'toolFunctions'>, CloudFormationValue>
>;

function statementOf(rule: AccessRule, resource: CloudFormationValue) {
  return {
    Effect: 'Allow',
    Action: rule.actions,
    Resource: resource,
    ...(rule.keys && {
      // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
      Condition: Object.fromEntries(
        Object.entries(rule.keys).map(([operator, keys]) => [
          `ForAllValues:${operator}`,
          { 'dynamodb:LeadingKeys': keys },
        ]),
      ),
    }),
  };
}
