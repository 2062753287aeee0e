import { toolFunctionName } from '../../mcp/tool-function-name.ts';
import type { Environment } from '../../settings/environment.ts';
import type { DiscoveredTool } from '../discover-tools.ts';
import type { Parameters } from '../parameters.ts';
import type { PlannedFunction } from '../plan-functions.ts';

/** All that the resources of a stack are made from. */
export interface Deployment {
  /** Such as `prod`. */
  stage: string;
  stackName: string;
  /** What the names of its functions begin with: the same for all parts. */
  functionNamePrefix: string;
  parameters: Parameters;
  /** The settings of the functions, by the names of the environment variables. */
  settings: Environment;
  functions: readonly PlannedFunction[];
  /** The tools that the functions beside the tools know, and may invoke. */
  catalogue: readonly DiscoveredTool[];
}

/** Whether it has what the API has once. */
export function isFirstPart({ parameters }: Pick<Deployment, 'parameters'>): boolean {
  return parameters.part === 1;
}

/** The name of a function in AWS: a tool's tells nothing of the part that has it, since MCP finds it by its name. */
export function functionNameOf(
  { key, tool }: Pick<PlannedFunction, 'key' | 'tool'>,
  { functionNamePrefix, stackName }: Deployment,
): string {
  return toolFunctionName(tool ? functionNamePrefix : `${stackName}-`, key);
}

export function toolFunctionsOf({ functions }: Deployment) {
  return functions.flatMap((planned) => (planned.tool ? [{ ...planned, tool: planned.tool }] : []));
}
