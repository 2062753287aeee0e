import { ToolError } from '../errors/tool-error.ts';
import type { Caller } from '../identity/identify.ts';
import { headerValue } from './header-value.ts';
import type { HttpEvent } from './http-event.ts';

/** The caller that the API's authorizer verified, and the user named in the header `x-identifier`. */
export interface HttpCaller {
  caller: Caller;
  named: string | undefined;
}

/** @throws ToolError `unauthenticated` if no authorizer verified the caller, or the header is repeated */
export function httpCaller({ requestContext, headers }: HttpEvent): HttpCaller {
  const named = headerValue(headers ?? {}, 'x-identifier');
  const { jwt, lambda, iam } = requestContext.authorizer ?? {};
  const claims = jwt?.claims ?? lambda;
  if (claims) return { caller: { kind: 'token', claims }, named };
  if (iam) return { caller: { kind: 'iam', principalArn: iam.userArn }, named };
  throw new ToolError('unauthenticated', {
    message: 'No authorizer verified the caller. The operator should put one before this route.',
  });
}
