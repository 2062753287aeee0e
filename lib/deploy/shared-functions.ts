import { ACCOUNTS } from '../accounts/declaration.ts';
import { DISCOVERY } from '../discovery/declaration.ts';
import type { SharedFunction } from '../function-declaration.ts';
import { MCP } from '../mcp/declaration.ts';

/** The functions that an API has only once, in addition to one function for each tool. */
export const SHARED_FUNCTIONS = [DISCOVERY, MCP, ACCOUNTS] as const;

export type SharedFunctionName = (typeof SHARED_FUNCTIONS)[number]['name'];

/** A route of API Gateway. */
export interface ApiGatewayRoute {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** True if anyone may call the route, because it has no authorizer. */
  isOpen: boolean;
}

/** Returns the routes of a shared function. Routes without an authorizer come last. */
export function routesOf({
  routes,
  openRoutes,
}: Pick<SharedFunction, 'routes' | 'openRoutes'>): ApiGatewayRoute[] {
  return [...routes.map((key) => routeOf(key, false)), ...openRoutes.map((key) => routeOf(key, true))];
}

function routeOf(key: string, isOpen: boolean): ApiGatewayRoute {
  const [method, path = ''] = key.split(' ');
  if (method === 'GET' || method === 'POST' || method === 'DELETE') return { method, path, isOpen };
  throw new TypeError(`The route ${key} has no known method.`);
}
