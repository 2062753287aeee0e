// This is the only file that depends on internals of @scalekit-sdk/node. Because of this file, the package is pinned
// to one version. test/lib/scalekit/scalekit-sdk.test.ts tests over HTTP that these statements are true:
// - `lib/core.js` and `lib/actions.js` can be imported without the package's entry module, which loads the clients of
// all products.
// - `CoreClient` sends every request through its axios instance, and the defaults of this instance accept an adapter.
// Its interceptor adds `accessToken` to every request except the token request.
// - `ActionsClient.request` uses only `coreClient`, and does not change `path` and `body`.
// - `authenticate` sends the form from its argument, so a token request can contain a newer secret.
import { AsyncLocalStorage } from 'node:async_hooks';
import actions from '@scalekit-sdk/node/lib/actions.js';
import core from '@scalekit-sdk/node/lib/core.js';
import type { ConnectionPool } from '../http-client/connection-pool.ts';
import { ACCEPTED_ENCODINGS } from '../http-client/decode-body.ts';
import { HttpClient, type HttpResponse, type Limits } from '../http-client/http-client.ts';
import { TransportError } from '../http-client/transport-error.ts';
import type { EncodedRequest } from './provider-request.ts';

// https://axios-http.com/docs/req_config
const OPTIONS_OF_OTHER_ADAPTERS = [
  'env',
  'maxBodyLength',
  'maxContentLength',
  'transitional',
  'validateStatus',
  'xsrfCookieName',
  'xsrfHeaderName',
];
const METHODS_WITH_DEFAULTS = ['delete', 'get', 'head', 'patch', 'post', 'put', 'query'];

const CoreClient = core.default;
const ActionsClient = actions.default;

type Core = InstanceType<typeof CoreClient>;
type Actions = InstanceType<typeof ActionsClient>;

// The parts of axios' types that we use. The SDK declares them as `any`.
// https://axios-http.com/docs/req_config
interface AdapterConfig {
  url?: string;
  method?: string;
  headers: object;
  data?: string;
}
interface SdkResponse {
  status: number;
  headers: object;
  data: unknown;
}

export interface ControlRequest extends Limits {
  method: 'GET' | 'POST';
  /** The path on the Scalekit environment, such as `/api/v1/connected_accounts`. */
  path: string;
  query?: Record<string, string>;
  json?: unknown;
}

export interface ProxyRequest extends EncodedRequest, Limits {
  connection: string;
  identifier: string;
  /**
   * If this marker of `connections` is set, the request uses a connection that is new or was used after the marker.
   */
  provenSince: number | undefined;
}

/** The limits of one request. The SDK has no options for them, so AsyncLocalStorage passes them to the adapter. */
interface Sending extends Limits {
  provenSince?: number | undefined;
}

/**
 * The Scalekit SDK on top of our HTTP client. It returns a response with any status and throws a TransportError if
 * there is no response. The SDK's own exceptions lose the status and the headers of a response, so we avoid them.
 */
export class ScalekitSdk {
  /** The SDK's own client. Interceptors of its axios instance get every request to Scalekit. */
  readonly core: Core;
  readonly #actions: Pick<Actions, 'request'>;
  readonly #http: HttpClient;
  readonly #sending = new AsyncLocalStorage<Sending>();

  constructor({ environmentUrl, clientId }: { environmentUrl: string; clientId: string }) {
    this.#http = new HttpClient(environmentUrl);
    // We pass no secret, because `requestToken` gets the secret for each token request.
    this.core = new CoreClient(environmentUrl.replace(/\/$/, ''), clientId, '');
    const { defaults } = this.core.axios;
    defaults.adapter = (config: AdapterConfig) => this.#adapt(config);
    // We encode requests and parse responses, so axios must not transform them.
    defaults.transformRequest = [];
    defaults.transformResponse = [];
    // axios copies all its defaults for each request. We remove the defaults that only axios' own adapters read.
    for (const option of OPTIONS_OF_OTHER_ADAPTERS) delete defaults[option];
    for (const method of METHODS_WITH_DEFAULTS) delete defaults.headers[method];
    // `request` uses only the third argument, so we do not create the other clients, which would load gRPC.
    this.#actions = Reflect.construct(ActionsClient, [undefined, undefined, this.core, undefined]);
  }

  get connections(): ConnectionPool {
    return this.#http.connections;
  }

  /**
   * Requests an access token with the client's credentials.
   * https://docs.scalekit.com/apis/#description/authentication
   * @throws TransportError
   */
  async requestToken(clientSecret: string, limits: Limits): Promise<HttpResponse> {
    const form = {
      grant_type: 'client_credentials',
      client_id: this.core.clientId,
      client_secret: clientSecret,
    };
    return this.#send(limits, () => this.core.authenticate(new URLSearchParams(form).toString()));
  }

  /** Sets the token of every later request. */
  setAccessToken(accessToken: string): void {
    this.core.accessToken = accessToken;
  }

  /**
   * Calls Scalekit's own REST API. https://docs.scalekit.com/apis/
   * @throws TransportError
   */
  control({ method, path, query = {}, json, ...limits }: ControlRequest): Promise<HttpResponse> {
    const url = withQuery(path, new URLSearchParams(query));
    const body = json !== undefined && {
      data: JSON.stringify(json),
      headers: { 'Content-Type': 'application/json' },
    };
    return this.#send(limits, () => this.core.axios.request({ method, url, ...body }));
  }

  /**
   * Calls the provider as the user. https://docs.scalekit.com/agent-auth/tools/proxy/
   * @throws TransportError
   */
  proxy({ method, path, query, headers, body, connection, identifier, ...sending }: ProxyRequest) {
    return this.#send(sending, () =>
      this.#actions.request({
        connectionName: connection,
        identifier,
        method,
        path: withQuery(path, query),
        headers,
        body,
      }),
    );
  }

  async #send(sending: Sending, request: () => Promise<SdkResponse>): Promise<HttpResponse> {
    const { status, headers, data } = await this.#sending.run(sending, request);
    if (data instanceof TransportError) throw data;
    if (typeof data === 'string') return { status, headers: textHeaders(headers), body: data };
    throw new TypeError('An interceptor replaced the text of a response by something else.');
  }

  /** Never rejects, because the SDK would load gRPC to convert the rejection into an exception. */
  async #adapt(config: AdapterConfig) {
    const sending = this.#sending.getStore();
    if (!sending)
      throw new Error('Requests to Scalekit go through ScalekitSdk, which gives them their limits.');
    const { method = 'GET', data } = config;
    const headers = textHeaders(config.headers);
    headers['Accept-Encoding'] = ACCEPTED_ENCODINGS;
    // axios adds a content type to every POST, including a POST without a body.
    if (data === undefined) delete headers['Content-Type'];
    if (sending.provenSince !== undefined) this.connections.closeUnusedSince(sending.provenSince);
    try {
      const request = { method: method.toUpperCase(), path: this.#pathOf(config), headers, body: data };
      const { status, headers: received, body } = await this.#http.send(request, sending);
      return { status, statusText: '', headers: headersLike(config.headers, received), data: body, config };
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return { status: 0, statusText: '', headers: {}, data: error, config };
    }
  }

  #pathOf({ url = '' }: AdapterConfig): string {
    const { envUrl } = this.core;
    const path = url.startsWith(`${envUrl}/`) ? url.slice(envUrl.length) : `/${url.replace(/^\//, '')}`;
    if (URL.canParse(path.slice(1))) throw new Error('An interceptor sent a request to another host.');
    return path;
  }
}

function withQuery(path: string, query: URLSearchParams): string {
  return query.size === 0 ? path : `${path}?${query}`;
}

/**
 * Builds an object of axios' headers class. We do not call its constructor, because its checks are not needed: the
 * names are already in lower case and the values are strings.
 */
function headersLike(headers: object, received: Readonly<Record<string, string>>): object {
  return Object.assign(Object.create(Object.getPrototypeOf(headers)), received);
}

function textHeaders(headers: object): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null && value !== false) texts[name] = String(value);
  }
  return texts;
}
