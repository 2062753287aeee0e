import {
  CALLER_SETTINGS,
  MCP_PATH,
  MEMORY_MB,
  type SharedFunction,
  TIMEOUT_SECONDS,
} from '../function-declaration.ts';

/** The function that serves the Model Context Protocol. */
export const MCP = {
  name: 'mcp',
  description: 'The Model Context Protocol: lists the tools, and invokes the function of each',
  // Not ANY /mcp, which would also take the preflight requests of browsers from API Gateway.
  routes: [`POST ${MCP_PATH}`, `GET ${MCP_PATH}`, `DELETE ${MCP_PATH}`],
  openRoutes: [],
  // The secret is the key of the log's hashes, by which the lines of a client or a user are found on every surface.
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
