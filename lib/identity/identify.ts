import { ToolError } from '../errors/tool-error.ts';
import { claimText, fillIdentityTemplate } from './identity-template.ts';
import { isSessionOf, roleOfSession } from './role-session.ts';

/** The verified caller: the claims of a token, or an AWS principal. */
export type Caller =
  | { kind: 'token'; claims: Readonly<Record<string, unknown>> }
  | { kind: 'iam'; principalArn: string };

/** The client, role, agent or gateway that makes a call, for the log. */
export interface ActingParty {
  /** A client ID, the ARN of a role, an agent or a gateway; undefined if unknown. */
  name: string | undefined;
  /**
   * True if the caller names the user and acts for this user. False if the caller is the user. Undefined until this is
   * known.
   */
  delegated: boolean | undefined;
}

// The claims that name the client, in RFC 9068, OpenID Connect, Okta and version 1 of Entra ID. If they are all
// missing, we use the user in `sub`.
// https://www.rfc-editor.org/rfc/rfc9068#section-2.2, https://openid.net/specs/openid-connect-core-1_0.html#IDToken
// https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/
// https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
const CLIENT_CLAIMS = ['client_id', 'azp', 'cid', 'appid', 'sub'];

/** The rules that decide who may call, and who may act for a user. */
export interface CallerRules {
  delegationScope: string;
  /** The scopes that a token must have for the call. */
  requiredScopes: readonly string[];
  /**
   * The ARNs of the IAM roles that may act for any user. If it is undefined, anyone who can invoke the API may act
   * for any user.
   */
  delegationRoles: readonly string[] | undefined;
}

export interface IdentityRules extends CallerRules {
  identityTemplate: string;
}

/**
 * Returns the identifier of the user for whom the call runs.
 * @param caller the verified caller
 * @param named the identifier in the request header `x-identifier`; undefined without the header
 * @throws ToolError `unauthenticated` or `forbidden`
 */
export function identify(caller: Caller, named: string | undefined, rules: IdentityRules): string {
  assertScopes(caller, rules.requiredScopes);
  if (caller.kind === 'iam') assertMayDelegate(caller.principalArn, rules.delegationRoles);
  if (mayDelegate(caller, rules)) return delegated(named);

  const own =
    caller.kind === 'token' ? fillIdentityTemplate(rules.identityTemplate, caller.claims) : undefined;
  if (!isIdentifier(own)) {
    throw new ToolError('unauthenticated', {
      message:
        'The claims of the token do not make a usable identifier: 1 to 256 visible ASCII characters, without spaces. The operator should check IDENTITY_TEMPLATE against the claims that the issuer sends.',
    });
  }
  if (named !== undefined && named !== own) {
    throw new ToolError('forbidden', {
      message: 'The token may not act for another user. Leave the header x-identifier out.',
    });
  }
  return own;
}

/**
 * Returns true if the caller must name the user for whom it acts. This is the case for an IAM principal and for a
 * token with the delegation scope.
 */
function mayDelegate(caller: Caller, { delegationScope }: CallerRules): boolean {
  return caller.kind === 'iam' || tokenScopes(caller.claims).has(delegationScope);
}

/** @throws ToolError `forbidden` if a token lacks one of the scopes */
export function assertScopes(caller: Caller, scopes: readonly string[]): void {
  const missing = missingScope(caller, scopes);
  if (missing === undefined) return;
  throw new ToolError('forbidden', {
    message: `The token lacks the scope ${missing}. Use a token that has it.`,
  });
}

/** True if a caller has all of the scopes. An IAM principal needs no scopes. */
export function hasScopes(caller: Caller, scopes: readonly string[]): boolean {
  return missingScope(caller, scopes) === undefined;
}

function missingScope(caller: Caller, scopes: readonly string[]): string | undefined {
  if (caller.kind === 'iam') return undefined;
  const granted = tokenScopes(caller.claims);
  return scopes.find((scope) => !granted.has(scope));
}

function assertMayDelegate(principalArn: string, roles: readonly string[] | undefined): void {
  if (!roles || roles.some((role) => isSessionOf(principalArn, role))) return;
  throw new ToolError('forbidden', {
    message: 'This IAM principal may not act for users. Call with a role that the operator allows to.',
  });
}

/** Returns the user that the caller names. A machine client has no account, so it must name a user. */
function delegated(named: string | undefined): string {
  if (isIdentifier(named)) return named;
  throw new ToolError('unauthenticated', {
    message:
      'A machine client must name the user in the header x-identifier: 1 to 256 visible ASCII characters.',
  });
}

/** Returns the client or the role behind a verified caller, even if the caller is not allowed to call. */
export function actingParty(caller: Caller, rules: CallerRules): ActingParty {
  return { name: nameOf(caller), delegated: mayDelegate(caller, rules) };
}

function nameOf(caller: Caller): string | undefined {
  if (caller.kind === 'iam') return roleOfSession(caller.principalArn) ?? caller.principalArn;
  return CLIENT_CLAIMS.map((claim) => claimText(caller.claims, claim)).find((name) => name !== undefined);
}

// An HTTP header would lose any other character, so two different users could get the same identifier. We therefore
// reject any other value and never repair it.
const IDENTIFIER = /^[\x21-\x7e]{1,256}$/;

/** True if a value can be the application's ID of an end user: 1 to 256 visible ASCII characters. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && IDENTIFIER.test(value);
}

/**
 * Returns the scopes of a token, from its claims `scope` or `scp`.
 * Issuers write a text with spaces or an array. API Gateway passes an array as the text `[a b]`.
 */
export function tokenScopes(claims: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const scopes = [claims.scope, claims.scp].flatMap((claim) => {
    if (Array.isArray(claim)) return claim.filter((scope) => typeof scope === 'string');
    if (typeof claim !== 'string') return [];
    return claim.replace(/^\[(.*)\]$/s, '$1').split(/\s+/);
  });
  return new Set(scopes.filter((scope) => scope !== ''));
}
