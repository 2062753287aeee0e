import type { DiscoveredTool } from '../discover-tools.ts';
import { PARAMETER_NAMES, parseParameters } from '../parameters.ts';
import { planFunctions } from '../plan-functions.ts';
import { idleGlobs, selectTools } from '../select-tools.ts';
import type { Deployment } from '../stack/deployment.ts';
import { DEVELOPMENT_STAGE } from './setting-faults.ts';

/** The variables that Serverless passes to a configuration file. */
export interface ServerlessVariables {
  resolveVariable(variable: string): Promise<unknown>;
}

/**
 * Reads the deployment from serverless.yml, the command line and the environment.
 * @param all all tools of the project
 * @throws ParameterError
 */
export async function readDeployment(
  { resolveVariable }: ServerlessVariables,
  all: readonly DiscoveredTool[],
): Promise<Deployment> {
  const given: Record<string, unknown> = {};
  for (const name of PARAMETER_NAMES) given[name] = await resolveVariable(`param:${name}`);
  const parameters = parseParameters(given);
  const stage = String(await resolveVariable('sls:stage'));
  // For the development stage, serverless.yml lists tools by name. A fork of this project may have deleted some of
  // them.
  const idle = stage === DEVELOPMENT_STAGE ? idleGlobs(all, parameters.tools) : [];
  const globs = parameters.tools.filter((glob) => !idle.includes(glob));
  const tools = selectTools(all, globs.length > 0 ? globs : parameters.tools).filter(
    ({ tool }) => !parameters.readOnly || tool.effect === 'read',
  );
  const functions = planFunctions({
    tools,
    shared: parameters.sharedFunctions,
    openRoutes: parameters.auth !== 'iam',
    interceptor: parameters.agentCore,
  });
  const settings: Record<string, string> = {};
  for (const name of new Set(functions.flatMap((planned) => planned.settings))) {
    const value = await resolveVariable(`param:${name}, env:${name}, ''`);
    if (value) settings[name] = String(value);
  }
  const stackName = `${await resolveVariable('self:service')}-${stage}`;
  return {
    idleGlobs: idle,
    stage,
    region: String(await resolveVariable('self:provider.region')),
    stackName,
    functionNamePrefix: `${stackName}-`,
    parameters,
    settings,
    functions,
    tools,
  };
}
