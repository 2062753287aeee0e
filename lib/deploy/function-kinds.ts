import type { Access } from './access.ts';

/** The functions of one kind have the same rights and the same size. */
export type FunctionKind = 'read' | 'write' | 'discovery' | 'mcp' | 'accounts' | 'interceptor';

export const RUNTIME = 'nodejs24.x';
export const ARCHITECTURE = 'arm64';

interface KindOfFunction {
  /** What its role may reach besides its log and its traces. */
  access: readonly Access[];
  /** The environment variables that it reads. */
  settings: readonly string[];
  memoryMb: number;
  timeoutSeconds: number;
  /** Whether it has the settings of each connector. */
  knowsAllConnectors: boolean;
}

const CALLERS = ['REQUIRED_SCOPE', 'DELEGATION_SCOPE', 'DELEGATION_ROLES'];
const SCALEKIT = [
  'SCALEKIT_ENV_URL',
  'SCALEKIT_CLIENT_ID',
  'SCALEKIT_CLIENT_SECRET_ARN',
  'USER_VERIFY_URL',
  'IDENTITY_TEMPLATE',
  ...CALLERS,
];
const TOOL = [
  ...SCALEKIT,
  'CONNECT_URL',
  'OIDC_ISSUER',
  'OIDC_AUDIENCE',
  'ACCOUNT_CACHE_SECONDS',
  'RESPONSE_BYTES',
];

// A function gets a CPU by its memory, and needs it while its modules load; a call itself takes about 100 MB.
const MEMORY_MB = 512;
// For those of a few modules.
const SMALL_MEMORY_MB = 256;
// Below the 30 s after which API Gateway gives up, so that the function can still answer.
const TIMEOUT_SECONDS = 29;
// For those that call nothing, or only AWS.
const SHORT_TIMEOUT_SECONDS = 10;

export const FUNCTION_KINDS: Readonly<Record<FunctionKind, KindOfFunction>> = {
  read: {
    access: ['clientSecret'],
    settings: TOOL,
    memoryMb: MEMORY_MB,
    timeoutSeconds: TIMEOUT_SECONDS,
    knowsAllConnectors: false,
  },
  write: {
    access: ['clientSecret', 'writes'],
    settings: [...TOOL, 'IDEMPOTENCY_TABLE', 'DEDUPE_SECONDS'],
    memoryMb: MEMORY_MB,
    timeoutSeconds: TIMEOUT_SECONDS,
    knowsAllConnectors: false,
  },
  discovery: {
    access: [],
    settings: CALLERS,
    memoryMb: SMALL_MEMORY_MB,
    timeoutSeconds: SHORT_TIMEOUT_SECONDS,
    knowsAllConnectors: false,
  },
  mcp: {
    access: ['tools'],
    settings: ['IDENTITY_TEMPLATE', ...CALLERS, 'FUNCTION_NAME_PREFIX'],
    memoryMb: MEMORY_MB,
    timeoutSeconds: TIMEOUT_SECONDS,
    knowsAllConnectors: true,
  },
  accounts: {
    access: ['clientSecret', 'consentStates'],
    settings: [...SCALEKIT, 'IDEMPOTENCY_TABLE'],
    memoryMb: MEMORY_MB,
    timeoutSeconds: TIMEOUT_SECONDS,
    knowsAllConnectors: true,
  },
  interceptor: {
    access: [],
    settings: ['DELEGATION_SCOPE'],
    memoryMb: SMALL_MEMORY_MB,
    timeoutSeconds: SHORT_TIMEOUT_SECONDS,
    knowsAllConnectors: false,
  },
};

/** What every function takes for its log and its metrics. */
export const TELEMETRY_SETTINGS = [
  'POWERTOOLS_LOG_LEVEL',
  'POWERTOOLS_SERVICE_NAME',
  'POWERTOOLS_METRICS_NAMESPACE',
  'POWERTOOLS_METRICS_DISABLED',
];

/** Without these a function that reads them does not start; all others have defaults. */
export const REQUIRED_SETTINGS: ReadonlySet<string> = new Set([
  'SCALEKIT_ENV_URL',
  'SCALEKIT_CLIENT_ID',
  'SCALEKIT_CLIENT_SECRET_ARN',
  'USER_VERIFY_URL',
  'IDEMPOTENCY_TABLE',
]);
