import { join } from 'node:path';
import { type DiscoveredTool, discoverTools } from '../../lib/deploy/discover-tools.ts';
import { readDeployment } from '../../lib/deploy/serverless/read-deployment.ts';
import type { Deployment } from '../../lib/deploy/stack/deployment.ts';

const PROJECT = join(import.meta.dirname, '../..');
/** The default values in serverless.yml. */
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
  /** The default is `prod`. */
  stage?: string;
  parameters?: Readonly<Record<string, string>>;
  settings?: Readonly<Record<string, string>>;
  /** The default is `eu-west-1`. */
  region?: string;
  /** By default, these are all tools of the project. */
  tools?: readonly DiscoveredTool[];
}

/**
 * Returns the deployment plan for a stage of the service `tools`, in the same way as Serverless reads it. Does not
 * start Serverless.
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
