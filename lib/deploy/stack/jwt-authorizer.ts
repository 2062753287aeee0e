import type { Environment } from '../../settings/environment.ts';

// Stand in for what is not set; a deployment without it is refused before it begins.
const NO_ISSUER = 'https://issuer.invalid';
const NO_AUDIENCE = 'scalekit-lambda-tools';

/** Whose tokens are accepted, and for which audiences. */
export function jwtAuthorizer({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: audiences }: Environment) {
  return {
    identitySource: '$request.header.Authorization',
    issuerUrl: issuer || NO_ISSUER,
    audience: (audiences || NO_AUDIENCE).split(',').map((audience) => audience.trim()),
  };
}
