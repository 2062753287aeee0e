/** What a function may reach besides its log and its traces. lib/deploy/access.ts says which rights of AWS that takes. */
export type Access = 'clientSecret' | 'writes' | 'consentStates' | 'tools';

/** How a function is deployed. */
export interface FunctionNeeds {
  access: readonly Access[];
  /** The environment variables that it reads. */
  settings: readonly string[];
  memoryMb: number;
  timeoutSeconds: number;
}

/**
 * A function that an API has once, beside those of the tools. The deployment, the local gateway and the function itself read
 * it, so that a route cannot work in one place only.
 */
export interface SharedFunction<RouteKey extends string = string> extends FunctionNeeds {
  /** Also the name of its zip, and of its folder in `lib/`. */
  name: string;
  description: string;
  /** Such as `GET /tools`: the keys by which API Gateway names its routes. Their callers need a token. */
  routes: readonly RouteKey[];
  /** The same for routes without an authorizer. Anyone may call them. */
  openRoutes: readonly RouteKey[];
  /** Whether it reads the settings of each connector. */
  knowsAllConnectors: boolean;
}

/** Where the Model Context Protocol is served, below the address of the API. */
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

// A function gets processor time by its memory, and needs it while its modules load; a call itself takes about 100 MB.
export const MEMORY_MB = 512;
// For functions of a few modules.
export const SMALL_MEMORY_MB = 256;
// Below the 30 s after which API Gateway gives up, so that the function can still answer.
export const TIMEOUT_SECONDS = 29;
// For functions that call nothing.
export const SHORT_TIMEOUT_SECONDS = 10;
