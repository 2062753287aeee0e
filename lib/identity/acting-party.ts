import { type Caller, type CallerRules, mayDelegate } from './identify.ts';
import { claimText } from './identity-template.ts';
import { roleOfSession } from './role-session.ts';

/** Who acts in a call, for the log. */
export interface ActingParty {
  /** A client ID, the ARN of a role, an agent or a gateway; undefined if nothing says who it is. */
  name: string | undefined;
  /** Whether the caller names the user in place of being the user; undefined until that is known. */
  delegated: boolean | undefined;
}

// RFC 9068 and OpenID Connect; a token without them is known by its user.
// https://www.rfc-editor.org/rfc/rfc9068#section-2.2, https://openid.net/specs/openid-connect-core-1_0.html#IDToken
const CLIENT_CLAIMS = ['client_id', 'azp', 'sub'];

/** The client or the role behind a verified caller, whether or not the caller may call. */
export function actingParty(caller: Caller, rules: CallerRules): ActingParty {
  return { name: nameOf(caller), delegated: mayDelegate(caller, rules) };
}

function nameOf(caller: Caller): string | undefined {
  if (caller.kind === 'iam') return roleOfSession(caller.principalArn) ?? caller.principalArn;
  return CLIENT_CLAIMS.map((claim) => claimText(caller.claims, claim)).find((name) => name !== undefined);
}
