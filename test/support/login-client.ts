import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from '@modelcontextprotocol/client';

/** Stores the login data of an MCP client in memory. At the start it has no data. */
export class LoginClient implements OAuthClientProvider {
  readonly redirectUrl = 'http://127.0.0.1:33418/callback';
  /** The https URL of the client's metadata, or undefined if the client registers itself. */
  readonly clientMetadataUrl?: string;
  readonly clientMetadata = { client_name: 'test', redirect_uris: [this.redirectUrl] };
  /** The URL at which the user must log in, or undefined if no login is needed. */
  loginUrl: URL | undefined;
  #client: StoredOAuthClientInformation | undefined;
  #tokens: StoredOAuthTokens | undefined;
  #codeVerifier = '';
  #discovery: OAuthDiscoveryState | undefined;

  constructor(clientMetadataUrl?: string) {
    if (clientMetadataUrl !== undefined) this.clientMetadataUrl = clientMetadataUrl;
  }

  clientInformation = () => this.#client;
  saveClientInformation(client: StoredOAuthClientInformation): void {
    this.#client = client;
  }

  tokens = () => this.#tokens;
  saveTokens(tokens: StoredOAuthTokens): void {
    this.#tokens = tokens;
  }

  codeVerifier = () => this.#codeVerifier;
  saveCodeVerifier(codeVerifier: string): void {
    this.#codeVerifier = codeVerifier;
  }

  discoveryState = () => this.#discovery;
  saveDiscoveryState(state: OAuthDiscoveryState): void {
    this.#discovery = state;
  }

  redirectToAuthorization(url: URL): void {
    this.loginUrl = url;
  }

  state = () => 'state-of-the-test';
}

/**
 * Fills in the login page of the local issuer, as a person would. Returns the query parameters that the client
 * receives.
 */
export async function logInAt(loginUrl: URL, user: string): Promise<URLSearchParams> {
  const page = await fetch(loginUrl);
  const fields = [...(await page.text()).matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')],
  );
  const answer = await fetch(new URL(loginUrl.pathname, loginUrl), {
    method: 'POST',
    body: new URLSearchParams([...fields, ['user', user]]),
    redirect: 'manual',
  });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`The login page answers ${answer.status}: ${await answer.text()}`);
  return new URL(location).searchParams;
}
