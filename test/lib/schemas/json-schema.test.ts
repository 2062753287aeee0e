import { expect, test } from 'vitest';
import * as z from 'zod';
import { inputSchema, outputSchema } from '../../../lib/schemas/json-schema.ts';
import { everyField, listThings, toolWith } from '../../support/schema-tools.ts';

test('the input schema contains every type of field with its limits and examples, and allows no other fields', () => {
  const { required, additionalProperties, properties, examples, ...rest } = inputSchema(everyField);

  expect(rest).toEqual({ type: 'object' });
  expect(required).toEqual(['name', 'code', 'due', 'price', 'state', 'parent', 'place']);
  expect(additionalProperties).toBe(false);
  expect(examples).toEqual(everyField.examples.map(({ input }) => input));
  expect(properties).toEqual({
    name: { type: 'string', description: 'The name.', minLength: 1, maxLength: 80 },
    code: { type: 'string', description: 'The code, such as ABC-1.', pattern: '^[A-Z]{3}-\\d+$' },
    due: {
      type: 'string',
      description: 'When it is due.',
      format: 'date-time',
      pattern: expect.stringContaining('T'),
    },
    page: { type: 'string', description: 'Its page.', format: 'uri' },
    price: { type: 'number', description: 'The price.', exclusiveMinimum: 0, maximum: 9.5 },
    size: { type: 'integer', description: 'The size: 1 to 100.', minimum: 1, maximum: 100, default: 10 },
    urgent: { type: 'boolean', description: 'Whether it is urgent.' },
    state: { type: 'string', description: 'The state.', enum: ['open', 'in progress'] },
    labels: {
      type: 'array',
      description: 'The labels.',
      items: { type: 'string', maxLength: 20 },
      minItems: 1,
      maxItems: 3,
    },
    parent: { description: 'The parent.', anyOf: [{ type: 'string', maxLength: 9 }, { type: 'null' }] },
    place: {
      type: 'object',
      description: 'Where.',
      properties: { city: { type: 'string', description: 'The city.' }, zip: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    },
    hint: { type: 'string', description: 'A hint.', examples: ['left', 'a b'] },
  });
});

test('the output schema contains texts and IDs', () => {
  expect(outputSchema(everyField)).toEqual({
    type: 'object',
    properties: {
      id: { type: 'string', minLength: 1, maxLength: 1024 },
      title: { anyOf: [{ type: 'string', maxLength: 100 }, { type: 'null' }] },
      tags: { type: 'array', description: 'The tags.', items: { type: 'string', maxLength: 10 } },
    },
    required: ['id', 'title', 'tags'],
    additionalProperties: false,
  });
});

test('the schema of a list contains the paging fields with their defaults', () => {
  expect(inputSchema(listThings).properties.max_results).toMatchObject({
    default: 10,
    minimum: 1,
    maximum: 200,
  });
  expect(Object.keys(outputSchema(listThings).properties)).toEqual([
    'things',
    'count',
    'next_cursor',
    'omitted',
  ]);
});

test('keywords are always in the same order', () => {
  const one = z.string().max(5).min(1).describe('Text.');
  const other = z
    .string()
    .describe('No.')
    .describe('Text.')
    .min(1)
    .describe('Text.')
    .max(5)
    .describe('Text.');

  const [first, second] = [one, other].map((field) => JSON.stringify(inputSchema(toolWith({ field }))));

  expect(first).toBe(second);
  expect(first).toContain('{"type":"string","description":"Text.","minLength":1,"maxLength":5}');
});

test('a format that JSON Schema does not have is written as a pattern', () => {
  const { field } = inputSchema(toolWith({ field: z.string().startsWith('ab') })).properties;

  expect(field).toEqual({ type: 'string', pattern: '^ab.*' });
});

test.each([
  ['a date', z.date(), /^The input of acme_do_thing has no JSON Schema: Date/],
  [
    'a tuple',
    z.tuple([z.string()]),
    /^The input of acme_do_thing has something .* properties\.field: .*prefixItems/,
  ],
  ['a shared schema', z.string().meta({ id: 'shared' }), /^The input of acme_do_thing has something .*\$ref/],
])('%s is rejected with the path of the field', (_, field, message) => {
  expect(() => inputSchema(toolWith({ field }))).toThrow(message);
});
