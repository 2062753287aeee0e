/**
 * The scopes that a token's claims grant, from `scope` or `scp`.
 * API Gateway hands an array over as the text `[a b]`; issuers write a text with spaces or an array.
 */
export function tokenScopes(claims: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const scopes = [claims.scope, claims.scp].flatMap((claim) => {
    if (Array.isArray(claim)) return claim.filter((scope) => typeof scope === 'string');
    if (typeof claim !== 'string') return [];
    return claim.replace(/^\[(.*)\]$/s, '$1').split(/\s+/);
  });
  return new Set(scopes.filter((scope) => scope !== ''));
}
