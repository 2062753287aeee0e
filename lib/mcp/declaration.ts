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
  // `ANY /mcp` would also match the preflight requests of browsers (OPTIONS). API Gateway must answer these itself.
  routes: [`POST ${MCP_PATH}`, `GET ${MCP_PATH}`, `DELETE ${MCP_PATH}`],
  openRoutes: [],
  // The log contains hashes of clients and users. The client secret is the key of these hashes on every surface, so a
  // hash finds the log lines of all surfaces.
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
