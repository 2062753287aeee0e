import { ToolError } from '../errors/tool-error.ts';
import { MCP_PATH } from '../function-declaration.ts';
import { type ApiGatewayEvent, serverUrl } from '../surfaces/api-gateway-event.ts';

interface LoginRules {
  /** The token issuer; undefined if the settings name no issuer. */
  issuer: string | undefined;
  /** The scopes that the tools require. */
  scopes: readonly string[];
}

/**
 * Returns the authorization server and the resource, for a client without a token.
 * https://www.rfc-editor.org/rfc/rfc9728#section-2
 * @param path the route's path, relative to the URL of the API
 * @throws ToolError `not_found` if the settings name no issuer
 */
export function resourceMetadata(event: ApiGatewayEvent, path: string, { issuer, scopes }: LoginRules) {
  if (issuer === undefined) {
    throw new ToolError('not_found', {
      message: 'This API does not say where its callers log in. Ask its operator for a token.',
    });
  }
  return {
    resource: serverUrl(event, path).replace(/\/$/, '') + MCP_PATH,
    authorization_servers: [issuer],
    ...(scopes.length > 0 && { scopes_supported: scopes }),
    bearer_methods_supported: ['header'],
  };
}
