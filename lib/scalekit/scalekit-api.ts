import type { ConnectionPool } from '../http/connection-pool.ts';
import { ACCEPTED_ENCODINGS } from '../http/decode-body.ts';
import { type HttpAnswer, HttpClient, type HttpRequest, type Limits } from '../http/http-client.ts';
import { USER_AGENT } from '../http/user-agent.ts';
import type { EncodedRequest } from './provider-request.ts';

// What Scalekit's own SDK for Node.js sends, so that both get the same answers.
const HEADERS = {
  accept: 'application/json, text/plain, */*',
  'accept-encoding': ACCEPTED_ENCODINGS,
  'user-agent': USER_AGENT,
  'x-api-version': '20260727',
};

export interface ControlRequest extends Limits {
  method: 'GET' | 'POST';
  /** On the Scalekit environment, such as `/api/v1/connected_accounts`. */
  path: string;
  query?: Record<string, string>;
  json?: unknown;
}

export interface ProxyRequest extends EncodedRequest, Limits {
  connection: string;
  identifier: string;
  /** Goes out on a connection that is new or was used since this mark of `connections`. */
  provenSince: number | undefined;
}

/**
 * Scalekit's HTTP API, as far as tools need it: it takes no account from anybody, and decides nothing.
 *
 * The SDK says the same on the wire, which a test holds against it; but it loses the status and the headers of a refusal,
 * and loads gRPC, protobuf and axios, three times what all the rest of a function is.
 */
export class ScalekitApi {
  readonly #http: HttpClient;
  readonly #clientId: string;
  #authorization: { authorization?: string } = {};

  constructor({ environmentUrl, clientId }: { environmentUrl: string; clientId: string }) {
    this.#http = new HttpClient(environmentUrl);
    this.#clientId = clientId;
  }

  get connections(): ConnectionPool {
    return this.#http.connections;
  }

  /**
   * Asks for an access token with the client's credentials.
   * @param clientSecret given with each request, since it may be rotated
   */
  requestToken(clientSecret: string, limits: Limits): Promise<HttpAnswer> {
    const form = {
      grant_type: 'client_credentials',
      client_id: this.#clientId,
      client_secret: clientSecret,
    };
    return this.#http.send(
      {
        method: 'POST',
        path: '/oauth/token',
        headers: { ...HEADERS, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      },
      limits,
    );
  }

  /** From now on every request carries this token. */
  setAccessToken(accessToken: string): void {
    this.#authorization = { authorization: `Bearer ${accessToken}` };
  }

  /** Calls Scalekit's own REST API. https://docs.scalekit.com/apis/ */
  control({ method, path, query = {}, json, ...limits }: ControlRequest): Promise<HttpAnswer> {
    return this.#send(
      {
        method,
        path: withQuery(path, new URLSearchParams(query)),
        headers: json === undefined ? {} : { 'content-type': 'application/json' },
        body: json === undefined ? undefined : JSON.stringify(json),
      },
      limits,
    );
  }

  /** Calls the provider as the user. https://docs.scalekit.com/agent-auth/tools/proxy/ */
  proxy({ method, path, query, headers, body, ...account }: ProxyRequest): Promise<HttpAnswer> {
    const { connection, identifier, provenSince, ...limits } = account;
    if (provenSince !== undefined) this.connections.closeUnusedSince(provenSince);
    return this.#send(
      {
        method,
        path: `/proxy${withQuery(path, query)}`,
        headers: { ...headers, connection_name: connection, identifier },
        body,
      },
      limits,
    );
  }

  #send({ headers, ...request }: HttpRequest, limits: Limits): Promise<HttpAnswer> {
    const all = { ...HEADERS, ...headers, ...this.#authorization };
    return this.#http.send({ ...request, headers: all }, limits);
  }
}

function withQuery(path: string, query: URLSearchParams): string {
  return query.size === 0 ? path : `${path}?${query}`;
}
