import { ToolError } from '../errors/tool-error.ts';
import type { Settings } from '../settings/settings.ts';
import { TokenVerifier } from './token-verifier.ts';

type VerifyToken = (token: string, signal: AbortSignal) => ReturnType<TokenVerifier['verify']>;

/** Verifies tokens where the function has to; what that takes is made with the first one. */
export function createVerifyToken(settings: Pick<Settings, 'OIDC_ISSUER' | 'OIDC_AUDIENCE'>): VerifyToken {
  let verifier: TokenVerifier | undefined;

  return async (token, signal) => {
    // Most functions are called behind an authorizer, and need these settings no more than the keys.
    const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audiences } = settings;
    if (!issuer || !audiences) throw notConfigured(issuer ? 'OIDC_AUDIENCE' : 'OIDC_ISSUER');
    verifier ??= new TokenVerifier({ issuer, audiences });
    return verifier.verify(token, signal);
  };
}

function notConfigured(setting: string): ToolError {
  return new ToolError('not_configured', {
    message: `${setting} is not set, without which the function cannot verify the caller's token. Report this to the operator of the tool.`,
  });
}
