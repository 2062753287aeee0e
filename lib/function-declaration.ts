import { createHash } from 'node:crypto';

/**
 * The resources that a function may use, in addition to its log and traces. lib/deploy/access.ts lists the AWS
 * permissions.
 */
export type Access = 'clientSecret' | 'writes' | 'consentStates' | 'tools';

/** The resources and settings that a function needs in a deployment. */
export interface FunctionNeeds {
  access: readonly Access[];
  /** The environment variables that the function reads. */
  settings: readonly string[];
  memoryMb: number;
  timeoutSeconds: number;
}

/**
 * A function that an API has only once, in addition to one function for each tool. The deployment, the local gateway
 * and the function itself read the routes from this declaration, so that all three have the same routes.
 */
export interface SharedFunction<RouteKey extends string = string> extends FunctionNeeds {
  /** The function's name. Its zip and its folder in `lib/` have the same name. */
  name: string;
  description: string;
  /** The route keys of API Gateway, such as `GET /tools`. Callers of these routes need a token. */
  routes: readonly RouteKey[];
  /** The route keys of the routes without an authorizer. Anyone may call these routes. */
  openRoutes: readonly RouteKey[];
  /** True if the function reads the settings of each connector. */
  knowsAllConnectors: boolean;
}

/** The path of the MCP function, relative to the URL of the API. */
export const MCP_PATH = '/mcp';

export const CALLER_SETTINGS = [
  'REQUIRED_SCOPE',
  'READ_SCOPE',
  'WRITE_SCOPE',
  'DESTRUCTIVE_SCOPE',
  'DELEGATION_SCOPE',
  'DELEGATION_ROLES',
];
export const SCALEKIT_SETTINGS = [
  'SCALEKIT_ENV_URL',
  'SCALEKIT_CLIENT_ID',
  'SCALEKIT_CLIENT_SECRET_ARN',
  'USER_VERIFY_URL',
  'IDENTITY_TEMPLATE',
  ...CALLER_SETTINGS,
];

// A call needs only about 100 MB. We set more, because Lambda gives CPU in proportion to memory, and loading the
// modules needs CPU.
export const MEMORY_MB = 512;
// For functions that load few modules.
export const SMALL_MEMORY_MB = 256;
// API Gateway waits 30 s for a response. A function must end earlier, so that it can still return an error to the
// caller.
export const TIMEOUT_SECONDS = 29;
// For functions that send no requests.
export const SHORT_TIMEOUT_SECONDS = 10;

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
const FUNCTION_NAME_LENGTH_MAX = 64;
const HASH_LENGTH = 7;

/**
 * Returns the name of a tool's Lambda function: the prefix and the tool's name. A name that is too long for Lambda is
 * cut, and a hash of the whole name is appended.
 */
export function toolFunctionName(prefix: string, toolName: string): string {
  const name = prefix + toolName;
  if (name.length <= FUNCTION_NAME_LENGTH_MAX) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, FUNCTION_NAME_LENGTH_MAX - HASH_LENGTH - 1)}-${hash}`;
}
