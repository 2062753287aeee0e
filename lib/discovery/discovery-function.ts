import type { Handler } from '../create-handler.ts';
import { ToolError } from '../errors/tool-error.ts';
import { MCP_PATH } from '../function-declaration.ts';
import { createRoutedFunction, type HttpInvocation } from '../http-function.ts';
import { assertRequiredScope } from '../identity/identify.ts';
import type { Environment } from '../settings/environment.ts';
import { readCallerSettings, readIssuer } from '../settings/settings.ts';
import { httpCaller } from '../surfaces/http-caller.ts';
import { serverUrl } from '../surfaces/server-url.ts';
import type { Log } from '../telemetry/log.ts';
import { DISCOVERY, METADATA_PATH } from './declaration.ts';
import type { DiscoveryCatalogue } from './discovery-catalogue.ts';
import { resourceMetadata } from './resource-metadata.ts';

interface DiscoveryOptions {
  variables?: Environment;
  log?: Log;
}

const OPEN_API_PATH = '/openapi.json';
const FORMAT_DEFAULT = 'mcp';

/**
 * Makes the handler of `GET /tools` and `GET /openapi.json`, which list what there is to call for every verified caller,
 * and of the open routes at which a client without a token finds the login.
 * @throws SettingsError
 */
export function createDiscoveryFunction(
  catalogue: DiscoveryCatalogue,
  { variables = process.env, log }: DiscoveryOptions = {},
): Handler {
  const { REQUIRED_SCOPE: requiredScope } = readCallerSettings(variables);
  const login = { issuer: readIssuer(variables), scopes: requiredScope ? [requiredScope] : [] };

  return createRoutedFunction(
    DISCOVERY,
    {
      'GET /tools': definitions,
      'GET /openapi.json': openApi,
      [`GET ${METADATA_PATH}`]: metadataAt(METADATA_PATH),
      [`GET ${METADATA_PATH}${MCP_PATH}`]: metadataAt(METADATA_PATH + MCP_PATH),
    },
    ({ event }) => assertRequiredScope(httpCaller(event).caller, requiredScope),
    log,
  );

  async function definitions({ event: { queryStringParameters } }: HttpInvocation) {
    const format = queryStringParameters?.format ?? FORMAT_DEFAULT;
    const known = new Map<string, object>(Object.entries(catalogue.definitions));
    const body = known.get(format);
    if (body !== undefined) return body;
    throw new ToolError('invalid_input', {
      message: 'There is no such form of definitions. Ask for one of those in details.',
      details: [{ path: 'format', issue: `must be one of ${[...known.keys()].join(', ')}` }],
    });
  }

  function metadataAt(path: string) {
    return async ({ event }: HttpInvocation) => resourceMetadata(event, path, login);
  }

  async function openApi({ event }: HttpInvocation) {
    return { ...catalogue.openApi, servers: [{ url: serverUrl(event, OPEN_API_PATH) }] };
  }
}
