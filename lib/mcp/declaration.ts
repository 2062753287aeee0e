import { CALLER_SETTINGS, MEMORY_MB, type SharedFunction, TIMEOUT_SECONDS } from '../function-declaration.ts';

/** The function that serves the Model Context Protocol. */
export const MCP = {
  name: 'mcp',
  description: 'The Model Context Protocol: lists the tools, and invokes the function of each',
  // Not ANY /mcp, which would also take the browsers' preflight requests away from API Gateway.
  routes: ['POST /mcp', 'GET /mcp', 'DELETE /mcp'],
  // The secret is the key of the hashes in the log, so that a client or a user has one hash on every surface.
  access: ['tools', 'clientSecret'],
  settings: ['SCALEKIT_CLIENT_SECRET_ARN', 'IDENTITY_TEMPLATE', ...CALLER_SETTINGS, 'FUNCTION_NAME_PREFIX'],
  memoryMb: MEMORY_MB,
  timeoutSeconds: TIMEOUT_SECONDS,
  knowsAllConnectors: true,
} as const satisfies SharedFunction;
