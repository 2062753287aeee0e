import type { GatewayRoute } from './start-gateway.ts';

export interface FoundRoute {
  route: GatewayRoute;
  /** The values of the variables in the route's path, decoded; empty where it has none. */
  pathParameters: Record<string, string>;
}

const VARIABLE = /^\{([\w-]+)\}$/;

/**
 * Finds the route of a request, one without variables before those with them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function createFindRoute(routes: readonly GatewayRoute[]) {
  const parsed = routes
    .map((route) => ({ route, segments: route.path.split('/') }))
    .sort((one, other) => variablesIn(one.segments) - variablesIn(other.segments));

  return (method: string | undefined, pathname = ''): FoundRoute | undefined => {
    const values = pathname.split('/');
    for (const { route, segments } of parsed) {
      if (route.method !== method) continue;
      const pathParameters = match(segments, values);
      if (pathParameters) return { route, pathParameters };
    }
    return undefined;
  };
}

function variablesIn(segments: readonly string[]): number {
  return segments.filter((segment) => VARIABLE.test(segment)).length;
}

function match(segments: readonly string[], values: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== values.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = values[index] ?? '';
    const name = VARIABLE.exec(segment)?.[1];
    if (name === undefined && segment !== value) return undefined;
    if (name === undefined) continue;
    const decoded = decode(value);
    if (!decoded) return undefined;
    parameters[name] = decoded;
  }
  return parameters;
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
