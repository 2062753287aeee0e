import {
  CALLER_SETTINGS,
  MCP_PATH,
  SHORT_TIMEOUT_SECONDS,
  type SharedFunction,
  SMALL_MEMORY_MB,
} from '../function-declaration.ts';

/**
 * The path of the metadata that shows where to log in. For a call to `/mcp` without a token, a client first tries this
 * path followed by `/mcp`, and then only this path.
 * https://www.rfc-editor.org/rfc/rfc9728#section-3.1
 */
export const METADATA_PATH = '/.well-known/oauth-protected-resource';

/** The function that lists the tools and shows clients where to log in. */
export const DISCOVERY = {
  name: 'discovery',
  description: 'Lists the tools, and shows clients where to log in',
  routes: ['GET /tools', 'GET /openapi.json'],
  openRoutes: [`GET ${METADATA_PATH}`, `GET ${METADATA_PATH}${MCP_PATH}`],
  access: [],
  settings: [...CALLER_SETTINGS, 'OIDC_ISSUER'],
  memoryMb: SMALL_MEMORY_MB,
  timeoutSeconds: SHORT_TIMEOUT_SECONDS,
  knowsAllConnectors: false,
} as const satisfies SharedFunction;
