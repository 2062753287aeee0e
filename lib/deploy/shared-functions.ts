import { ACCOUNTS } from '../accounts/declaration.ts';
import { DISCOVERY } from '../discovery/declaration.ts';
import { MCP } from '../mcp/declaration.ts';

/** The functions that an API has only once, next to those of the tools. */
export const SHARED_FUNCTIONS = [DISCOVERY, MCP, ACCOUNTS] as const;

export type SharedFunctionName = (typeof SHARED_FUNCTIONS)[number]['name'];

/** A route of API Gateway. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
}

type RouteKey = (typeof SHARED_FUNCTIONS)[number]['routes'][number];

/** Returns the route for a key such as `GET /tools`. */
export function routeOf(key: RouteKey): Route {
  const [method, path = ''] = key.split(' ');
  if (method === 'GET' || method === 'POST' || method === 'DELETE') return { method, path };
  throw new TypeError(`The route ${key} has no known method.`);
}
