import type { Deployment } from '../stack/deployment.ts';
import { stackOutputs, stackResources } from '../stack/stack-resources.ts';
import { serverlessFunctions } from './serverless-functions.ts';
import { deploymentBucket, extensions, httpApi, logs } from './serverless-provider.ts';
import { settingFaults } from './setting-faults.ts';
import { settingWarnings } from './setting-warnings.ts';

/**
 * The parts of serverless.yml that depend on the tools and the parameters, by their place there.
 * @throws AuthoringError if an agent's form of a tool cannot express its contract
 */
export function serverlessConfiguration(deployment: Deployment) {
  return {
    stackName: deployment.stackName,
    stackTags: deployment.parameters.tags,
    logRetentionDays: deployment.parameters.logRetentionDays,
    deploymentBucket: deploymentBucket(deployment),
    httpApi: httpApi(deployment),
    logs: logs(deployment),
    functions: serverlessFunctions(deployment),
    resources: stackResources(deployment),
    outputs: stackOutputs(deployment),
    extensions: extensions(deployment),
    /** For the plugin, which refuses to deploy functions that would not start, or that are only for development. */
    settingFaults: settingFaults(deployment),
    /** For the plugin, which prints them. */
    settingWarnings: settingWarnings(deployment),
  };
}
