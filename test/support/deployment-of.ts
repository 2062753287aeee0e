import { join } from 'node:path';
import { type DiscoveredTool, discoverTools } from '../../lib/deploy/discover-tools.ts';
import { readDeployment } from '../../lib/deploy/serverless/read-deployment.ts';
import type { Deployment } from '../../lib/deploy/stack/deployment.ts';

const PROJECT = join(import.meta.dirname, '../..');
/** The values of serverless.yml that have a default. */
const DEFAULTS: Readonly<Record<string, string>> = {
  tools: '*',
  readOnly: 'false',
  auth: 'jwt',
  throttlingRequestsPerSecond: '100',
  throttlingBurst: '200',
  sharedFunctions: 'true',
  agentCore: 'true',
  agentCoreSearch: 'true',
  agentCorePolicyMode: 'ENFORCE',
  bedrockInvokers: '*',
  bedrockAgents: 'false',
  alarms: 'true',
  slowCallMs: '10000',
  refusedCalls: '50',
  logRetentionDays: '30',
  tableRecovery: 'false',
  blockPublicAccess: 'false',
};

interface DeploymentOptions {
  /** By default `prod`. */
  stage?: string;
  parameters?: Readonly<Record<string, string>>;
  settings?: Readonly<Record<string, string>>;
  /** By default `eu-west-1`. */
  region?: string;
  /** By default the tools of the project. */
  tools?: readonly DiscoveredTool[];
}

/**
 * Returns the deployment plan that Serverless would read for a stage of the service `tools`. Serverless is not started.
 */
export async function deploymentOf({
  stage = 'prod',
  parameters = {},
  settings = {},
  region = 'eu-west-1',
  tools,
}: DeploymentOptions = {}): Promise<Deployment> {
  const variables: Readonly<Record<string, string>> = {
    'self:service': 'tools',
    'self:provider.region': region,
    'sls:stage': stage,
  };
  const given: Readonly<Record<string, string>> = { ...DEFAULTS, ...parameters };
  return readDeployment(
    {
      async resolveVariable(variable) {
        const [, parameter = '', , setting] = /^(?:param:(\w+))(, env:(\w+), '')?$/.exec(variable) ?? [];
        if (setting) return settings[setting] ?? '';
        return variables[variable] ?? given[parameter] ?? '';
      },
    },
    tools ?? (await discoverTools(PROJECT)),
  );
}
