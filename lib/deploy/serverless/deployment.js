// The parts of serverless.yml that depend on the tools and the parameters. Serverless cannot run TypeScript files,
// but this file can import them.
import packageJson from '../../../package.json' with { type: 'json' };
import { AuthoringError } from '../../errors/authoring-error.ts';
import { discoverTools, ToolFileError } from '../discover-tools.ts';
import { generateFunctions } from '../generated-functions.ts';
import { ParameterError } from '../parameters.ts';
import { readDeployment } from './read-deployment.ts';
import { serverlessConfiguration } from './serverless-configuration.ts';

/** @param {import('./read-deployment.ts').ServerlessVariables} variables */
export async function deployment(variables) {
  const project = process.cwd();
  try {
    const read = await readDeployment(variables, await discoverTools(project));
    const tools = read.tools.map(({ tool }) => tool);
    await generateFunctions(project, tools, packageJson.version);
    return serverlessConfiguration(read);
  } catch (error) {
    // Serverless would also print the stack trace, which would hide the instructions in the message.
    if (isExpected(error)) error.stack = error.message;
    throw error;
  }
}

/**
 * @param {unknown} error
 * @returns {error is Error}
 */
function isExpected(error) {
  return [ParameterError, ToolFileError, AuthoringError].some((type) => error instanceof type);
}
