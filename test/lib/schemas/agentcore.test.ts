import { expect, test } from 'vitest';
import * as z from 'zod';
import { agentCoreTool } from '../../../lib/schemas/agentcore.ts';
import { everyField, toolWith } from '../../support/schema-tools.ts';

test('the input schema uses only five keywords for all types of fields, and describes other constraints in words', () => {
  const { inputSchema } = agentCoreTool(everyField);

  expect(inputSchema).toEqual({
    type: 'object',
    description: 'The input.',
    required: ['name', 'code', 'due', 'price', 'state', 'parent', 'place'],
    properties: {
      name: { type: 'string', description: 'The name. 1 to 80 characters.' },
      code: { type: 'string', description: 'The code, such as ABC-1. Form: ^[A-Z]{3}-\\d+$.' },
      due: { type: 'string', description: 'When it is due. An ISO 8601 time such as 2026-01-31T09:30:00Z.' },
      page: { type: 'string', description: 'Its page. A URL.' },
      price: { type: 'number', description: 'The price. More than 0 and at most 9.5.' },
      size: { type: 'integer', description: 'The size: 1 to 100. 10 by default.' },
      urgent: { type: 'boolean', description: 'Whether it is urgent.' },
      state: { type: 'string', description: 'The state. One of: open, "in progress".' },
      labels: {
        type: 'array',
        description: 'The labels. 1 to 3 items.',
        items: { type: 'string', description: 'One item. At most 20 characters.' },
      },
      parent: { type: 'string', description: 'The parent. At most 9 characters; or null.' },
      place: {
        type: 'object',
        description: 'Where.',
        properties: {
          city: { type: 'string', description: 'The city.' },
          zip: { type: 'string', description: 'The zip.' },
        },
        required: ['city'],
      },
      hint: { type: 'string', description: 'A hint. Such as left, "a b".' },
    },
  });
});

test('the output schema uses only five keywords', () => {
  expect(agentCoreTool(everyField).outputSchema.properties).toMatchObject({
    id: { type: 'string', description: 'The id. 1 to 1024 characters.' },
    title: { type: 'string', description: 'The title. At most 100 characters; or null.' },
  });
});

test.each([
  [
    'an object with any keys',
    z.record(z.string(), z.int()),
    'object',
    'With any keys, each value an integer.',
  ],
  [
    'a union of options with the same type',
    z.union([z.string().max(2), z.email()]),
    'string',
    /^A string, at most 2 .* or a string, an email/,
  ],
])('the schema of a field describes %s in words', (_, field, type, told) => {
  expect(agentCoreTool(toolWith({ field: field.describe('F.') })).inputSchema.properties?.field).toEqual({
    type,
    description: expect.stringMatching(
      told instanceof RegExp ? new RegExp(`F. ${told.source.slice(1)}`) : `F. ${told}`,
    ),
  });
});

test.each([z.union([z.string(), z.int()]), z.unknown()])(
  'a field without a single type is rejected: %#',
  (field) => {
    expect(() => agentCoreTool(toolWith({ field }))).toThrow(
      /^The input of acme_do_thing\.field is .*, but AWS agents support only fields with one type\./,
    );
  },
);

test('if a tool needs confirmation, its description asks for confirmation', () => {
  const ask = 'Ask the user for confirmation before calling this tool.';

  expect(agentCoreTool(toolWith({}, { effect: 'delete' })).description).toBe(`A tool of the tests. ${ask}`);
  expect(agentCoreTool(toolWith({}, { effect: 'create' })).description).toBe('A tool of the tests.');
});
