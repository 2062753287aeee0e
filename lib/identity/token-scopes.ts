/**
 * Returns the scopes of a token, from its claims `scope` or `scp`.
 * Issuers write a text with spaces or an array; API Gateway passes an array as the text `[a b]`.
 */
export function tokenScopes(claims: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const scopes = [claims.scope, claims.scp].flatMap((claim) => {
    if (Array.isArray(claim)) return claim.filter((scope) => typeof scope === 'string');
    if (typeof claim !== 'string') return [];
    return claim.replace(/^\[(.*)\]$/s, '$1').split(/\s+/);
  });
  return new Set(scopes.filter((scope) => scope !== ''));
}
