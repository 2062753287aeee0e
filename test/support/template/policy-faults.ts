import * as z from 'zod';
import { ofType, type Template, valuesOf } from './template.ts';

const OneOrMore = z.union([z.string(), z.array(z.string())]).transform((items) => [items].flat());
const Statement = z.strictObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: OneOrMore,
  Resource: z.unknown().optional(),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
});
const Document = z.strictObject({ Version: z.literal('2012-10-17'), Statement: z.array(Statement) });

/** For these actions, AWS supports no narrower resource. Each entry states the reason. */
const WILDCARDS: readonly { actions: RegExp; resource: RegExp; reason: string }[] = [
  {
    actions: /^xray:Put(TraceSegments|TelemetryRecords)$/,
    resource: /^\*$/,
    reason: 'X-Ray has no resources',
  },
  {
    actions:
      /^ec2:((Create|Describe|Delete)NetworkInterfaces?|DescribeSubnets|(Una|A)ssignPrivateIpAddresses)$/,
    resource: /^\*$/,
    reason: 'Lambda refuses a role for a VPC without',
  },
  {
    actions: /^bedrock:InvokeModel$/,
    resource: /:bedrock:\*::foundation-model\/[^*]+$/,
    reason: 'the inference profile chooses the region',
  },
  {
    actions: /^bedrock-agentcore:(AuthorizeAction|PartiallyAuthorizeActions)$/,
    resource: /:gateway\/[a-z0-9-]+-\*$/,
    reason: 'the ID of the gateway is made after its role',
  },
];
const SECRET_LIKE = /secret|password|token|apikey|api_key|private/i;
// An ARN contains the name of a secret, but not its value.
const TELLS_NO_SECRET = /^SCALEKIT_CLIENT_SECRET_ARN$/;

/**
 * Returns the faults for which an operations team would reject the template. A permission must not have a wildcard
 * action, a wildcard resource without a reason, or a principal that includes everyone. Only the template's own API
 * and agents may invoke a function. An environment variable must not contain a secret.
 */
export function policyFaults(template: Template): string[] {
  return [...statementFaults(template), ...permissionFaults(template), ...environmentFaults(template)];
}

/** The condition allows a key to decrypt data only for Secrets Manager or DynamoDB. */
const ViaService = z.object({
  StringEquals: z.object({
    'kms:ViaService': z.string().regex(/^(?:secretsmanager|dynamodb)\.[a-z0-9-]+\.amazonaws\.com$/),
  }),
});

/** Returns every policy document in the template, also those in roles. */
function documents(template: Template): [string, z.output<typeof Document>][] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
    // Serverless adds this policy, which rejects unencrypted requests.
    if (Type === 'AWS::S3::BucketPolicy') return [];
    return [...valuesOf(Properties)].flatMap(([path, value]) =>
      typeof value === 'object' && value !== null && 'Statement' in value
        ? [[`${id}.${path}`, Document.parse(value)] as [string, z.output<typeof Document>]]
        : [],
    );
  });
}

function statementFaults(template: Template): string[] {
  return documents(template).flatMap(([path, document]) =>
    document.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(
      ({ Action, Resource, Principal, Condition }) => [
        ...Action.filter(
          (action) => action.startsWith('kms:') && !ViaService.safeParse(Condition).success,
        ).map((action) => `${path}: ${action} not only for one service`),
        ...Action.filter((action) => action.includes('*')).map((action) => `${path}: allows ${action}`),
        ...(JSON.stringify(Principal ?? '').includes('*') ? [`${path}: trusts everybody`] : []),
        ...wildcards(Resource).flatMap((resource) =>
          Action.flatMap((action) =>
            WILDCARDS.some((known) => known.actions.test(action) && known.resource.test(resource))
              ? []
              : [`${path}: ${action} on ${resource}`],
          ),
        ),
        ...(Resource === undefined && Principal === undefined ? [`${path}: is for no resource`] : []),
      ],
    ),
  );
}

/**
 * Returns the texts of a policy's resource that contain a wildcard. References and attributes of other resources
 * never contain one.
 */
function wildcards(resource: unknown): string[] {
  return [...valuesOf(resource)].flatMap(([, value]) =>
    typeof value === 'string' && value.includes('*') ? [value] : [],
  );
}

const Permission = z.strictObject({
  FunctionName: z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
  Action: z.literal('lambda:InvokeFunction'),
  Principal: z.enum(['apigateway.amazonaws.com', 'bedrock.amazonaws.com']),
  SourceArn: z.unknown(),
  SourceAccount: z.strictObject({ Ref: z.literal('AWS::AccountId') }).optional(),
});

function permissionFaults(template: Template): string[] {
  return [...ofType(template, 'AWS::Lambda::Permission')].flatMap(([id, properties]) => {
    const { success, data, error } = Permission.safeParse(properties);
    if (!success) return [`${id}: ${z.prettifyError(error)}`];
    const source = JSON.stringify(data.SourceArn);
    // SourceAccount is not required, because the ARN contains the account. AWS does not document whether API Gateway
    // sends the account separately. If API Gateway does not send it, a permission with SourceAccount would
    // reject every request.
    const ofApi =
      /:execute-api:.*,\{"Ref":"AWS::AccountId"\},":",(\{"Ref":"HttpApi"\}|"[a-z0-9]+"),"\/\*"/.test(source);
    const ofAgent =
      /^\{"Fn::GetAtt":\["Agent\w+","AgentArn"\]\}$|:\$\{AWS::AccountId\}:agent\/(?:\*|[0-9A-Z]{10})"\}$/.test(
        source,
      );
    const isOwn =
      data.Principal === 'apigateway.amazonaws.com' ? ofApi : ofAgent && data.SourceAccount !== undefined;
    return isOwn ? [] : [`${id}: ${data.Principal} may invoke it from ${source}`];
  });
}

function environmentFaults(template: Template): string[] {
  return [...ofType(template, 'AWS::Lambda::Function')].flatMap(([id, { Environment }]) => {
    const { Variables = {} } = z
      .strictObject({ Variables: z.record(z.string(), z.unknown()).optional() })
      .parse(Environment ?? {});
    return Object.keys(Variables).flatMap((name) =>
      SECRET_LIKE.test(name) && !TELLS_NO_SECRET.test(name) ? [`${id}: has ${name}`] : [],
    );
  });
}
