import { ToolError } from '../errors/tool-error.ts';
import { TokenVerifier } from './token-verifier.ts';

/** The settings with the issuer and the audiences of callers' tokens. */
interface IssuerSettings {
  OIDC_ISSUER?: string | undefined;
  OIDC_AUDIENCE?: readonly string[] | undefined;
}

type VerifyToken = (token: string, signal: AbortSignal) => ReturnType<TokenVerifier['verify']>;

/** Returns a function that verifies tokens without an authorizer of API Gateway. */
export function createVerifyToken(settings: IssuerSettings): VerifyToken {
  let verifier: TokenVerifier | undefined;

  return async (token, signal) => {
    // We read the settings and the keys when the first token arrives, because most functions run behind an authorizer
    // and need neither.
    const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audiences } = settings;
    if (!issuer || !audiences) throw notConfigured(issuer ? 'OIDC_AUDIENCE' : 'OIDC_ISSUER');
    verifier ??= new TokenVerifier({ issuer, audiences });
    return verifier.verify(token, signal);
  };
}

function notConfigured(setting: string): ToolError {
  return new ToolError('not_configured', {
    message: `${setting} is not set, so the function cannot verify the caller's token. Report this to the operator of the tool.`,
  });
}
