import { ToolError } from '../errors/tool-error.ts';
import { createRoutedFunction, type HttpInvocation } from '../http-function.ts';
import { assertRequiredScope } from '../identity/identify.ts';
import type { Handler } from '../lambda-handler.ts';
import type { Environment } from '../settings/environment.ts';
import { readCallerSettings } from '../settings/settings.ts';
import { httpCaller } from '../surfaces/http-caller.ts';
import { serverUrl } from '../surfaces/server-url.ts';
import type { Log } from '../telemetry/log.ts';
import { DISCOVERY } from './declaration.ts';
import type { DiscoveryCatalogue } from './discovery-catalogue.ts';

interface DiscoveryOptions {
  variables?: Environment;
  log?: Log;
}

const OPEN_API_PATH = '/openapi.json';
const FORMAT_DEFAULT = 'mcp';

/**
 * Makes the handler of `GET /tools` and `GET /openapi.json`, which lists the tools for every verified caller.
 * @throws SettingsError
 */
export function createDiscoveryFunction(
  catalogue: DiscoveryCatalogue,
  { variables = process.env, log }: DiscoveryOptions = {},
): Handler {
  const { REQUIRED_SCOPE: requiredScope } = readCallerSettings(variables);

  return createRoutedFunction(
    DISCOVERY,
    { 'GET /tools': definitions, 'GET /openapi.json': openApi },
    ({ event }) => assertRequiredScope(httpCaller(event).caller, requiredScope),
    log,
  );

  async function definitions({ event: { queryStringParameters } }: HttpInvocation) {
    const format = queryStringParameters?.format ?? FORMAT_DEFAULT;
    const known = new Map<string, object>(Object.entries(catalogue.definitions));
    const body = known.get(format);
    if (body !== undefined) return body;
    throw new ToolError('invalid_input', {
      message: 'There is no such format of definitions. Use one of those in details.',
      details: [{ path: 'format', issue: `must be one of ${[...known.keys()].join(', ')}` }],
    });
  }

  async function openApi({ event }: HttpInvocation) {
    return { ...catalogue.openApi, servers: [{ url: serverUrl(event, OPEN_API_PATH) }] };
  }
}
