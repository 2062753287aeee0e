import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as z from 'zod';
import { parseJson } from '../../lib/text/json.ts';
import { sendHtml } from '../html/html-page.ts';
import { readBody, requestListener, requestUrl } from '../http-request.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import { Router } from '../router.ts';
import { AuthorizationCodes } from './authorization-codes.ts';
import { renderLoginPage, renderLoginRefusal } from './login-page.ts';

const AUDIENCE = 'scalekit-lambda-tools';
const EXPIRES_IN_SECONDS_DEFAULT = 3600;
const BODY_LIMIT_BYTES = 64 * 1024;

interface SignOptions {
  expiresInSeconds?: number;
  issuer?: string;
  audience?: string;
}

export interface Issuer {
  url: string;
  audience: string;
  /**
   * Signs a token. If a claim is set to `undefined`, the token does not contain it, even if the claim has a
   * default.
   */
  sign(claims: Record<string, unknown>, options?: SignOptions): Promise<string>;
  close(): Promise<void>;
}

type Serve = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => unknown;

const TokenQuery = z.strictObject({
  sub: z.string('is missing').min(1, 'is empty'),
  scope: z.string().optional(),
  org_id: z.string().optional(),
  client_id: z.string().optional(),
  expires_in_seconds: z.coerce.number().int().positive().optional(),
});

export interface IssuerOptions {
  port?: number;
  /** The delay before each request is served. It simulates a distant server. */
  latencyMs?: number;
  /** The users that the login page offers. The first user is selected. */
  users?: () => readonly string[];
}

/**
 * Starts the application's identity provider. Anyone on this machine can get a token for any user, either at
 * once or after a login. A client that logs a user in registers itself or publishes its metadata.
 * @param options.latencyMs the delay before each response, which simulates a distant server
 */
export async function startIssuer(options: IssuerOptions = {}): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const server = createServer(requestListener(serve));
  const { url, close } = await listenOnLoopback(server, options.port ?? 0, { linkedPaths: /^\/authorize$/ });
  const codes = new AuthorizationCodes();

  async function sign(claims: Record<string, unknown>, signOptions: SignOptions = {}): Promise<string> {
    const issuedAtSeconds = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: signOptions.issuer ?? url,
      aud: signOptions.audience ?? AUDIENCE,
      sub: 'user_ada',
      iat: issuedAtSeconds,
      exp: issuedAtSeconds + (signOptions.expiresInSeconds ?? EXPIRES_IN_SECONDS_DEFAULT),
      client_id: 'local-cli',
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .sign(privateKey);
  }

  async function token(query: URLSearchParams): Promise<{ status: number; text: string }> {
    const parsed = TokenQuery.safeParse(Object.fromEntries(query));
    if (!parsed.success) return { status: 400, text: `${describeFaults(parsed.error)}\n` };
    const { expires_in_seconds: expiresInSeconds, ...claims } = parsed.data;
    return {
      status: 200,
      text: await sign(claims, expiresInSeconds === undefined ? {} : { expiresInSeconds }),
    };
  }

  async function issue(_request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    const { status, text } = await token(query);
    send(response, status, text);
  }

  async function showLogin(_request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    const login = await codes.request(Object.fromEntries(query));
    const html = login ? renderLoginPage(login, options.users?.() ?? []) : renderLoginRefusal();
    sendHtml(response, login ? 200 : 400, html, 'same-origin');
  }

  async function logIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const location = codes.logIn(await readForm(request), url);
    if (location) response.writeHead(303, { location, 'cache-control': 'no-store' }).end();
    else sendHtml(response, 400, renderLoginRefusal(), 'same-origin');
  }

  async function register(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const client = codes.register(parseJson(await readText(request)));
    if (client) sendJson(response, client, 201);
    else sendJson(response, { error: 'invalid_client_metadata' }, 400);
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const granted = codes.take(await readForm(request));
    if (typeof granted === 'string') return sendJson(response, { error: granted }, 400);
    const { claims, audience: resource } = granted;
    return sendJson(response, {
      access_token: await sign(claims, resource === undefined ? {} : { audience: resource }),
      token_type: 'Bearer',
      expires_in: EXPIRES_IN_SECONDS_DEFAULT,
      scope: claims.scope,
    });
  }

  const router = new Router<Serve>([
    ...['openid-configuration', 'oauth-authorization-server'].map((name): [string, Serve] => [
      `GET /.well-known/${name}`,
      (_request, response) => sendJson(response, discovery(url)),
    ]),
    [
      'GET /.well-known/jwks.json',
      (_request, response) => sendJson(response, { keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] }),
    ],
    ['GET /token', issue],
    ['POST /token', issue],
    ['POST /register', register],
    ['GET /authorize', showLogin],
    ['POST /authorize', logIn],
    ['POST /oauth/token', exchange],
  ]);

  async function serve(request: IncomingMessage, response: ServerResponse) {
    if (options.latencyMs) await sleep(options.latencyMs);
    const requested = requestUrl(request);
    const found = requested && router.find(request.method, requested.pathname);
    if (!found) return send(response, 404, 'Not found.\n');
    await found.target(request, response, requested.searchParams);
  }

  return { url, audience: AUDIENCE, sign, close };
}

function discovery(url: string) {
  return {
    issuer: url,
    jwks_uri: `${url}/.well-known/jwks.json`,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/oauth/token`,
    registration_endpoint: `${url}/register`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: true,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const body = await readBody(request, BODY_LIMIT_BYTES);
  return body === 'too large' ? '' : body.toString();
}

async function readForm(request: IncomingMessage): Promise<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(await readText(request)));
}

function sendJson(response: ServerResponse, value: unknown, status = 200) {
  send(response, status, JSON.stringify(value), 'application/json');
}

function send(response: ServerResponse, status: number, text: string, contentType = 'text/plain') {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(text);
}

function describeFaults({ issues }: z.ZodError): string {
  const faults = issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
  return `${faults.join('; ')}. Ask for /token?sub=user_ada`;
}
