import * as z from 'zod';
import { ofType, type Template } from './template.ts';

/** A limit of AWS. `measured` finds the values of a template to which the limit applies. */
interface Limit {
  name: string;
  maximum: number;
  /**
   * Returns the size of each value, with its name. If AWS inserts a text later, `measured` assumes a length for the
   * text.
   */
  measured(template: Template, json: string): Iterable<readonly [string, number]>;
}

// Stands for a text that AWS inserts later. The longest texts are account IDs and regions, such as ap-southeast-2.
const FILLED_IN = 'x'.repeat(20);

const LIMITS: readonly Limit[] = [
  {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    name: 'resources of a stack',
    maximum: 500,
    measured: ({ Resources }) => [['stack', Object.keys(Resources).length]],
  },
  {
    name: 'bytes of a template in S3',
    maximum: 1_000_000,
    measured: (_, json) => [['stack', Buffer.byteLength(json)]],
  },
  {
    name: 'outputs of a stack',
    maximum: 200,
    measured: ({ Outputs }) => [['stack', Object.keys(Outputs).length]],
  },
  {
    // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
    name: 'characters of the name of a function',
    maximum: 64,
    measured: (template) => lengthsOf(template, 'AWS::Lambda::Function', 'FunctionName'),
  },
  {
    name: 'characters of the description of a function',
    maximum: 256,
    measured: (template) => lengthsOf(template, 'AWS::Lambda::Function', 'Description'),
  },
  {
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    name: 'bytes of the environment of a function',
    maximum: 4_096,
    measured: (template) => sizesOf(template, 'AWS::Lambda::Function', 'Environment'),
  },
  {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
    name: 'integrations of an HTTP API',
    maximum: 300,
    measured: (template) => [['stack', ofType(template, 'AWS::ApiGatewayV2::Integration').size]],
  },
  {
    name: 'routes of an HTTP API',
    maximum: 300,
    measured: (template) => [['stack', ofType(template, 'AWS::ApiGatewayV2::Route').size]],
  },
  {
    // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html
    name: 'targets of a gateway',
    maximum: 100,
    measured: (template) => [['stack', ofType(template, 'AWS::BedrockAgentCore::GatewayTarget').size]],
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    name: 'characters of the policies in a role',
    maximum: 10_240,
    measured: (template) => sizesOf(template, 'AWS::IAM::Role', 'Policies'),
  },
  {
    name: 'characters of a managed policy',
    maximum: 6_144,
    measured: (template) => sizesOf(template, 'AWS::IAM::ManagedPolicy', 'PolicyDocument'),
  },
  {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-data-queries.html
    name: 'metrics of an alarm, besides the expression',
    maximum: 10,
    measured: (template) =>
      [...ofType(template, 'AWS::CloudWatch::Alarm')].map(([id, { Metrics }]) => [
        id,
        Array.isArray(Metrics) ? Metrics.length - 1 : 0,
      ]),
  },
  {
    // https://docs.aws.amazon.com/bedrock/latest/userguide/quotas.html
    name: 'action groups of an agent',
    maximum: 15,
    measured: (template) => agents(template).map(([id, groups]) => [id, groups.length]),
  },
  {
    name: 'OpenAPI operations of an agent',
    maximum: 11,
    measured: (template) =>
      agents(template).map(([id, groups]) => [id, groups.filter(({ ApiSchema }) => ApiSchema).length]),
  },
  {
    name: 'parameters of a function of an agent',
    maximum: 5,
    measured: (template) =>
      agents(template).flatMap(([, groups]) =>
        groups.flatMap(({ ActionGroupName, FunctionSchema }) =>
          (FunctionSchema?.Functions ?? []).map(
            ({ Parameters }) => [ActionGroupName, Object.keys(Parameters).length] as const,
          ),
        ),
      ),
  },
  {
    name: 'characters of the name of an agent',
    maximum: 100,
    measured: (template) => lengthsOf(template, 'AWS::Bedrock::Agent', 'AgentName'),
  },
];

const Groups = z.array(
  z.looseObject({
    ActionGroupName: z.string(),
    ApiSchema: z.unknown().optional(),
    FunctionSchema: z
      .looseObject({ Functions: z.array(z.looseObject({ Parameters: z.record(z.string(), z.unknown()) })) })
      .optional(),
  }),
);

/** Returns a line for each value over a limit of AWS. */
export function limitFaults(template: Template, json: string): string[] {
  return LIMITS.flatMap(({ name, maximum, measured }) =>
    [...measured(template, json)].flatMap(([id, count]) =>
      count > maximum ? [`${id}: ${count} ${name}, and ${maximum} are allowed`] : [],
    ),
  );
}

function agents(template: Template) {
  return [...ofType(template, 'AWS::Bedrock::Agent')].map(
    ([id, { ActionGroups }]) => [id, Groups.parse(ActionGroups)] as const,
  );
}

function lengthsOf(template: Template, type: string, property: string) {
  return [...ofType(template, type)].map(
    ([id, { [property]: value }]) => [id, String(value).length] as const,
  );
}

function sizesOf(template: Template, type: string, property: string) {
  return [...ofType(template, type)].map(([id, { [property]: value }]) => {
    const filled = JSON.stringify(value ?? '').replaceAll(/\$\{[^}]+\}/g, FILLED_IN);
    return [id, filled.length] as const;
  });
}
