import { AuthoringError } from '../../errors/authoring-error.ts';
import { discoverTools, ToolFileError } from '../discover-tools.ts';
import { PARAMETER_NAMES, ParameterError, type Parameters, parseParameters } from '../parameters.ts';
import { planFunctions } from '../plan-functions.ts';
import { selectTools } from '../select-tools.ts';
import type { Deployment } from '../stack/deployment.ts';

/** What Serverless hands to what makes a part of its configuration. */
export interface ServerlessVariables {
  resolveVariable(variable: string): Promise<unknown>;
}

/** Reads what is to be deployed from serverless.yml, the command line, the environment and the tools. */
export async function readDeployment({ resolveVariable }: ServerlessVariables): Promise<Deployment> {
  try {
    const given: Record<string, unknown> = {};
    for (const name of PARAMETER_NAMES) given[name] = await resolveVariable(`param:${name}`);
    const parameters = parseParameters(given);
    const prefix = `${await resolveVariable('self:service')}-${await resolveVariable('sls:stage')}`;
    return await deploymentOf(parameters, prefix, resolveVariable);
  } catch (error) {
    // Serverless prints the stack below the message, which buries what to do.
    if ([ParameterError, ToolFileError, AuthoringError].some((type) => error instanceof type))
      throw withoutStack(error);
    throw error;
  }
}

/** @param prefix what the names of all parts begin with */
async function deploymentOf(
  parameters: Parameters,
  prefix: string,
  resolveVariable: ServerlessVariables['resolveVariable'],
): Promise<Deployment> {
  const all = await discoverTools(process.cwd());
  const deployed = selectTools(all, parameters.tools);
  const catalogue = parameters.catalogue.length > 0 ? selectTools(all, parameters.catalogue) : deployed;
  const isFirst = parameters.part === 1;
  const functions = planFunctions({
    deployed,
    catalogue,
    isFirstPart: isFirst,
    webhook: parameters.webhook,
    interceptor: parameters.agentCore && !parameters.gatewayId,
  });
  const settings: Record<string, string> = {};
  for (const name of new Set(functions.flatMap((planned) => planned.settings))) {
    const value = await resolveVariable(`param:${name}, env:${name}, ''`);
    if (value) settings[name] = String(value);
  }
  return {
    stackName: isFirst ? prefix : `${prefix}-${parameters.part}`,
    functionNamePrefix: `${prefix}-`,
    parameters,
    settings,
    functions,
    catalogue,
  };
}

function withoutStack(error: unknown): unknown {
  if (error instanceof Error) error.stack = error.message;
  return error;
}
