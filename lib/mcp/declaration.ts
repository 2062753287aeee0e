import {
  CALLER_SETTINGS,
  MCP_PATH,
  MEMORY_MB,
  type SharedFunction,
  TIMEOUT_SECONDS,
} from '../function-declaration.ts';

/** The MCP function. */
export const MCP = {
  name: 'mcp',
  description: 'The Model Context Protocol: lists the tools, and invokes the function of each',
  // We do not use `ANY /mcp`, because it would also match the preflight requests of browsers, which API Gateway
  // handles.
  routes: [`POST ${MCP_PATH}`, `GET ${MCP_PATH}`, `DELETE ${MCP_PATH}`],
  openRoutes: [],
  // The client secret is the key of the hashes in the log. With the same hashes, the log lines of a client or a user
  // can be found on every surface.
  access: ['tools', 'clientSecret'],
  settings: [
    'SCALEKIT_CLIENT_SECRET_ARN',
    'IDENTITY_TEMPLATE',
    ...CALLER_SETTINGS,
    'FUNCTION_NAME_PREFIX',
    'ALLOWED_ORIGINS',
  ],
  memoryMb: MEMORY_MB,
  timeoutSeconds: TIMEOUT_SECONDS,
  knowsAllConnectors: true,
} as const satisfies SharedFunction;
