import { ToolError } from '../errors/tool-error.ts';
import type { Settings } from '../settings/settings.ts';
import type { TokenVerifier } from './token-verifier.ts';

type VerifyToken = (token: string, signal: AbortSignal) => ReturnType<TokenVerifier['verify']>;

/** Verifies tokens where the function has to; what that takes is loaded and made with the first one. */
export function createVerifyToken(settings: Pick<Settings, 'OIDC_ISSUER' | 'OIDC_AUDIENCE'>): VerifyToken {
  let verifier: TokenVerifier | undefined;

  return async (token, signal) => {
    // Most functions are called behind an authorizer, and need neither these settings nor the time to load this.
    const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audiences } = settings;
    if (!issuer || !audiences) throw notConfigured(issuer ? 'OIDC_AUDIENCE' : 'OIDC_ISSUER');
    const { TokenVerifier } = await import('./token-verifier.ts');
    verifier ??= new TokenVerifier({ issuer, audiences });
    return verifier.verify(token, signal);
  };
}

function notConfigured(setting: string): ToolError {
  return new ToolError('not_configured', {
    message: `${setting} is not set, without which the function cannot verify the caller's token. Report this to the operator of the tool.`,
  });
}
