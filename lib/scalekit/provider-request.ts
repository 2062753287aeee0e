import type * as z from 'zod';
import { AuthoringError } from '../errors/authoring-error.ts';
import { ToolError } from '../errors/tool-error.ts';
import type { ProviderPath } from '../provider/path.ts';
import type { ProviderRequestOptions } from '../provider/provider-client.ts';

/** A request to the proxy. */
export interface EncodedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string | undefined;
}

// Headers that a tool must not set, because they identify the user or belong to the HTTP connection.
const RESERVED_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'connection_name',
  'identifier',
  'host',
  'connection',
  'proxy-connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'content-length',
  'transfer-encoding',
]);
const HEADER_NAME = /^[a-z0-9_-]+$/;
// The characters that a header value may contain. Node.js rejects other characters, or sends them as bytes that
// servers misread.
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

/**
 * Encodes the arguments of a provider call.
 * @param connectorHeaders the connector's headers; the headers of the call override them
 * @throws AuthoringError for a header that a tool must not set, or a request with two bodies
 * @throws ToolError `invalid_input` for a header value that HTTP does not allow
 */
export function encodeRequest(
  method: string,
  path: ProviderPath,
  { query = {}, json, form, headers = {} }: ProviderRequestOptions<z.ZodType>,
  connectorHeaders: Readonly<Record<string, string>> = {},
): EncodedRequest {
  const body = encodeBody(method, json, form);
  return {
    method,
    path: path.value,
    query: encodePairs(query),
    headers: {
      ...(body && { 'content-type': body.type }),
      ...encodeHeaders(connectorHeaders),
      ...encodeHeaders(headers),
    },
    body: body?.text,
  };
}

function encodeBody(method: string, json: unknown, form: ProviderRequestOptions['form']) {
  if (json === undefined && form === undefined) return undefined;
  if (method === 'GET') throw new AuthoringError('A GET has no body. Pass its values in query.');
  if (json === undefined) {
    return { type: 'application/x-www-form-urlencoded', text: encodePairs(form ?? {}).toString() };
  }
  if (form) throw new AuthoringError('A request has only one body. Pass either json or form.');
  return { type: 'application/json; charset=utf-8', text: JSON.stringify(json) };
}

function encodeHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const encoded: Record<string, string> = {};
  for (const [anyCase, value] of Object.entries(headers)) {
    const name = anyCase.toLowerCase();
    if (!HEADER_NAME.test(name)) {
      throw new AuthoringError('A header name may have only letters, digits, hyphens and underscores.');
    }
    if (RESERVED_HEADERS.has(name)) throw new AuthoringError(`A tool cannot set the header ${name}.`);
    if (!HEADER_VALUE.test(value)) {
      throw new ToolError('invalid_input', {
        details: [{ path: '', issue: `holds a character that the header ${name} cannot carry` }],
      });
    }
    encoded[name] = value;
  }
  return encoded;
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
