import type { ApiGatewayRoute } from '../shared-functions.ts';
import { functionLogicalId } from '../stack/cloudformation.ts';
import { logGroupName } from '../stack/dashboard-resource.ts';
import { type Deployment, jwtAuthorizer } from '../stack/deployment.ts';

const DAY_SECONDS = 86_400;

// Limits for all clients together. They can be low, because each client requests these routes only once, before its
// user logs in.
const OPEN_ROUTE_LIMITS = { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };

// Browsers send and expose these headers only if the CORS settings list them.
const CORS_HEADERS = {
  allowedHeaders: [
    'authorization',
    'content-type',
    'idempotency-key',
    'x-identifier',
    'mcp-protocol-version',
    'mcp-method',
    'mcp-name',
    'traceparent',
  ],
  exposedResponseHeaders: ['x-request-id', 'retry-after', 'idempotent-replayed'],
};

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
const ACCESS_LOG = {
  requestId: '$context.requestId',
  // The function's request ID. The response contains it in the header x-request-id.
  integrationRequestId: '$context.integration.requestId',
  time: '$context.requestTimeEpoch',
  routeKey: '$context.routeKey',
  status: '$context.status',
  integrationStatus: '$context.integration.integrationStatus',
  // The type of an error of API Gateway itself, such as UNAUTHORIZED. We do not log the error's message, because
  // quotes in the message would break the JSON.
  error: '$context.error.responseType',
  responseLatencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  responseBytes: '$context.responseLength',
  sourceIp: '$context.identity.sourceIp',
};

/** Returns `provider.httpApi`: the ID of an existing API, or the settings of a new API. */
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

/** Returns `provider.logs`. An existing API has its own log settings. */
export function logs({ parameters }: Deployment): object {
  return parameters.httpApiId ? {} : { httpApi: { format: JSON.stringify(ACCESS_LOG) } };
}

/** Returns `provider.deploymentBucket`: the settings of the bucket that Serverless creates for the zips. */
export function deploymentBucket({ parameters: { blockPublicAccess } }: Deployment): object {
  return blockPublicAccess ? { blockPublicAccess } : {};
}

/**
 * Returns `resources.extensions`: additional properties of resources that Serverless creates. Some depend on the
 * parameters. Others have no setting in serverless.yml that works in every version of Serverless, such as the log
 * group of a function.
 */
export function extensions(deployment: Deployment): Record<string, { Properties: object }> {
  const logging = { Properties: { LoggingConfig: { LogGroup: logGroupName(deployment) } } };
  return {
    ...throttling(deployment),
    ...encryptedLogs(deployment),
    ...protectedTable(deployment),
    ...Object.fromEntries(deployment.functions.map(({ key }) => [functionLogicalId(key), logging])),
  };
}

/** Returns the limits of the routes that anyone may call. The keys are route keys, such as `GET /tools`. */
export function openRouteLimits(deployment: Deployment): Record<string, typeof OPEN_ROUTE_LIMITS> {
  return Object.fromEntries(
    openRoutesOf(deployment).map(({ method, path }) => [`${method} ${path}`, OPEN_ROUTE_LIMITS]),
  );
}

function openRoutesOf({ functions }: Deployment): ApiGatewayRoute[] {
  return functions.flatMap(({ routes }) => routes).filter(({ isOpen }) => isOpen);
}

function throttling(deployment: Deployment) {
  const { httpApiId, throttlingRequestsPerSecond, throttlingBurst } = deployment.parameters;
  if (httpApiId) return {};
  return {
    HttpApiStage: {
      // API Gateway rejects a stage that sets limits for a route that does not exist yet.
      DependsOn: openRoutesOf(deployment).map(routeLogicalId),
      Properties: {
        DefaultRouteSettings: {
          ThrottlingRateLimit: throttlingRequestsPerSecond,
          ThrottlingBurstLimit: throttlingBurst,
        },
        RouteSettings: openRouteLimits(deployment),
      },
    },
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function encryptedLogs({ parameters: { logsKey, httpApiId } }: Deployment) {
  if (!logsKey) return {};
  const encrypted = { Properties: { KmsKeyId: logsKey } };
  // An existing API has its own log group, which belongs to another stack.
  return { LogGroup: encrypted, ...(!httpApiId && { HttpApiLogGroup: encrypted }) };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
function protectedTable({ parameters: { tableKey, tableRecovery } }: Deployment) {
  if (!tableKey && !tableRecovery) return {};
  return {
    IdempotencyTable: {
      Properties: {
        ...(tableKey && {
          SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: tableKey },
        }),
        ...(tableRecovery && { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
      },
    },
  };
}

/** The logical ID that Serverless derives from the key of a route. */
function routeLogicalId({ method, path }: ApiGatewayRoute): string {
  const parts = `${method} ${path}`.toLowerCase().split('/');
  const words = parts.map((part) => part.replaceAll('-', 'Dash').replaceAll(/[^0-9a-zA-Z]/g, ''));
  return `HttpApiRoute${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}
