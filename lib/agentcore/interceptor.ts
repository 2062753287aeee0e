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
 * verified the token, and the tools verify it again. A machine client may also name the user; for all others the header
 * x-identifier is removed, as is every other header. The gateway must pass request headers to the interceptor.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-interceptors-types.html
 * @throws SettingsError if DELEGATION_SCOPE is malformed: in Lambda at once, elsewhere with the first event
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

/** Treats duplicate headers as missing, so the tools reject the call. */
function onlyValue(headers: Record<string, string>, name: string): string | undefined {
  const values = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
  return values.length === 1 ? values[0]?.[1] : undefined;
}

function scopesOf(authorization: string): ReadonlySet<string> {
  try {
    return tokenScopes(decodeJwt(authorization.replace(/^Bearer +/i, '')));
  } catch {
    // No tool accepts such a token.
    return new Set();
  }
}
