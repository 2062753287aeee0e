import { type FunctionNeeds, SHORT_TIMEOUT_SECONDS, SMALL_MEMORY_MB } from '../function-declaration.ts';

/** The interceptor of the AgentCore Gateway. */
export const INTERCEPTOR = {
  name: 'interceptor',
  description: "Passes the caller's token through the AgentCore Gateway",
  access: [],
  settings: ['DELEGATION_SCOPE'],
  memoryMb: SMALL_MEMORY_MB,
  timeoutSeconds: SHORT_TIMEOUT_SECONDS,
} as const satisfies FunctionNeeds & { name: string; description: string };
