import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { isDocumentUrl, readRedirectUris } from './client-metadata-document.ts';
import { RedirectUri } from './redirect-uri.ts';

const CODE_LIFETIME_MS = 60_000;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?=\/|$)/;

const Registration = z.object({
  client_name: z.string().optional(),
  redirect_uris: z.array(RedirectUri).min(1),
});

const AuthorizationRequest = z.object({
  response_type: z.literal('code'),
  client_id: z.string(),
  redirect_uri: z.string().refine(URL.canParse),
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
  state: z.string().optional(),
  scope: z.string().optional(),
  resource: z.url().optional(),
});
const Login = AuthorizationRequest.extend({ user: z.string().min(1) });
type Login = z.output<typeof Login>;

const Grant = z.object({ grant_type: z.string() });
const TokenRequest = Grant.extend({
  code: z.string(),
  code_verifier: z.string(),
  client_id: z.string(),
  // Since OAuth 2.1, clients send this parameter only in the authorization request.
  redirect_uri: z.string().optional(),
  resource: z.url().optional(),
});

/** The claims and the audience of a token to issue. */
export interface Granted {
  claims: { sub: string; client_id: string; scope?: string | undefined };
  /** The resource that the client requested; undefined for the default audience. */
  audience: string | undefined;
}

/**
 * Issues authorization codes with PKCE to clients that have no secret. A client registers itself, or its ID
 * is the URL of its metadata.
 * https://www.rfc-editor.org/rfc/rfc7591, https://www.rfc-editor.org/rfc/rfc7636,
 * https://www.rfc-editor.org/rfc/rfc8707
 */
export class AuthorizationCodes {
  readonly #redirectUris = new Map<string, readonly string[]>();
  readonly #logins = new Map<string, { login: Login; endsAtMs: number }>();

  /** Registers a client and returns it, or undefined if its metadata is not valid. */
  register(metadata: unknown) {
    const { success, data } = Registration.safeParse(metadata);
    if (!success) return undefined;
    const clientId = randomUUID();
    this.#redirectUris.set(clientId, data.redirect_uris.map(withoutLoopbackPort));
    return {
      ...data,
      client_id: clientId,
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
    };
  }

  /**
   * Returns the parameters of an authorization request, or undefined if the request or its client is not valid. If the
   * client's ID is a URL, fetches the client's metadata first.
   */
  async request(parameters: unknown): Promise<Record<string, string | undefined> | undefined> {
    const { success, data } = AuthorizationRequest.safeParse(parameters);
    if (!success) return undefined;
    if (isDocumentUrl(data.client_id)) await this.#lookUp(data.client_id);
    return this.#isRegistered(data) ? data : undefined;
  }

  /** Fetches the metadata of a client. This happens at each login, because the metadata may have changed. */
  async #lookUp(clientId: string): Promise<void> {
    const redirectUris = await readRedirectUris(clientId);
    if (redirectUris) this.#redirectUris.set(clientId, redirectUris.map(withoutLoopbackPort));
    else this.#redirectUris.delete(clientId);
  }

  /**
   * Returns the URL to which the user goes after the login, with a code for the client. Returns undefined if the form
   * is not valid.
   */
  logIn(form: unknown, issuer: string): string | undefined {
    const { success, data: login } = Login.safeParse(form);
    if (!success || !this.#isRegistered(login)) return undefined;
    const code = randomUUID();
    this.#logins.set(code, { login, endsAtMs: Date.now() + CODE_LIFETIME_MS });
    const url = new URL(login.redirect_uri);
    url.searchParams.set('code', code);
    url.searchParams.set('iss', issuer);
    if (login.state !== undefined) url.searchParams.set('state', login.state);
    return url.href;
  }

  /**
   * Exchanges a code, which can be used only once.
   * @returns what the user granted, or the name of the error
   * https://www.rfc-editor.org/rfc/rfc6749#section-5.2
   */
  take(form: unknown): Granted | 'invalid_request' | 'unsupported_grant_type' | 'invalid_grant' {
    const grant = Grant.safeParse(form);
    if (grant.success && grant.data.grant_type !== 'authorization_code') return 'unsupported_grant_type';
    const { success, data: asked } = TokenRequest.safeParse(form);
    if (!success) return 'invalid_request';
    const known = this.#logins.get(asked.code);
    if (!known) return 'invalid_grant';
    this.#logins.delete(asked.code);
    const { login, endsAtMs } = known;
    const challenge = createHash('sha256').update(asked.code_verifier).digest('base64url');
    const isValid =
      Date.now() < endsAtMs &&
      challenge === login.code_challenge &&
      asked.client_id === login.client_id &&
      [undefined, login.redirect_uri].includes(asked.redirect_uri) &&
      [undefined, login.resource ?? asked.resource].includes(asked.resource);
    if (!isValid) return 'invalid_grant';
    const { user: sub, client_id, scope, resource = asked.resource } = login;
    return { claims: { sub, client_id, ...(scope && { scope }) }, audience: resource };
  }

  #isRegistered({ client_id, redirect_uri }: z.output<typeof AuthorizationRequest>): boolean {
    return this.#redirectUris.get(client_id)?.includes(withoutLoopbackPort(redirect_uri)) ?? false;
  }
}

/**
 * Removes the port from the URI of a program on this machine, because such a program listens on any free
 * port.
 * https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
function withoutLoopbackPort(uri: string): string {
  return uri.replace(LOOPBACK, (origin) => origin.replace(/:\d+$/, ''));
}
