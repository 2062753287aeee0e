import { type ConnectRouter, createRouterTransport } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { ConnectedAccountService } from '@scalekit-sdk/node/lib/pkg/grpc/scalekit/v1/connected_accounts/connected_accounts_pb.js';
import type { AccessTokens } from './access-tokens.ts';
import { createConnectedAccountService } from './connected-account-service.ts';
import { CONTROL_PREFIX, createControlApi } from './control-api.ts';
import { serveWithFaults } from './fault-effects.ts';
import type { Faults } from './faults.ts';
import { type HttpExchange, sendFailure } from './http-exchange.ts';
import { createHttpRoutes } from './http-routes.ts';
import type { MagicLinks } from './magic-links.ts';
import type { RequestLog } from './recorded-request.ts';
import { createRpcInterceptor, currentRecord } from './rpc-interceptor.ts';
import type { ScalekitState } from './scalekit-state.ts';
import type { SharedPortHandlers } from './shared-port.ts';

export interface EmulatorParts {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly state: ScalekitState;
  readonly links: MagicLinks;
  readonly tokens: AccessTokens;
  readonly log: RequestLog;
  readonly faults: Faults;
  /** Restores the initial state. */
  readonly reset: () => void;
}

/** Serves gRPC over HTTP/2 and everything else over HTTP/1.1. Both use the same state. */
export function createEmulatorHandlers(parts: EmulatorParts): SharedPortHandlers {
  const service = createConnectedAccountService(parts);
  const routes = (router: ConnectRouter) => void router.service(ConnectedAccountService, service);
  const interceptors = [createRpcInterceptor(parts.tokens)];
  const serveGrpc = connectNodeAdapter({
    routes,
    interceptors,
    connect: false,
    grpcWeb: false,
    fallback: (_request, response) => {
      // For a known RPC method, the interceptor has set the status. Without a status, the request called an
      // unknown method.
      const record = currentRecord.getStore();
      if (record !== undefined) record.status = 404;
      response.writeHead(404);
      response.end();
    },
  });
  const transport = createRouterTransport(routes, { router: { interceptors } });
  const findRoute = createHttpRoutes({ ...parts, transport });
  const serveControl = createControlApi(parts);

  return {
    http2: (request, response) => {
      const record = parts.log.begin(request, 'rpc', 'grpc');
      currentRecord.run(record, () => serveGrpc(request, response));
    },

    http1: (request, response) => {
      const target = request.url ?? '/';
      const [pathname = '/'] = target.split('?', 1);
      const fail = (reason: unknown) => sendFailure(response, reason);
      if (pathname.startsWith(CONTROL_PREFIX)) {
        serveControl(request, response, pathname).catch(fail);
        return;
      }
      const { kind, serve } = findRoute(request.method, pathname);
      const record = parts.log.begin(request, kind, 'http/1.1');
      const noteStatus = () => {
        if (response.headersSent) record.status = response.statusCode;
      };
      response.once('finish', noteStatus).once('close', noteStatus);
      const exchange: HttpExchange = { request, response, target, pathname, record };
      const faults = parts.faults.apply(exchange);
      serveWithFaults(faults, exchange, (served) =>
        currentRecord.run(record, async () => serve(served)),
      ).catch(fail);
    },
  };
}
