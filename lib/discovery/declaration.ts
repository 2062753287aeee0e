import {
  CALLER_SETTINGS,
  SHORT_TIMEOUT_SECONDS,
  type SharedFunction,
  SMALL_MEMORY_MB,
} from '../function-declaration.ts';

/** The function that lists the tools. */
export const DISCOVERY = {
  name: 'discovery',
  description: 'What there is to call: GET /tools and GET /openapi.json',
  routes: ['GET /tools', 'GET /openapi.json'],
  access: [],
  settings: CALLER_SETTINGS,
  memoryMb: SMALL_MEMORY_MB,
  timeoutSeconds: SHORT_TIMEOUT_SECONDS,
  knowsAllConnectors: false,
} as const satisfies SharedFunction;
