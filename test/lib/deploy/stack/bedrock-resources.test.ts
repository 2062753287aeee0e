import { expect, test } from 'vitest';
import * as z from 'zod';
import type { Tool } from '../../../../lib/contract/define-tool.ts';
import { parseParameters } from '../../../../lib/deploy/parameters.ts';
import { planFunctions } from '../../../../lib/deploy/plan-functions.ts';
import { bedrockOutputs, bedrockResources } from '../../../../lib/deploy/stack/bedrock-resources.ts';
import type { Deployment } from '../../../../lib/deploy/stack/deployment.ts';
import { toolWith } from '../../../support/schema-tools.ts';

const field = z.string().describe('A text.');
const few = { one: field };
// The tool has more fields than Bedrock allows for an agent's function, so it must be described with OpenAPI.
const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, field]));

const tools = (count: number, input: Record<string, z.ZodType>, what = 'thing') =>
  Array.from({ length: count }, (_, index) => toolWith(input, { name: `acme_get_${what}${index}` }));

function deploymentOf(
  all: readonly Tool[],
  bedrockModel = 'amazon.nova-pro-v1:0',
  invokers = '*',
): Deployment {
  const deployed = all.map((tool) => ({ tool, file: `functions/acme/${tool.name}.ts` }));
  return {
    idleGlobs: [],
    stage: 'prod',
    region: 'eu-west-1',
    stackName: 'tools-prod',
    functionNamePrefix: 'tools-prod-',
    settings: {},
    tools: deployed,
    functions: planFunctions({ tools: deployed, shared: true, openRoutes: true, interceptor: false }),
    parameters: parseParameters({
      auth: 'jwt',
      readOnly: false,
      agentCoreSearch: true,
      agentCorePolicyMode: 'ENFORCE',
      throttlingRequestsPerSecond: 1,
      throttlingBurst: 1,
      sharedFunctions: true,
      tableRecovery: false,
      blockPublicAccess: false,
      agentCore: false,
      bedrockInvokers: invokers,
      bedrockAgents: true,
      bedrockModel,
      alarms: true,
      slowCallMs: 1,
      refusedCalls: 50,
      logRetentionDays: 1,
    }),
  };
}

function groupsByAgent(all: readonly Tool[]) {
  return Object.entries(bedrockResources(deploymentOf(all))).flatMap(([id, { Type, Properties }]) =>
    Type === 'AWS::Bedrock::Agent' ? [[id, Object(Properties).ActionGroups.length]] : [],
  );
}

test.each([
  [tools(15, few), [['AgentAcme', 15]]],
  [
    tools(16, few),
    [
      ['AgentAcme', 15],
      ['AgentAcme2', 1],
    ],
  ],
  [tools(11, many), [['AgentAcme', 11]]],
  [
    tools(12, many),
    [
      ['AgentAcme', 11],
      ['AgentAcme2', 1],
    ],
  ],
  [[...tools(11, many), ...tools(4, few, 'note')], [['AgentAcme', 15]]],
  [
    tools(40, few),
    [
      ['AgentAcme', 15],
      ['AgentAcme2', 15],
      ['AgentAcme3', 10],
    ],
  ],
])('a connector has as many agents as its tools need', (all, agents) => {
  expect(groupsByAgent(all)).toEqual(agents);
  expect(Object.keys(bedrockOutputs(deploymentOf(all)))).toEqual(agents.map(([id]) => `${id}Id`));
});

test.each([
  ['amazon.nova-pro-v1:0', ['bedrock:InvokeModel'], [':foundation-model/amazon.nova-pro-v1:0']],
  [
    'eu.amazon.nova-pro-v1:0',
    ['bedrock:InvokeModel', 'bedrock:GetInferenceProfile', 'bedrock:InvokeModel'],
    [':inference-profile/eu.amazon.nova-pro-v1:0', ':foundation-model/amazon.nova-pro-v1:0'],
  ],
])('the agents may use only the model %s', (model, actions, resources) => {
  const role = JSON.stringify(bedrockResources(deploymentOf(tools(1, few), model)).AgentRole?.Properties);

  expect(role.match(/bedrock:(Invoke|Get)\w+/g)).toEqual(actions);
  expect(role.match(/:(foundation-model|inference-profile)\/[\w.:-]+/g)).toEqual(resources);
});

const agentArn = (agent: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:bedrock:\${AWS::Region}:\${AWS::AccountId}:agent/${agent}`,
});

test.each([
  ['*', [agentArn('*')]],
  [
    'ABCDEFGHIJ,KLMNOPQRST',
    [agentArn('ABCDEFGHIJ'), agentArn('KLMNOPQRST'), { 'Fn::GetAtt': ['AgentAcme', 'AgentArn'] }],
  ],
  ['none', [{ 'Fn::GetAtt': ['AgentAcme', 'AgentArn'] }]],
])('bedrockInvokers=%s sets which agents outside the stack may invoke a tool', (invokers, sources) => {
  const resources = Object.values(bedrockResources(deploymentOf(tools(1, few), undefined, invokers)));
  const permissions = resources.filter(({ Type }) => Type === 'AWS::Lambda::Permission');

  expect(permissions.map(({ Properties }) => Object(Properties).SourceArn)).toEqual(sources);
  for (const { Properties } of permissions)
    expect(Properties).toMatchObject({
      Principal: 'bedrock.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
});
