import type { Environment } from '../../settings/environment.ts';

// Placeholders for missing settings; a deployment without these settings is rejected before it starts.
const NO_ISSUER = 'https://issuer.invalid';
const NO_AUDIENCE = 'scalekit-lambda-tools';

/** Returns the accepted issuer and audiences. */
export function jwtAuthorizer({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: audiences }: Environment) {
  return {
    identitySource: '$request.header.Authorization',
    issuerUrl: issuer || NO_ISSUER,
    audience: (audiences || NO_AUDIENCE).split(',').map((audience) => audience.trim()),
  };
}
