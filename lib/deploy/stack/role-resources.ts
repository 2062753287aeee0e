import { toolFunctionName } from '../../mcp/tool-function-name.ts';
import { ACCESS, type AccessRule, COMMON_ACCESS, VPC_ACCESS } from '../access.ts';
import { FUNCTION_KINDS, type FunctionKind } from '../function-kinds.ts';
import { arnOf, type CloudFormationValue, type Resources, ref, sub } from './cloudformation.ts';
import type { Deployment } from './deployment.ts';

const POLICY_VERSION = '2012-10-17';
// A policy holds 6,144 characters, and a name of a function with what is around it up to 130.
const FUNCTIONS_PER_POLICY = 40;
// A deployment without the setting fails before it gets here.
const NOT_SET = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:not-set';

/** The logical ID of the role of a kind of function. */
export const roleOf = (kind: FunctionKind) => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Role`;

/** A role for each kind of function that there is, with what that kind needs and no more. */
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
 * A role that a service of AWS assumes.
 * @param trust the service, and what must be true of the request that it acts on
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
 * The policies with which a role may invoke the functions of tools: several, since each holds so many characters.
 * @param name what their logical IDs begin with
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
  const { vpcSubnetIds, secretsKey } = deployment.parameters;
  const { access } = FUNCTION_KINDS[kind];
  const inVpc = vpcSubnetIds.length > 0;
  const rules: AccessRule[] = [
    ...COMMON_ACCESS,
    ...access.map((name) => ACCESS[name]),
    ...(inVpc ? [VPC_ACCESS] : []),
  ];
  const resources = accessResources(deployment);
  const readsSecret = rules.some(({ resource }) => resource.endsWith('Secret'));
  return [
    ...rules.flatMap((rule) => {
      // In policies of their own.
      if (rule.resource === 'toolFunctions') return [];
      return [statementOf(rule, rule.resource === 'everything' ? '*' : resources[rule.resource])];
    }),
    // AWS's own key of Secrets Manager lets whoever may read the secret decrypt it.
    ...(secretsKey && readsSecret ? [decryptSecrets(secretsKey)] : []),
    ...(inVpc ? [notByTheFunction(deployment)] : []),
  ];
}

/**
 * The right to decrypt with a key, only for Secrets Manager, in the region of the key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
function decryptSecrets(keyArn: string) {
  const [, , , region] = keyArn.split(':');
  return {
    Effect: 'Allow',
    Action: ['kms:Decrypt'],
    Resource: keyArn,
    Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
  };
}

/** Only Lambda itself uses the rights to the network, not the code of the function. */
function notByTheFunction({ functionNamePrefix }: Deployment) {
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

/** What stands for each kind of resource in a template. */
type AccessResources = Readonly<
  Record<Exclude<AccessRule['resource'], 'everything' | 'toolFunctions'>, CloudFormationValue>
>;

/** The statement of a policy. */
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
