// What serverless.yml takes from here: all that depends on the tools and the parameters. Serverless executes no
// TypeScript itself, but what it executes may import it.
import packageJson from '../../../package.json' with { type: 'json' };
import { generateFunctions } from '../generated-functions.ts';
import { stackOutputs, stackResources } from '../stack/stack-resources.ts';
import { readDeployment } from './read-deployment.ts';
import { serverlessFunctions } from './serverless-functions.ts';
import { httpApi, logs, throttling } from './serverless-provider.ts';
import { settingFaults } from './setting-faults.ts';

/** @param {import('./read-deployment.ts').ServerlessVariables} variables */
export default async function deployment(variables) {
  const read = await readDeployment(variables);
  const tools = read.catalogue.map(({ tool }) => tool);
  await generateFunctions(process.cwd(), tools, packageJson.version);
  return {
    stackName: read.stackName,
    stackTags: read.parameters.tags,
    httpApi: httpApi(read),
    logs: logs(read),
    functions: serverlessFunctions(read),
    resources: {
      Resources: stackResources(read),
      Outputs: stackOutputs(read),
      extensions: throttling(read),
    },
    settingFaults: settingFaults(read),
  };
}
