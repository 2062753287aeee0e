import { expect, test } from 'vitest';
import * as z from 'zod';
import { openAiTool } from '../../../lib/schemas/openai.ts';
import { everyField, toolWith } from '../../support/schema-tools.ts';

test('strict mode is used for every type of field', () => {
  const { strict, parameters } = openAiTool(everyField).function;

  expect(strict).toBe(true);
  expect(parameters.required).toEqual(Object.keys(parameters.properties ?? {}));
  expect(parameters).not.toHaveProperty('examples');
  expect(parameters.properties).toEqual({
    name: { type: 'string', description: 'The name. 1 to 80 characters.' },
    code: { type: 'string', description: 'The code, such as ABC-1.', pattern: '^[A-Z]{3}-\\d+$' },
    due: { type: 'string', description: 'When it is due.', format: 'date-time' },
    page: { type: ['string', 'null'], description: 'Its page. Null leaves it out. A URL.' },
    price: { type: 'number', description: 'The price.', exclusiveMinimum: 0, maximum: 9.5 },
    size: {
      type: ['integer', 'null'],
      description: 'The size: 1 to 100. Null leaves it out. 10 by default.',
      minimum: 1,
      maximum: 100,
    },
    urgent: { type: ['boolean', 'null'], description: 'Whether it is urgent. Null leaves it out.' },
    state: { type: 'string', description: 'The state.', enum: ['open', 'in progress'] },
    labels: {
      description: 'The labels. Null leaves it out.',
      anyOf: [
        {
          type: 'array',
          items: { type: 'string', description: 'At most 20 characters.' },
          minItems: 1,
          maxItems: 3,
        },
        { type: 'null' },
      ],
    },
    parent: {
      description: 'The parent.',
      anyOf: [{ type: 'string', description: 'At most 9 characters.' }, { type: 'null' }],
    },
    place: {
      type: 'object',
      description: 'Where.',
      properties: {
        city: { type: 'string', description: 'The city.' },
        zip: { type: ['string', 'null'], description: 'Null leaves it out.' },
      },
      required: ['city', 'zip'],
      additionalProperties: false,
    },
    hint: { type: ['string', 'null'], description: 'A hint. Null leaves it out. Such as left, "a b".' },
  });
});

test.each([
  [z.enum(['a', 'b']).optional(), { anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }] }],
  [z.literal('a').optional(), { anyOf: [{ type: 'string', const: 'a' }, { type: 'null' }] }],
  [z.string().nullable().optional(), { type: ['string', 'null'] }],
])('an optional field accepts null in strict mode: %#', (field, expected) => {
  expect(openAiTool(toolWith({ field })).function.parameters.properties?.field).toEqual({
    ...expected,
    description: 'Null leaves it out.',
  });
});

test('a pattern with a lookaround is described in words', () => {
  const { parameters } = openAiTool(toolWith({ field: z.string().regex(/^(?!a)/) })).function;

  expect(parameters.properties?.field).toEqual({ type: 'string', description: 'Form: ^(?!a).' });
});

test.each([z.record(z.string(), z.string()), z.array(z.unknown()), z.looseObject({})])(
  'strict mode is not used if the model may choose keys or types: %#',
  (field) => {
    const { strict, parameters } = openAiTool(toolWith({ field: field.optional() })).function;

    expect(strict).toBe(false);
    expect(parameters).not.toHaveProperty('required');
  },
);

test('the description of a tool that needs confirmation asks for confirmation, in at most 1,024 characters', () => {
  const tool = toolWith({}, { confirm: true, description: 'A sentence of some length. '.repeat(60) });

  const { description } = openAiTool(tool).function;

  expect(description.length).toBeLessThanOrEqual(1_024);
  expect(description).toMatch(/length\. Ask the user for confirmation before calling this tool\.$/);
});
