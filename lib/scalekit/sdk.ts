// The only file that leans on the inside of @scalekit-sdk/node, which is why that package is pinned to one version;
// `npm run sdk:check` tells what of it another version keeps:
// - `lib/core.js` and `lib/actions.js` can be imported alone. Measured with 2.11.0, minified: 729 KB and 98 ms to import,
//   against 1.3 MB and 132 ms for the package's entry, which loads every client of every product.
// - `core.axios` puts `core.accessToken` into every request without `skipAuth`, and carries the control plane as well:
//   the accounts' REST API needs neither gRPC nor an HTTP/2 session that dies while the environment is frozen.
// - `ActionsClient.request` only uses `coreClient.envUrl` and `.axios.request`. Given the latter from here, each call has
//   its own limits, follows no redirect, and keeps the provider's status and headers.
import actions from '@scalekit-sdk/node/lib/actions.js';
import core from '@scalekit-sdk/node/lib/core.js';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import { ConnectionPool } from './connection-pool.ts';
import { ObservedTransport } from './observed-transport.ts';
import { TransportError } from './transport-error.ts';

const CoreClient = core.default;
const { request: proxyRequest } = actions.default.prototype;

/** `skipAuth` is the SDK's own: the request goes without the access token. */
type RequestOptions = AxiosRequestConfig & { skipAuth?: boolean };

const RESPONSE_BYTES_MAX = 5 * 1024 * 1024;

/** Every status is an answer, and its body stays the text that came: what they mean is decided elsewhere. */
const PLAIN: RequestOptions = {
  validateStatus: () => true,
  maxRedirects: 0,
  maxContentLength: RESPONSE_BYTES_MAX,
  responseType: 'text',
  transformResponse: [],
};

export interface HttpAnswer {
  status: number;
  /** Names in lower case; a repeated header is joined with `, `. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Limits {
  signal: AbortSignal;
  /** For the whole of the answer. */
  timeoutMs: number;
}

export interface ControlRequest extends Limits {
  method: 'GET' | 'POST';
  /** On the Scalekit environment, such as `/api/v1/connected_accounts`. */
  path: string;
  query?: Record<string, string>;
  json?: unknown;
}

export interface ProxyRequest extends Limits {
  connection: string;
  identifier: string;
  method: string;
  /** The provider's path, encoded. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string | undefined;
  /** Goes out on a connection that is new or was used since this mark of `connections`. */
  provenSince: number | undefined;
  /** Called when a connection is there, before the request goes out on it. */
  onConnection(): void;
}

/** The Scalekit SDK, reduced to what the rest of the code builds on. One instance serves an execution environment. */
export class ScalekitSdk {
  readonly connections = new ConnectionPool();
  readonly #core: InstanceType<typeof CoreClient>;

  constructor({ environmentUrl, clientId }: { environmentUrl: string; clientId: string }) {
    // The secret is given with each token request, since it may be rotated.
    this.#core = new CoreClient(environmentUrl, clientId, '');
  }

  /** Asks for an access token with the client's credentials. */
  requestToken(clientSecret: string, limits: Limits): Promise<HttpAnswer> {
    const form = {
      grant_type: 'client_credentials',
      client_id: this.#core.clientId,
      client_secret: clientSecret,
    };
    return this.#send(
      {
        url: '/oauth/token',
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        data: new URLSearchParams(form).toString(),
        skipAuth: true,
      },
      limits,
    );
  }

  /** From now on every request carries this token. */
  setAccessToken(accessToken: string): void {
    this.#core.accessToken = accessToken;
  }

  /** Calls Scalekit's own REST API. https://docs.scalekit.com/apis/ */
  control({ method, path, query, json, ...limits }: ControlRequest): Promise<HttpAnswer> {
    return this.#send({ url: path, method, params: query, data: json }, limits);
  }

  /** Calls the provider as the user. https://docs.scalekit.com/agent-auth/tools/proxy/ */
  async proxy({
    connection,
    identifier,
    query,
    signal,
    timeoutMs,
    provenSince,
    onConnection,
    ...request
  }: ProxyRequest): Promise<HttpAnswer> {
    let sent: Promise<HttpAnswer> | undefined;
    const axios = {
      request: (options: RequestOptions) => {
        sent = this.#send({ ...options, params: query }, { signal, timeoutMs }, onConnection);
        return sent;
      },
    };
    if (provenSince !== undefined) this.connections.closeUnusedSince(provenSince);
    const { envUrl } = this.#core;
    try {
      await proxyRequest.call(
        { coreClient: { envUrl, axios } },
        { ...request, connectionName: connection, identifier, timeoutMs },
      );
    } catch (error) {
      // The SDK wraps what was thrown; what happened is in `sent`.
      if (!sent) throw error;
    }
    if (!sent) throw new Error('The SDK sent nothing and reported no error.');
    return sent;
  }

  async #send(
    options: RequestOptions,
    { signal, timeoutMs }: Limits,
    onConnection?: () => void,
  ): Promise<HttpAnswer> {
    // A limit of axios counts anew with every byte, so that an answer that drips in would never end.
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), timeoutMs);
    this.connections.closeIdle();
    const { httpAgent, httpsAgent } = this.connections;
    const transport = new ObservedTransport(onConnection);
    try {
      const { status, headers, data }: AxiosResponse<unknown> = await this.#core.axios.request({
        ...options,
        ...PLAIN,
        httpAgent,
        httpsAgent,
        transport,
        signal: AbortSignal.any([signal, limit.signal]),
        timeout: 0,
      });
      return { status, headers: plainHeaders(headers), body: typeof data === 'string' ? data : '' };
    } catch (error) {
      const { isConnected: wasConnected, response } = transport.progress;
      const { statusCode: status = 0, headers = {} } = response ?? {};
      // A refusal is one, whatever became of its body.
      if (status >= 400 && !signal.aborted) return { status, headers: plainHeaders(headers), body: '' };
      if (limit.signal.aborted) throw new TransportError('timed_out', error);
      throw TransportError.from(error, { wasConnected });
    } finally {
      clearTimeout(timer);
    }
  }
}

function plainHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null)
      plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return plain;
}
