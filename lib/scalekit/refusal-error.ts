import { ToolError } from '../errors/tool-error.ts';
import { faultDetails, type Place } from '../provider/provider-faults.ts';
import type { RefusedOutcome } from './outcome.ts';
import type { ProxyInvocation } from './proxy-invocation.ts';

const MISSING_SCOPE_MESSAGE =
  'The account was connected without a scope that this needs. Give the user authorization_url to consent again.';

/** Returns the error for a request that the provider, or Scalekit's proxy, rejected. */
export async function refusalError(
  { answer, refusal, waitSeconds }: RefusedOutcome,
  request: { pathTemplate: string; places: ReadonlyMap<string, Place> },
  { scalekit: { accounts }, account, statistics, deadline, connector, tool }: ProxyInvocation,
): Promise<ToolError> {
  const { code, message, recognised } = refusal;
  const upstream = { status: answer.status, pathTemplate: request.pathTemplate };

  if (code === 'rate_limited') {
    return new ToolError(code, { message, retryAfterSeconds: waitSeconds, upstream });
  }
  if (code === 'credentials_refused' || (statistics.accountFromCache && !recognised)) {
    const notActive = await accounts.whyNotActive(account, deadline);
    if (notActive) return notActive;
  }
  if (code === 'credentials_refused') return accounts.authorizationRequired(account, deadline);
  if (code === 'scope_missing') {
    return new ToolError('permission_denied', {
      message: message ?? MISSING_SCOPE_MESSAGE,
      details: tool.scopes.map((scope) => ({ path: '', issue: `needs the scope ${scope}` })),
      authorizationUrl: await accounts.authorizationUrl(account, deadline),
      upstream,
    });
  }
  const details = faultDetails(connector.errors.faults?.(answer) ?? [], request.places);
  return new ToolError(code, { message, details, upstream });
}
