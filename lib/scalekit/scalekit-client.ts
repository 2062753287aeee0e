import { StoredSecret } from '../aws/stored-secret.ts';
import { isEnvironmentUrl } from '../http-client/secure-url.ts';
import type { Environment } from '../settings/parse-settings.ts';
import { AccessToken } from './access-token.ts';
import { ScalekitSdk } from './scalekit-sdk.ts';

/** The client for Scalekit, with its credentials. */
export interface ScalekitClient {
  sdk: ScalekitSdk;
  secret: StoredSecret;
  token: AccessToken;
}

/** The settings with Scalekit's address and our credentials. */
export type ClientSettings = {
  readonly [Name in
    | 'SCALEKIT_ENV_URL'
    | 'SCALEKIT_CLIENT_ID'
    | 'SCALEKIT_CLIENT_SECRET'
    | 'SCALEKIT_CLIENT_SECRET_ARN']?: string | undefined;
};

const begun = new WeakMap<Environment, ScalekitClient>();

export function createClient({
  SCALEKIT_ENV_URL: environmentUrl = '',
  SCALEKIT_CLIENT_ID: clientId = '',
  SCALEKIT_CLIENT_SECRET: secretItself,
  SCALEKIT_CLIENT_SECRET_ARN: arn,
}: ClientSettings): ScalekitClient {
  const sdk = new ScalekitSdk({ environmentUrl, clientId });
  const secret = new StoredSecret({ secret: secretItself, arn });
  return { sdk, secret, token: new AccessToken(sdk, secret) };
}

/**
 * Starts to fetch the access token before the settings are read, while most of the function still loads. It does
 * nothing if settings are missing or malformed; the error is reported when they are read.
 */
export function beginClient(variables: Environment): void {
  const { SCALEKIT_ENV_URL: url, SCALEKIT_CLIENT_ID: clientId } = variables;
  const hasSecret = variables.SCALEKIT_CLIENT_SECRET || variables.SCALEKIT_CLIENT_SECRET_ARN;
  if (!url || !isEnvironmentUrl(url) || !clientId || !hasSecret) return;
  const client = createClient(variables);
  begun.set(variables, client);
  client.token.prime();
}

/** Returns the client that `beginClient` started with these variables, if there is one. */
export function begunClient(variables: Environment): ScalekitClient | undefined {
  return begun.get(variables);
}
