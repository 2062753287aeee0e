import {
  CALLER_SETTINGS,
  MCP_PATH,
  SHORT_TIMEOUT_SECONDS,
  type SharedFunction,
  SMALL_MEMORY_MB,
} from '../function-declaration.ts';

/**
 * Where a client that has no token finds the login. It asks below this path for the path of what it called, and then for
 * this path. https://www.rfc-editor.org/rfc/rfc9728#section-3.1
 */
export const METADATA_PATH = '/.well-known/oauth-protected-resource';

/** The function that lists what there is to call. */
export const DISCOVERY = {
  name: 'discovery',
  description: 'What there is to call, and where its callers log in',
  routes: ['GET /tools', 'GET /openapi.json'],
  openRoutes: [`GET ${METADATA_PATH}`, `GET ${METADATA_PATH}${MCP_PATH}`],
  access: [],
  settings: [...CALLER_SETTINGS, 'OIDC_ISSUER'],
  memoryMb: SMALL_MEMORY_MB,
  timeoutSeconds: SHORT_TIMEOUT_SECONDS,
  knowsAllConnectors: false,
} as const satisfies SharedFunction;
