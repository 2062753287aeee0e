import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as z from 'zod';
import { listenOnLoopback } from '../listen-on-loopback.ts';

const audience = 'scalekit-lambda-tools';
const defaultExpiresInSeconds = 3600;

interface SignOptions {
  expiresInSeconds?: number;
  issuer?: string;
  audience?: string;
}

export interface Issuer {
  url: string;
  audience: string;
  /** A claim set to `undefined` is left out of the token, even if it has a default. */
  sign(claims: Record<string, unknown>, options?: SignOptions): Promise<string>;
  close(): Promise<void>;
}

const tokenQuerySchema = z.strictObject({
  sub: z.string('is missing').min(1, 'is empty'),
  scope: z.string().optional(),
  org_id: z.string().optional(),
  client_id: z.string().optional(),
  expires_in_seconds: z.coerce.number().int().positive().optional(),
});

/**
 * The application's identity provider. It issues a token for any user to anyone on this machine.
 * @param options.latencyMs the delay before each response, to simulate distance
 */
export async function startIssuer(options: { port?: number; latencyMs?: number } = {}): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const server = createServer((request, response) => void serve(request, response));
  const { url, close } = await listenOnLoopback(server, options.port ?? 0);

  async function sign(claims: Record<string, unknown>, signOptions: SignOptions = {}): Promise<string> {
    const issuedAtSeconds = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: signOptions.issuer ?? url,
      aud: signOptions.audience ?? audience,
      sub: 'user_ada',
      iat: issuedAtSeconds,
      exp: issuedAtSeconds + (signOptions.expiresInSeconds ?? defaultExpiresInSeconds),
      client_id: 'local-cli',
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .sign(privateKey);
  }

  async function token(query: URLSearchParams): Promise<{ status: number; text: string }> {
    const parsed = tokenQuerySchema.safeParse(Object.fromEntries(query));
    if (!parsed.success) return { status: 400, text: `${describeFaults(parsed.error)}\n` };
    const { expires_in_seconds: expiresInSeconds, ...claims } = parsed.data;
    return {
      status: 200,
      text: await sign(claims, expiresInSeconds === undefined ? {} : { expiresInSeconds }),
    };
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    if (options.latencyMs) await sleep(options.latencyMs);
    const { pathname, searchParams } = URL.parse(`http://localhost${request.url ?? '/'}`) ?? new URL(url);
    switch (`${request.method} ${pathname}`) {
      case 'GET /.well-known/openid-configuration':
        return sendJson(response, discovery(url));
      case 'GET /.well-known/jwks.json':
        return sendJson(response, { keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] });
      case 'GET /token':
      case 'POST /token': {
        const { status, text } = await token(searchParams);
        return send(response, status, text);
      }
      default:
        return send(response, 404, 'Not found.\n');
    }
  }

  return { url, audience, sign, close };
}

function discovery(url: string) {
  return {
    issuer: url,
    jwks_uri: `${url}/.well-known/jwks.json`,
    token_endpoint: `${url}/token`,
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

function sendJson(response: ServerResponse, value: unknown) {
  send(response, 200, JSON.stringify(value), 'application/json');
}

function send(response: ServerResponse, status: number, text: string, contentType = 'text/plain') {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(text);
}

function describeFaults({ issues }: z.ZodError): string {
  const faults = issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
  return `${faults.join('; ')}. Ask for /token?sub=user_ada`;
}
