import * as z from 'zod';

/** A deployment parameter that is missing, is malformed, or conflicts with another parameter. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';
}

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 3_653];

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
const listOf = (item: z.ZodString) => list.pipe(z.array(item));
// A glob must not contain braces, because commas separate the globs of a list.
const globs = listOf(z.string().regex(/^[a-z0-9_*?![\]-]+$/));
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(minimum).max(maximum));
/** Treats an empty text as undefined. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .literal('')
    .transform(() => undefined)
    .or(schema);
const keyArn = optional(z.string().regex(/^arn:[^:]+:kms:[^:]+:\d{12}:key\/[\w-]+$/));

const Tags = list
  .pipe(z.array(z.string().regex(/^[^=]{1,128}=[^=]{0,256}$/)))
  .transform((pairs) => Object.fromEntries(pairs.map((pair) => pair.split('='))))
  .pipe(z.record(z.string(), z.string()));

/**
 * The syntax of each parameter in serverless.yml and after `--param`. Each description completes the sentence "it
 * should hold …".
 */
const SHAPE = {
  tools: globs.describe(
    'globs of tool names with commas between them, such as gmail_*,slack_send_message; one that begins with ! leaves tools out',
  ),
  readOnly: flag.describe('true or false'),
  auth: z.enum(['jwt', 'lambda', 'iam']).describe('jwt, lambda or iam'),
  authorizerId: optional(z.string().regex(/^\w+$/)).describe(
    'the ID of an authorizer of the API in httpApiId',
  ),
  httpApiId: optional(z.string().regex(/^\w+$/)).describe('the ID of an HTTP API that exists already'),
  corsOrigins: listOf(z.string().regex(/^(\*|https?:\/\/[^/\s,]+)$/)).describe(
    'origins such as https://app.example.com, with commas between them',
  ),
  throttlingRequestsPerSecond: wholeNumber(1, 100_000).describe(
    'how many requests a second the API lets through',
  ),
  throttlingBurst: wholeNumber(1, 100_000).describe('how many requests at once the API lets through'),
  sharedFunctions: flag.describe('true or false'),
  agentCore: flag.describe('true or false'),
  agentCoreSearch: flag.describe('true or false'),
  agentCorePolicyEngine: optional(
    z.string().regex(/^arn:[^:]+:bedrock-agentcore:[^:]+:\d{12}:policy-engine\/[\w-]+$/),
  ).describe('the ARN of a policy engine of AgentCore'),
  agentCorePolicyMode: z.enum(['ENFORCE', 'LOG_ONLY']).describe('ENFORCE or LOG_ONLY'),
  agentCoreRequestsPerMinute: optional(wholeNumber(1, 1_000_000)).describe(
    'how many requests a minute of one user the gateway lets through',
  ),
  agentCoreClients: list.describe('IDs of clients, with commas between them'),
  bedrockInvokers: z
    .literal('none')
    .transform((): string[] => [])
    .or(list.pipe(z.array(z.string().regex(/^(?:\*|[0-9A-Z]{10})$/)).min(1)))
    .describe('* for every agent of the account, IDs of agents with commas between them, or none'),
  bedrockAgents: flag.describe('true or false'),
  bedrockModel: optional(z.string().regex(/^[\w.:-]+$/)).describe(
    'the ID of a foundation model or of an inference profile over regions',
  ),
  vpcSubnetIds: listOf(z.string().regex(/^subnet-\w+$/)).describe('IDs of subnets, with commas between them'),
  vpcSecurityGroupIds: listOf(z.string().regex(/^sg-\w+$/)).describe(
    'IDs of security groups, with commas between them',
  ),
  permissionsBoundary: optional(z.string().regex(/^arn:[^:]+:iam::[^:]*:policy\/.+$/)).describe(
    'the ARN of a policy',
  ),
  secretsKey: keyArn.describe('the ARN of a KMS key'),
  tableKey: keyArn.describe('the ARN of a KMS key'),
  tableRecovery: flag.describe('true or false'),
  logsKey: keyArn.describe('the ARN of a KMS key'),
  blockPublicAccess: flag.describe('true or false'),
  reservedConcurrency: optional(wholeNumber(1, 10_000)).describe(
    'how many calls of each tool run at once at the most',
  ),
  alarms: flag.describe('true or false'),
  alarmTopic: optional(z.string().regex(/^arn:[^:]+:sns:[^:]+:\d{12}:[\w-]+$/)).describe(
    'the ARN of an SNS topic',
  ),
  slowCallMs: wholeNumber(1, 29_000).describe(
    'the p99 of a call in milliseconds above which there is an alarm',
  ),
  refusedCalls: wholeNumber(1, 1_000_000).describe(
    'how many calls within five minutes may be refused because of their caller before there is an alarm',
  ),
  logRetentionDays: wholeNumber(1, 3_653)
    .refine((days) => RETENTION_DAYS.includes(days))
    .describe(`one of ${RETENTION_DAYS.join(', ')}`),
  tags: Tags.describe('tags such as team=agents,cost-center=42'),
};

export const PARAMETER_NAMES = Object.keys(SHAPE);
// The settings of the functions can also follow `--param`. Their names are in capitals.
const SETTING_NAME = /^[A-Z][A-Z0-9_]*$/;

/**
 * Returns the error message for the first parameter whose name is unknown, for example because of a typo. Serverless
 * itself ignores such a parameter. Returns undefined if all names are known.
 * @param given the texts after `--param`, such as `readOnly=true`
 * @param declared the names below `params` in serverless.yml
 */
export function unknownParameterFault(
  given: readonly string[],
  declared: readonly string[],
): string | undefined {
  const names = given.map((text) => text.split('=', 1)[0] ?? '');
  const unknown = names.find((name) => !declared.includes(name) && !SETTING_NAME.test(name));
  if (unknown === undefined) return undefined;
  const meant = declared.find((name) => name.toLowerCase() === unknown.toLowerCase());
  const fix = meant ? `Use ${meant}.` : 'The parameters are below params in serverless.yml.';
  return `There is no parameter ${unknown}. ${fix}`;
}

const Parameters = z.object(SHAPE);
export type Parameters = z.output<typeof Parameters>;

/** The combinations of parameters that we reject. Each message states the problem and the solution. */
const RULES: readonly [breaks: (given: Parameters) => unknown, message: string][] = [
  [
    ({ authorizerId, httpApiId }) => authorizerId && !httpApiId,
    'authorizerId needs httpApiId: an authorizer belongs to an API that exists.',
  ],
  [
    ({ auth, authorizerId }) => auth === 'lambda' && !authorizerId,
    'auth lambda needs authorizerId, the ID of your Lambda authorizer, and httpApiId, its API.',
  ],
  [
    ({ auth, authorizerId }) => auth === 'iam' && authorizerId,
    'auth iam takes no authorizerId: requests are signed by IAM principals.',
  ],
  [
    ({ corsOrigins, httpApiId }) => corsOrigins.length > 0 && httpApiId,
    'corsOrigins does not go with httpApiId: CORS is set where that API is defined.',
  ],
  [
    ({ vpcSubnetIds, vpcSecurityGroupIds }) => vpcSubnetIds.length > 0 !== vpcSecurityGroupIds.length > 0,
    'vpcSubnetIds and vpcSecurityGroupIds go together.',
  ],
  [
    ({ bedrockAgents, bedrockModel }) => bedrockAgents && !bedrockModel,
    'bedrockAgents needs bedrockModel, such as the ID of a model that your account may use.',
  ],
  [
    ({ alarms, alarmTopic }) => !alarms && alarmTopic,
    'alarmTopic needs alarms true: without alarms it would hear of nothing.',
  ],
  [
    ({ agentCore, agentCorePolicyEngine, agentCoreRequestsPerMinute }) =>
      !agentCore && (agentCorePolicyEngine || agentCoreRequestsPerMinute),
    'agentCorePolicyEngine and agentCoreRequestsPerMinute need agentCore, the gateway that they are for.',
  ],
  [
    ({ sharedFunctions, httpApiId }) => !sharedFunctions && !httpApiId,
    'sharedFunctions false needs httpApiId, the API of the service that has these functions.',
  ],
];

/**
 * Reads the parameters of a deployment.
 * @param given the parameters as the user wrote them
 * @throws ParameterError that lists every error and how to fix it
 */
export function parseParameters(given: Readonly<Record<string, unknown>>): Parameters {
  const texts = Object.fromEntries(PARAMETER_NAMES.map((name) => [name, textOf(given[name])]));
  const { data, error } = Parameters.safeParse(texts);
  if (!data) throw new ParameterError(malformed(error));
  const broken = RULES.filter(([breaks]) => breaks(data)).map(([, message]) => message);
  if (broken.length > 0) throw new ParameterError(broken.join(' '));
  return data;
}

/** YAML values may be numbers and booleans. Values from the command line are always strings. */
function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value).trim();
}

function malformed({ issues }: z.ZodError): string {
  const names = [...new Set(issues.map(({ path }) => String(path[0])))];
  const holds = new Map(Object.entries(SHAPE).map(([name, { description }]) => [name, description]));
  return names
    .map((name) => `The parameter ${name} is malformed; it should hold ${holds.get(name)}.`)
    .join(' ');
}
