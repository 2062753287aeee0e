import {
  MEMORY_MB,
  SCALEKIT_SETTINGS,
  type SharedFunction,
  TIMEOUT_SECONDS,
} from '../function-declaration.ts';

/** The function that applications call to let their users connect accounts. */
export const ACCOUNTS = {
  name: 'accounts',
  description: "The caller's connected accounts, and how they are connected",
  routes: ['GET /accounts', 'POST /accounts/{connector}/authorize', 'POST /accounts/verify'],
  openRoutes: [],
  access: ['clientSecret', 'consentStates'],
  settings: [...SCALEKIT_SETTINGS, 'IDEMPOTENCY_TABLE'],
  memoryMb: MEMORY_MB,
  timeoutSeconds: TIMEOUT_SECONDS,
  knowsAllConnectors: true,
} as const satisfies SharedFunction;
