import type { DiscoveredTool } from '../discover-tools.ts';
import { PARAMETER_NAMES, parseParameters } from '../parameters.ts';
import { planFunctions } from '../plan-functions.ts';
import { selectTools } from '../select-tools.ts';
import type { Deployment } from '../stack/deployment.ts';

/** What Serverless hands to what makes a part of its configuration. */
export interface ServerlessVariables {
  resolveVariable(variable: string): Promise<unknown>;
}

/**
 * Reads what is to be deployed from serverless.yml, the command line and the environment.
 * @param all the tools that there are
 * @throws ParameterError
 */
export async function readDeployment(
  { resolveVariable }: ServerlessVariables,
  all: readonly DiscoveredTool[],
): Promise<Deployment> {
  const given: Record<string, unknown> = {};
  for (const name of PARAMETER_NAMES) given[name] = await resolveVariable(`param:${name}`);
  const parameters = parseParameters(given);
  const tools = selectTools(all, parameters.tools).filter(
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
  const stage = String(await resolveVariable('sls:stage'));
  const stackName = `${await resolveVariable('self:service')}-${stage}`;
  return { stage, stackName, functionNamePrefix: `${stackName}-`, parameters, settings, functions, tools };
}
