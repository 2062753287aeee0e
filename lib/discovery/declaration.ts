import {
  CALLER_SETTINGS,
  MCP_PATH,
  SHORT_TIMEOUT_SECONDS,
  type SharedFunction,
  SMALL_MEMORY_MB,
} from '../function-declaration.ts';

/**
 * The path at which a client without a token finds the login. A client first tries this path followed by the path that it
 * called, and then this path. https://www.rfc-editor.org/rfc/rfc9728#section-3.1
 */
export const METADATA_PATH = '/.well-known/oauth-protected-resource';

/** The function that lists the tools and shows clients the login. */
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
