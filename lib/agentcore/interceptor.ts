import { decodeJwt } from 'jose';
import * as z from 'zod';
import { tokenScopes } from '../identity/identify.ts';
import { lambdaHandler } from '../lambda-handler.ts';
import type { Environment } from '../settings/parse-settings.ts';
import { readDelegationScope } from '../settings/settings.ts';

const InterceptorEvent = z.object({
  interceptorInputVersion: z.literal('1.0'),
  mcp: z.object({
    gatewayRequest: z.object({
      headers: z.record(z.string(), z.string()).nullish(),
      body: z.unknown(),
    }),
  }),
});

/**
 * Makes the REQUEST interceptor of an AgentCore Gateway, which passes the caller's token to the tools. The gateway has
 * verified the token, and the tools verify it again. The interceptor also passes the header `x-identifier`, which
 * names the user, if the token's scopes let the client act for users. The interceptor removes all other headers. The
 * gateway must be configured to pass request headers to the interceptor.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-interceptors-types.html
 * @throws SettingsError if DELEGATION_SCOPE is malformed: at start in Lambda, at the first event elsewhere
 */
export function createInterceptor(variables: Environment = process.env) {
  const readScope = () => readDelegationScope(variables);
  const scopeInLambda = variables.AWS_LAMBDA_FUNCTION_NAME ? readScope() : undefined;

  return lambdaHandler(async (event) => {
    const delegationScope = scopeInLambda ?? readScope();
    const { headers, body } = InterceptorEvent.parse(event).mcp.gatewayRequest;
    return {
      interceptorOutputVersion: '1.0',
      mcp: { transformedGatewayRequest: { headers: forwarded(headers ?? {}, delegationScope), body } },
    };
  });
}

export const handler = createInterceptor();

function forwarded(headers: Record<string, string>, delegationScope: string): Record<string, string> {
  const authorization = onlyValue(headers, 'authorization');
  if (authorization === undefined) return {};
  const named = onlyValue(headers, 'x-identifier');
  const mayName = named !== undefined && scopesOf(authorization).has(delegationScope);
  return { Authorization: authorization, ...(mayName && { 'x-identifier': named }) };
}

/** Returns a header's value. A duplicate header counts as missing, so the tools reject the call. */
function onlyValue(headers: Record<string, string>, name: string): string | undefined {
  const values = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
  return values.length === 1 ? values[0]?.[1] : undefined;
}

function scopesOf(authorization: string): ReadonlySet<string> {
  try {
    return tokenScopes(decodeJwt(authorization.replace(/^Bearer +/i, '')));
  } catch {
    // The token is malformed. Every tool will reject it.
    return new Set();
  }
}
