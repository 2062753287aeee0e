import { createHash } from 'node:crypto';

/**
 * The resources that a function may use, in addition to its log and traces. lib/deploy/access.ts lists the AWS
 * permissions.
 */
export type Access = 'clientSecret' | 'writes' | 'consentStates' | 'tools';

/** The deployment needs of a function. */
export interface FunctionNeeds {
  access: readonly Access[];
  /** The environment variables that it reads. */
  settings: readonly string[];
  memoryMb: number;
  timeoutSeconds: number;
}

/**
 * A function that an API has only once, next to those of the tools. The deployment, the local gateway and the function
 * itself read this declaration, so their routes cannot differ.
 */
export interface SharedFunction<RouteKey extends string = string> extends FunctionNeeds {
  /** The name, also of its zip and of its folder in `lib/`. */
  name: string;
  description: string;
  /** Such as `GET /tools`: the keys by which API Gateway names its routes. Their callers need a token. */
  routes: readonly RouteKey[];
  /** The same for routes without an authorizer. Anyone may call them. */
  openRoutes: readonly RouteKey[];
  /** True if it reads the settings of each connector. */
  knowsAllConnectors: boolean;
}

/** The path of the Model Context Protocol, below the URL of the API. */
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

// A call needs only about 100 MB. Lambda gives CPU in proportion to memory, and loading the modules needs CPU.
export const MEMORY_MB = 512;
// For functions of a few modules.
export const SMALL_MEMORY_MB = 256;
// Below the 30 s after which API Gateway gives up, so that the function can still answer.
export const TIMEOUT_SECONDS = 29;
// For functions that send no requests.
export const SHORT_TIMEOUT_SECONDS = 10;

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
const FUNCTION_NAME_LENGTH_MAX = 64;
const HASH_LENGTH = 7;

/**
 * Returns the name of a tool's Lambda function: the prefix and the tool's name. If that is too long for Lambda, it is
 * the beginning and a hash of the whole name.
 */
export function toolFunctionName(prefix: string, toolName: string): string {
  const name = prefix + toolName;
  if (name.length <= FUNCTION_NAME_LENGTH_MAX) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, FUNCTION_NAME_LENGTH_MAX - HASH_LENGTH - 1)}-${hash}`;
}
