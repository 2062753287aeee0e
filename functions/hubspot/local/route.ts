import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { HubSpotState } from './state.ts';

interface HubSpotRequest {
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
}

/** One route of the API. The emulator has only the routes that the tools and the users of the local stack need. */
export interface Route {
  method: 'GET' | 'POST';
  /** Path of the route, in which `:name` is a parameter. */
  path: string;
  /** Returns the scopes of the route. The token needs all of them. */
  scopes(params: Record<string, string>): readonly string[];
  status?: number;
  answer(request: HubSpotRequest, state: HubSpotState): unknown;
}

/** https://developers.hubspot.com/docs/api-reference/error-handling */
export class HubSpotError extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, category: string, message: string, more: object = {}) {
    super(message);
    this.status = status;
    this.body = { status: 'error', message, correlationId: randomUUID(), category, ...more };
  }
}

export function notFound(message = 'resource not found'): HubSpotError {
  return new HubSpotError(404, 'OBJECT_NOT_FOUND', message);
}

export function invalid(message: string, more: object = {}): HubSpotError {
  return new HubSpotError(400, 'VALIDATION_ERROR', message, more);
}

/** Returns the error for invalid property values. HubSpot adds the invalid properties to the message, as JSON. */
export function invalidProperties(faults: readonly { name: string; error: string; message: string }[]) {
  const errors = faults.map((fault) => ({
    isValid: false,
    ...fault,
    localizedErrorMessage: fault.message,
  }));
  return invalid(`Property values were not valid: ${JSON.stringify(errors)}`);
}

export function missingScopes(scopes: readonly string[]): HubSpotError {
  return new HubSpotError(
    403,
    'MISSING_SCOPES',
    "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    {
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: scopes },
        },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    },
  );
}

/** Validates a request body against a schema of the API. */
export function read<Body extends z.ZodType>(schema: Body, body: unknown): z.output<Body> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const places = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw invalid(`Invalid input JSON: ${places.join('; ')}`);
}

/** Returns one page of a list. The `after` parameter of a GET request is the position of the page. */
export function page<Item>(query: URLSearchParams, limitMax: number, items: readonly Item[]) {
  const start = Number(query.get('after') ?? 0);
  const end = start + Math.min(Number(query.get('limit') ?? limitMax), limitMax);
  return {
    results: items.slice(start, end),
    ...(end < items.length && { paging: { next: { after: String(end) } } }),
  };
}
