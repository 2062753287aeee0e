import { ToolError } from '../errors/tool-error.ts';
import { MCP_PATH } from '../function-declaration.ts';
import { assertScopes, hasScopes } from '../identity/identify.ts';
import type { Handler } from '../lambda-handler.ts';
import type { Environment } from '../settings/parse-settings.ts';
import { allScopes, readCallerSettings, readIssuer, requiredScopes } from '../settings/settings.ts';
import { createRoutedFunction, type SharedFunctionInvocation } from '../shared-function.ts';
import { type ApiGatewayEvent, apiGatewayCaller, serverUrl } from '../surfaces/api-gateway-event.ts';
import { toolSelection } from '../surfaces/tool-selection.ts';
import type { Log } from '../telemetry/log.ts';
import { DISCOVERY, METADATA_PATH } from './declaration.ts';
import type { DiscoveryCatalogue } from './discovery-catalogue.ts';
import { narrowOpenApi } from './narrow-open-api.ts';
import { resourceMetadata } from './resource-metadata.ts';

interface DiscoveryOptions {
  variables?: Environment;
  log?: Log;
}

const OPEN_API_PATH = '/openapi.json';

/**
 * Makes the handler of four routes. `GET /tools` and `GET /openapi.json` list the tools that a verified caller may
 * call. The other two routes have no authorizer, and show a client without a token where to log in.
 * @throws SettingsError
 */
export function createDiscoveryFunction(
  catalogue: DiscoveryCatalogue,
  { variables = process.env, log }: DiscoveryOptions = {},
): Handler {
  const { formats, tools, openApi: document } = catalogue;
  const settings = readCallerSettings(variables);
  const login = { issuer: readIssuer(variables), scopes: allScopes(settings) };

  return createRoutedFunction(
    DISCOVERY,
    {
      'GET /tools': definitions,
      'GET /openapi.json': openApi,
      [`GET ${METADATA_PATH}`]: metadataAt(METADATA_PATH),
      [`GET ${METADATA_PATH}${MCP_PATH}`]: metadataAt(METADATA_PATH + MCP_PATH),
    },
    ({ event }) => assertScopes(apiGatewayCaller(event).caller, requiredScopes(settings)),
    log,
  );

  async function definitions({ event }: SharedFunctionInvocation) {
    const { format = formats[0], ...query } = event.queryStringParameters ?? {};
    const known = formats.find((name) => name === format);
    if (known === undefined) {
      throw new ToolError('invalid_input', {
        message: 'There is no such form of definitions. Ask for one of those in details.',
        details: [{ path: 'format', issue: `must be one of ${formats.join(', ')}` }],
      });
    }
    return { tools: listed(event, query).map((tool) => tool.definitions[known]) };
  }

  /** Returns the tools that match the query and that the caller may call. */
  function listed(event: ApiGatewayEvent, query: NonNullable<ApiGatewayEvent['queryStringParameters']>) {
    const { caller } = apiGatewayCaller(event);
    const isSelected = toolSelection(query, tools);
    return tools.filter(
      (tool) => isSelected(tool) && hasScopes(caller, requiredScopes(settings, tool.effect)),
    );
  }

  function metadataAt(path: string) {
    return async ({ event }: SharedFunctionInvocation) => resourceMetadata(event, path, login);
  }

  async function openApi({ event }: SharedFunctionInvocation) {
    const names = new Set(listed(event, event.queryStringParameters ?? {}).map(({ name }) => name));
    const shown = names.size === tools.length ? document : narrowOpenApi(document, (name) => names.has(name));
    return { ...shown, servers: [{ url: serverUrl(event, OPEN_API_PATH) }] };
  }
}
