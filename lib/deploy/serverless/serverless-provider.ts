import type { Route } from '../shared-functions.ts';
import type { Deployment } from '../stack/deployment.ts';
import { jwtAuthorizer } from '../stack/jwt-authorizer.ts';

const DAY_SECONDS = 86_400;

// Each client asks these once, before its user logs in.
const OPEN_ROUTE_LIMITS = { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };

// What our functions read and answer besides what every browser may send and read.
const CORS_HEADERS = {
  allowedHeaders: [
    'authorization',
    'content-type',
    'idempotency-key',
    'x-identifier',
    'mcp-protocol-version',
    'mcp-method',
    'mcp-name',
  ],
  exposedResponseHeaders: ['x-request-id', 'retry-after', 'idempotent-replayed'],
};

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
const ACCESS_LOG = {
  requestId: '$context.requestId',
  // That of the function: what x-request-id holds.
  integrationRequestId: '$context.integration.requestId',
  time: '$context.requestTimeEpoch',
  routeKey: '$context.routeKey',
  status: '$context.status',
  integrationStatus: '$context.integration.integrationStatus',
  // What it answered itself, such as UNAUTHORIZED; texts from elsewhere could end the JSON.
  error: '$context.error.responseType',
  responseLatencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  responseBytes: '$context.responseLength',
  sourceIp: '$context.identity.sourceIp',
};

/** `provider.httpApi`: the API that exists, or the one that is made. */
export function httpApi({ parameters, settings }: Deployment): object {
  const { httpApiId: id, auth, corsOrigins } = parameters;
  if (id) return { id };
  return {
    ...(auth === 'jwt' && { authorizers: { jwt: { type: 'jwt', ...jwtAuthorizer(settings) } } }),
    ...(corsOrigins.length > 0 && {
      cors: {
        allowedOrigins: corsOrigins,
        allowedMethods: ['GET', 'POST', 'DELETE', 'OPTIONS'],
        ...CORS_HEADERS,
        maxAge: DAY_SECONDS,
      },
    }),
  };
}

/** `provider.logs`: those of an API that exists are set where it is defined. */
export function logs({ parameters }: Deployment): object {
  return parameters.httpApiId ? {} : { httpApi: { format: JSON.stringify(ACCESS_LOG) } };
}

/** The limits of the stage, which Serverless itself has no setting for. */
export function throttling({ parameters, functions }: Deployment): object {
  const { httpApiId, throttlingRequestsPerSecond, throttlingBurst } = parameters;
  if (httpApiId) return {};
  const openRoutes = functions.flatMap(({ routes }) => routes).filter(({ isOpen }) => isOpen);
  return {
    HttpApiStage: {
      // A stage with the limit of a route is refused before that route exists.
      DependsOn: openRoutes.map(routeLogicalId),
      Properties: {
        DefaultRouteSettings: {
          ThrottlingRateLimit: throttlingRequestsPerSecond,
          ThrottlingBurstLimit: throttlingBurst,
        },
        RouteSettings: Object.fromEntries(
          openRoutes.map(({ method, path }) => [`${method} ${path}`, OPEN_ROUTE_LIMITS]),
        ),
      },
    },
  };
}

/** The logical ID of a route, as Serverless makes it of its key. */
function routeLogicalId({ method, path }: Route): string {
  const parts = `${method} ${path}`.toLowerCase().split('/');
  const words = parts.map((part) => part.replaceAll('-', 'Dash').replaceAll(/[^0-9a-zA-Z]/g, ''));
  return `HttpApiRoute${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}
