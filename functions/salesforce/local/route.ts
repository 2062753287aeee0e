import type { Access } from './access.ts';

/** The start of every path. In requests of the tools, Scalekit adds this prefix. */
export const API = '/services/data/v68.0';

interface RouteRequest {
  access: Access;
  parameter(name: string): string;
  query(name: string): string | undefined;
  json: unknown;
  batchSize: number;
}

/** A method and a path of the API. Path segments that begin with a colon are parameters. */
export interface Route {
  method: 'GET' | 'PATCH' | 'POST';
  path: string;
  answer(request: RouteRequest): { status?: number; body: unknown };
}
