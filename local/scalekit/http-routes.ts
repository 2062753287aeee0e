import type { Transport } from '@connectrpc/connect';
import { Code, ConnectError } from '@connectrpc/connect';
import { ConnectedAccountService } from '@scalekit-sdk/node/lib/pkg/grpc/scalekit/v1/connected_accounts/connected_accounts_pb.js';
import { Router } from '../router.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { HttpExchange } from './http-exchange.ts';
import { createMagicLinkRoutes, MAGIC_LINK_PREFIX } from './magic-link-routes.ts';
import type { MagicLinks } from './magic-links.ts';
import { createOauthRoutes } from './oauth-routes.ts';
import { createProviderProxy, PROXY_PREFIX } from './provider-proxy.ts';
import type { RequestKind } from './recorded-request.ts';
import { createRestGateway } from './rest-gateway.ts';
import type { ScalekitState } from './scalekit-state.ts';

export interface HttpRoutesOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly state: ScalekitState;
  readonly links: MagicLinks;
  readonly tokens: AccessTokens;
  /** Calls the procedures for requests to the REST API. */
  readonly transport: Transport;
}

export interface HttpRoute {
  readonly kind: RequestKind;
  readonly serve: (exchange: HttpExchange) => void | Promise<void>;
}

/** Creates the routes that are served over HTTP/1.1. */
export function createHttpRoutes(options: HttpRoutesOptions) {
  const oauth = createOauthRoutes(options);
  const token: HttpRoute = { kind: 'token', serve: oauth.token };
  const keys: HttpRoute = { kind: 'keys', serve: oauth.keys };
  const rest: HttpRoute = {
    kind: 'rpc',
    serve: createRestGateway(ConnectedAccountService, options.transport),
  };
  const proxy: HttpRoute = { kind: 'proxy', serve: createProviderProxy(options) };
  const magicLink: HttpRoute = { kind: 'magic-link', serve: createMagicLinkRoutes(options) };
  const unknown: HttpRoute = {
    kind: 'unknown',
    serve: () => {
      throw new ConnectError('Not Found', Code.NotFound);
    },
  };

  const router = new Router<HttpRoute>([
    ['POST /oauth/token', token],
    ['GET /keys', keys],
    [`ANY ${PROXY_PREFIX}`, proxy],
    [`ANY ${PROXY_PREFIX}/`, proxy],
    [`ANY ${PROXY_PREFIX}/{path+}`, proxy],
    [`ANY ${MAGIC_LINK_PREFIX}{id+}`, magicLink],
    ['ANY /api/{path+}', rest],
  ]);
  return (method: string | undefined, pathname: string): HttpRoute =>
    router.find(method, pathname)?.target ?? unknown;
}
