import { toolFunctionName } from '../../function-declaration.ts';
import type { Environment } from '../../settings/parse-settings.ts';
import type { DiscoveredTool } from '../discover-tools.ts';
import type { Parameters } from '../parameters.ts';
import type { PlannedFunction } from '../plan-functions.ts';

/** The data from which all resources of a stack are made. */
export interface Deployment {
  /** Globs in the parameter `tools` that match no tool. Only the stage `dev` allows such globs. */
  idleGlobs: readonly string[];
  /** The name of the stage, such as `dev` or `prod`. */
  stage: string;
  /** The AWS region, such as `eu-west-1`. */
  region: string;
  stackName: string;
  /** The prefix of the functions' names. */
  functionNamePrefix: string;
  parameters: Parameters;
  /** The values of the functions' environment variables, by name. */
  settings: Environment;
  functions: readonly PlannedFunction[];
  /** The deployed tools. */
  tools: readonly DiscoveredTool[];
}

/** Returns the name of a function in AWS. The MCP function finds a tool's function by this name. */
export function functionNameOf(
  { key }: Pick<PlannedFunction, 'key'>,
  { functionNamePrefix }: Deployment,
): string {
  return toolFunctionName(functionNamePrefix, key);
}

export function toolFunctionsOf({ functions }: Deployment) {
  return functions.flatMap((planned) => (planned.tool ? [{ ...planned, tool: planned.tool }] : []));
}

// A placeholder for a missing setting. The plugin rejects a deployment with missing settings.
const NO_ISSUER = 'https://issuer.invalid';
const NO_AUDIENCE = 'scalekit-lambda-tools';

/** Returns the issuer and the audiences that the authorizer accepts. */
export function jwtAuthorizer({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: audiences }: Environment) {
  return {
    identitySource: '$request.header.Authorization',
    issuerUrl: issuer || NO_ISSUER,
    audience: (audiences || NO_AUDIENCE).split(',').map((audience) => audience.trim()),
  };
}
