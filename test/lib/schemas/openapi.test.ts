import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ERROR_CODES } from '../../../lib/errors/error-codes.ts';
import { openApiDocument } from '../../../lib/schemas/openapi.ts';
import { everyField, listThings, toolWith } from '../../support/schema-tools.ts';

const createThing = toolWith({}, { name: 'acme_create_thing', effect: 'create', confirm: true });
const document = openApiDocument([everyField, listThings, createThing], {
  version: '1.2.3',
  servers: ['https://api.example.com'],
});
const { paths, components } = document;
const operations: Record<string, object> = paths;

function operation(name: string) {
  return operations[`/tools/${name}`];
}

test('the document has a title, servers and security', () => {
  expect(document).toMatchObject({
    openapi: '3.1.1',
    info: { version: '1.2.3' },
    servers: [{ url: 'https://api.example.com' }],
    security: [{ jwt: [] }],
    tags: [{ name: 'acme' }, { name: 'discovery' }],
    components: { securitySchemes: { jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  });
});

test('the document has an operation for each tool', () => {
  expect(Object.keys(paths)).toEqual([
    '/tools/acme_do_thing',
    '/tools/acme_list_things',
    '/tools/acme_create_thing',
    '/tools',
    '/openapi.json',
  ]);
  expect(operation('acme_do_thing')).toMatchObject({
    post: {
      operationId: 'acme_do_thing',
      tags: ['acme'],
      summary: 'Do thing (acme)',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/acme_do_thing.input' },
            examples: { example1: { value: everyField.examples[0]?.input } },
          },
        },
      },
      responses: {
        200: {
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/acme_do_thing.output' },
              examples: { example1: { value: everyField.examples[0]?.output } },
            },
          },
        },
      },
    },
  });
  expect(operation('acme_list_things')).toMatchObject({ post: { requestBody: { required: false } } });
});

test('each operation has a header for the user, and writes have an idempotency key and a sentence for confirmation', () => {
  const [read, write] = ['acme_do_thing', 'acme_create_thing'].map((name) => JSON.stringify(operation(name)));

  for (const each of [read, write]) expect(each).toContain('parameters/Identifier');
  expect(write).toContain('parameters/IdempotencyKey');
  expect(write).toContain('headers/IdempotentReplayed');
  expect(read).not.toMatch(/Idempoten/);
  expect(write).toContain('Ask the user for confirmation before calling this tool.');
  expect(read).not.toContain('Ask the user');
});

test('the document lists the formats of definitions, and the parameters that filter the definitions', () => {
  const parameters = paths['/tools'].get.parameters;

  expect(parameters).toMatchObject([
    {
      name: 'format',
      in: 'query',
      schema: { enum: ['mcp', 'openai', 'anthropic', 'converse'], default: 'mcp' },
    },
    ...['connectors', 'tools', 'readonly'].map((name) => ({ name, in: 'query' })),
  ]);
});

describe('the errors in the document', () => {
  test('have one schema with all codes, without undeclared fields', () => {
    const { error } = components.schemas.Error.properties;

    expect(components.schemas.Error).toMatchObject({ required: ['error'], additionalProperties: false });
    expect(error?.properties?.code?.enum).toEqual(Object.keys(ERROR_CODES));
    expect(error?.required).toEqual(Object.keys(error?.properties ?? {}));
    expect(error?.additionalProperties).toBe(false);
  });

  test.each(Object.entries(ERROR_CODES))(
    'contain an example of %s, in the response with the right status',
    (code, { status }) => {
      const response = components.responses[`Error${status}`];

      expect(response?.description).toContain(`\`${code}\``);
      expect(response?.headers).toHaveProperty('x-request-id');
      expect(response?.content['application/json'].examples).toHaveProperty(`${code}.value.error.code`, code);
      expect(operation('acme_do_thing')).toHaveProperty(`post.responses.${status}`);
    },
  );

  test.each(['429', '503'])('have a retry-after header for the status %s', (status) => {
    expect(components.responses[`Error${status}`]?.headers).toHaveProperty('retry-after');
  });

  test.each(['401', '403', '404', '413', '429', '500', '503'])(
    'may come from API Gateway for the status %s',
    (status) => {
      const response = components.responses[`Error${status}`];

      expect(JSON.stringify(response?.content['application/json'].schema)).toContain('GatewayMessage');
      expect(response?.content['application/json'].examples.gateway).toEqual({
        value: { message: expect.any(String) },
      });
    },
  );

  test('have examples that match the schema', () => {
    const errorSchema: object = components.schemas.Error;
    const schema = z.fromJSONSchema({ ...errorSchema });
    const examples = Object.values(components.responses).flatMap(({ content }) =>
      Object.entries(content['application/json'].examples).filter(([name]) => name !== 'gateway'),
    );

    expect(examples).toHaveLength(Object.keys(ERROR_CODES).length);
    for (const [, example] of examples) expect(schema.safeParse(example?.value).error).toBeUndefined();
  });
});
