import type { Handler } from '../create-handler.ts';
import { ToolError } from '../errors/tool-error.ts';
import { createHttpFunction } from '../http-function.ts';
import { assertRequiredScope } from '../identity/identify.ts';
import type { Environment } from '../settings/environment.ts';
import { readCallerSettings } from '../settings/settings.ts';
import { httpAnswer } from '../surfaces/http-answer.ts';
import { httpCaller } from '../surfaces/http-caller.ts';
import type { HttpEvent } from '../surfaces/http-event.ts';
import { serverUrl } from '../surfaces/server-url.ts';
import type { Log } from '../telemetry/log.ts';
import type { DiscoveryCatalogue } from './discovery-catalogue.ts';

interface DiscoveryOptions {
  variables?: Environment;
  log?: Log;
}

const OPEN_API_PATH = '/openapi.json';
const FORMAT_DEFAULT = 'mcp';

/**
 * Makes the handler of `GET /tools` and `GET /openapi.json`: what there is to call, for every verified caller.
 * @throws SettingsError
 */
export function createDiscoveryFunction(
  catalogue: DiscoveryCatalogue,
  { variables = process.env, log }: DiscoveryOptions = {},
): Handler {
  const { REQUIRED_SCOPE: requiredScope } = readCallerSettings(variables);
  const bodies: Readonly<Record<string, (event: HttpEvent) => string>> = {
    'GET /tools': definitions,
    [`GET ${OPEN_API_PATH}`]: openApi,
  };

  return createHttpFunction(
    'discovery',
    async ({ event, context: { awsRequestId = null } }) => {
      assertRequiredScope(httpCaller(event).caller, requiredScope);
      const body = bodies[event.routeKey ?? ''];
      if (!body) throw unknownRoute(Object.keys(bodies));
      return httpAnswer(200, body(event), awsRequestId);
    },
    log,
  );

  function definitions({ queryStringParameters }: HttpEvent): string {
    const format = queryStringParameters?.format ?? FORMAT_DEFAULT;
    const known = new Map<string, string>(Object.entries(catalogue.definitions));
    const body = known.get(format);
    if (body !== undefined) return body;
    throw new ToolError('invalid_input', {
      message: 'There is no such form of definitions. Ask for one of those in details.',
      details: [{ path: 'format', issue: `must be one of ${[...known.keys()].join(', ')}` }],
    });
  }

  function openApi(event: HttpEvent): string {
    return JSON.stringify({ ...catalogue.openApi, servers: [{ url: serverUrl(event, OPEN_API_PATH) }] });
  }
}

function unknownRoute(routes: readonly string[]): ToolError {
  return new ToolError('internal_error', {
    message: `This function serves ${routes.join(' and ')} alone. Report this to the operator.`,
  });
}
