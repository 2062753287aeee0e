import type { Deployment } from '../stack/deployment.ts';
import { stackOutputs, stackResources } from '../stack/stack-resources.ts';
import { serverlessFunctions } from './serverless-functions.ts';
import { deploymentBucket, extensions, httpApi, logs } from './serverless-provider.ts';
import { settingFaults } from './setting-faults.ts';
import { settingWarnings } from './setting-warnings.ts';

/**
 * Returns the parts of serverless.yml that depend on the tools and the parameters, each under its key in
 * serverless.yml.
 * @throws AuthoringError if an agent's schema format cannot express a tool's contract
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
    /**
     * The plugin rejects the deployment if there are such faults: functions would not start, or a setting is allowed
     * only in development.
     */
    settingFaults: settingFaults(deployment),
    /** The plugin prints these warnings. */
    settingWarnings: settingWarnings(deployment),
  };
}
