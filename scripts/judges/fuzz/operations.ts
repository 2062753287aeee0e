import * as z from 'zod';

const Reference = z.object({ $ref: z.string() });
const Parameter = z.object({
  name: z.string(),
  in: z.enum(['header', 'query']),
  schema: z.unknown(),
});
const Media = z.object({
  schema: z.unknown(),
  examples: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
});
const Response = z.object({
  headers: z.record(z.string(), z.unknown()).default({}),
  content: z.record(z.string(), z.looseObject({})).default({}),
});
const Operation = z.object({
  parameters: z.array(z.unknown()).default([]),
  requestBody: z.object({ content: z.object({ 'application/json': Media }) }).optional(),
  responses: z.record(z.string(), z.unknown()),
});
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

/** An operation of an OpenAPI document. The references in the fields that the fuzzer reads are resolved. */
export interface OpenApiOperation {
  method: 'GET' | 'POST';
  path: string;
  parameters: readonly { name: string; in: 'header' | 'query'; schema: unknown }[];
  /** The request body; undefined if the request has no body. */
  body: { schema: unknown; examples: readonly object[] } | undefined;
  /** The JSON pointers of the schemas of the body and of the headers, by status. */
  responses: ReadonlyMap<string, { body: string | undefined; headers: ReadonlyMap<string, string> }>;
}

/**
 * Returns the operations of an OpenAPI document.
 * @throws ZodError if the document does not have the expected structure
 */
export function operationsOf(document: unknown): OpenApiOperation[] {
  const { paths } = Document.parse(document);
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): OpenApiOperation => {
      const json = operation.requestBody?.content['application/json'];
      return {
        method: z.enum(['GET', 'POST']).parse(method.toUpperCase()),
        path,
        parameters: operation.parameters.map((parameter) => Parameter.parse(resolve(parameter))),
        body: json && {
          schema: resolve(json.schema),
          examples: Object.values(json.examples).map(({ value }) => z.looseObject({}).parse(value)),
        },
        responses: new Map(
          Object.entries(operation.responses).map(([status, response]) => [
            status,
            responseOf(response, pointer('paths', path, method, 'responses', status)),
          ]),
        ),
      };
    }),
  );

  function responseOf(response: unknown, place: string) {
    const own = Reference.safeParse(response).data?.$ref.slice(1) ?? place;
    const { headers, content } = Response.parse(resolve(response));
    return {
      body: content['application/json'] && `${own}${pointer('content', 'application/json', 'schema')}`,
      headers: new Map(
        Object.entries(headers).map(([name, header]) => [
          name,
          `${Reference.safeParse(header).data?.$ref.slice(1) ?? `${own}${pointer('headers', name)}`}/schema`,
        ]),
      ),
    };
  }

  function resolve(value: unknown): unknown {
    const reference = Reference.safeParse(value).data;
    if (!reference) return value;
    const keys = reference.$ref.slice(2).split('/');
    return resolve(keys.reduce<unknown>((at, key) => Reflect.get(Object(at), unescaped(key)), document));
  }
}

/** https://www.rfc-editor.org/rfc/rfc6901 */
function pointer(...keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
