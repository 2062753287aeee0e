import { ToolError } from '../errors/tool-error.ts';
import type { ProviderAnswer, Refusal } from './provider-errors.ts';
import type { ProxyInvocation } from './proxy-invocation.ts';
import { retryAfterSeconds } from './retry-after.ts';

const MISSING_SCOPE_MESSAGE =
  'The account was connected without a scope that this needs. Give the user authorization_url to consent again.';

/** The error that a refusal of the provider, or of the proxy in front of it, is told with. */
export async function refusalError(
  refusal: Refusal,
  { status, headers }: ProviderAnswer,
  pathTemplate: string,
  { scalekit: { accounts }, account, accountFromCache, deadline, tool }: ProxyInvocation,
): Promise<ToolError> {
  const { code, message, missingScope, recognised } = refusal;
  const upstream = { status, pathTemplate };

  if (code === 'rate_limited') {
    return new ToolError(code, { message, retryAfterSeconds: retryAfterSeconds(headers), upstream });
  }
  if (code === 'credentials_refused' || (accountFromCache && !recognised)) {
    const notActive = await accounts.whyNotActive(account, deadline);
    if (notActive) return notActive;
  }
  if (code === 'credentials_refused') return accounts.authorizationRequired(account, deadline);
  if (!missingScope) return new ToolError(code, { message, upstream });
  return new ToolError(code, {
    message: message ?? MISSING_SCOPE_MESSAGE,
    details: tool.scopes.map((scope) => ({ path: '', issue: `needs the scope ${scope}` })),
    authorizationUrl: await accounts.authorizationUrl(account, deadline),
    upstream,
  });
}
