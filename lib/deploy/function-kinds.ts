import { ACCOUNTS } from '../accounts/declaration.ts';
import { INTERCEPTOR } from '../agentcore/declaration.ts';
import { DISCOVERY } from '../discovery/declaration.ts';
import {
  type FunctionNeeds,
  MEMORY_MB,
  SCALEKIT_SETTINGS,
  TIMEOUT_SECONDS,
} from '../function-declaration.ts';
import { MCP } from '../mcp/declaration.ts';
import type { SharedFunctionName } from './shared-functions.ts';

/** A type of function. Functions of one type have the same permissions, memory and time-out. */
export type FunctionKind = 'read' | 'write' | SharedFunctionName | 'interceptor';

export const RUNTIME = 'nodejs24.x';
export const ARCHITECTURE = 'arm64';

const READ: FunctionNeeds = {
  access: ['clientSecret'],
  settings: [
    ...SCALEKIT_SETTINGS,
    'CONNECT_URL',
    'OIDC_ISSUER',
    'OIDC_AUDIENCE',
    'ACCOUNT_CACHE_SECONDS',
    'RESPONSE_BYTES',
  ],
  memoryMb: MEMORY_MB,
  timeoutSeconds: TIMEOUT_SECONDS,
};

export const FUNCTION_KINDS: Readonly<Record<FunctionKind, FunctionNeeds>> = {
  read: READ,
  write: {
    ...READ,
    access: ['clientSecret', 'writes'],
    settings: [...READ.settings, 'IDEMPOTENCY_TABLE', 'DEDUPE_SECONDS'],
  },
  discovery: DISCOVERY,
  mcp: MCP,
  accounts: ACCOUNTS,
  interceptor: INTERCEPTOR,
};

/** The settings for the log and the metrics of every function. */
export const TELEMETRY_SETTINGS = [
  'POWERTOOLS_LOG_LEVEL',
  'POWERTOOLS_SERVICE_NAME',
  'POWERTOOLS_METRICS_NAMESPACE',
  'POWERTOOLS_METRICS_DISABLED',
];

/** The settings without a default. A function does not start if a setting that it reads is missing. */
export const REQUIRED_SETTINGS: ReadonlySet<string> = new Set([
  'SCALEKIT_ENV_URL',
  'SCALEKIT_CLIENT_ID',
  'SCALEKIT_CLIENT_SECRET_ARN',
  'USER_VERIFY_URL',
  'IDEMPOTENCY_TABLE',
]);
