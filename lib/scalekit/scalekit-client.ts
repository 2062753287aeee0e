import { StoredSecret } from '../aws/stored-secret.ts';
import { isEnvironmentUrl } from '../http-client/secure-url.ts';
import type { Environment } from '../settings/parse-settings.ts';
import { AccessToken } from './access-token.ts';
import { ScalekitSdk } from './scalekit-sdk.ts';

/** The client for Scalekit, including its credentials. */
export interface ScalekitClient {
  sdk: ScalekitSdk;
  secret: StoredSecret;
  token: AccessToken;
}

/** The settings that contain Scalekit's URL and our credentials. */
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
 * Requests the access token while the rest of the function still loads. If settings are missing or malformed, this
 * function does nothing. The error is reported later, when the settings are read.
 */
export function beginClient(variables: Environment): void {
  const { SCALEKIT_ENV_URL: url, SCALEKIT_CLIENT_ID: clientId } = variables;
  const hasSecret = variables.SCALEKIT_CLIENT_SECRET || variables.SCALEKIT_CLIENT_SECRET_ARN;
  if (!url || !isEnvironmentUrl(url) || !clientId || !hasSecret) return;
  const client = createClient(variables);
  begun.set(variables, client);
  client.token.prime();
}

/** Returns the client that `beginClient` has started with these variables, or undefined. */
export function begunClient(variables: Environment): ScalekitClient | undefined {
  return begun.get(variables);
}
