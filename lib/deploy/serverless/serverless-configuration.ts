import type { Deployment } from '../stack/deployment.ts';
import { stackOutputs, stackResources } from '../stack/stack-resources.ts';
import { serverlessFunctions } from './serverless-functions.ts';
import { httpApi, logs, throttling } from './serverless-provider.ts';
import { settingFaults } from './setting-faults.ts';
import { settingWarnings } from './setting-warnings.ts';

/**
 * Returns the parts of serverless.yml that depend on the deployment.
 * @throws AuthoringError if an agent's format cannot express a tool's contract
 */
export function serverlessConfiguration(deployment: Deployment) {
  return {
    stackName: deployment.stackName,
    stackTags: deployment.parameters.tags,
    httpApi: httpApi(deployment),
    logs: logs(deployment),
    functions: serverlessFunctions(deployment),
    resources: {
      Resources: stackResources(deployment),
      Outputs: stackOutputs(deployment),
      extensions: throttling(deployment),
    },
    /** For the plugin, which rejects functions that would not start or are only for development. */
    settingFaults: settingFaults(deployment),
    /** For the plugin, which prints them. */
    settingWarnings: settingWarnings(deployment),
  };
}
