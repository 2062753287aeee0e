import type * as z from 'zod';
import type { ProviderPath } from './path.ts';
import type { ProviderRequestOptions } from './provider-client.ts';

/** A request as it goes to the proxy. */
export interface EncodedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Encodes what a tool gave to the provider client. */
export function encodeRequest(
  method: string,
  path: ProviderPath,
  { query = {}, json, form, headers = {} }: ProviderRequestOptions<z.ZodType>,
): EncodedRequest {
  const encoded = { method, path: path.value, query: encodePairs(query) };
  if (json !== undefined) {
    return {
      ...encoded,
      body: JSON.stringify(json),
      headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    };
  }
  if (form) {
    const body = encodePairs(form).toString();
    return { ...encoded, body, headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' } };
  }
  return { ...encoded, body: undefined, headers: { ...headers } };
}

function encodePairs(pairs: NonNullable<ProviderRequestOptions['query']>): URLSearchParams {
  const encoded = new URLSearchParams();
  for (const [name, value] of Object.entries(pairs)) {
    for (const item of [value].flat()) {
      if (item !== undefined && item !== null) encoded.append(name, String(item));
    }
  }
  return encoded;
}
