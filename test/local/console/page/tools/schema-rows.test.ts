import { expect, test } from 'vitest';
import { schemaRows } from '../../../../../local/console/page/tools/schema-rows.ts';
import type { SchemaNode } from '../../../../../local/console/page/tools/schema-words.ts';

test('the keys inside lists, objects and alternatives come after their parent', () => {
  const message: SchemaNode = {
    type: 'object',
    properties: {
      id: { type: 'string' },
      from: { anyOf: [{ type: 'object', properties: { name: { type: 'string' } } }, { type: 'null' }] },
    },
    required: ['id'],
  };
  const rows = schemaRows({ type: 'object', properties: { messages: { type: 'array', items: message } } });

  expect(rows.map(({ path, depth, type, isRequired }) => [path, depth, type, isRequired])).toEqual([
    ['messages', 0, 'array of object', false],
    ['messages[].id', 1, 'string', true],
    ['messages[].from', 1, 'object or null', false],
    ['messages[].from.name', 2, 'string', false],
  ]);
});

test.each<[SchemaNode, type: string, limits: string]>([
  [{ type: 'string', enum: ['a', 'b'] }, 'string', 'one of a, b'],
  [{ enum: [1, 2] }, 'number', 'one of 1, 2'],
  [{ const: true }, 'boolean', 'always true'],
  [
    { type: 'array', items: { type: 'string', enum: ['a'], maxLength: 2 }, maxItems: 1 },
    'array of string',
    'one of a; at most 1 item; each: at most 2 characters',
  ],
  [{ type: 'integer', minimum: 1, maximum: 9, default: 3 }, 'integer', '1 to 9; default 3'],
  [{ type: 'number', minimum: 1 }, 'number', 'at least 1'],
  [{ type: 'number', maximum: 1 }, 'number', 'at most 1'],
  [
    { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1, multipleOf: 0.1 },
    'number',
    'above 0; below 1; a multiple of 0.1',
  ],
  [{ type: 'string', minLength: 1, maxLength: 20_000 }, 'string', '1 to 20,000 characters'],
  [{ type: 'string', minLength: 2, pattern: '^a' }, 'string', 'at least 2 characters; matches ^a'],
  [{ anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] }, 'string or null', 'date-time'],
  [{ type: ['number', 'null'] }, 'number or null', ''],
  [{}, 'any', ''],
])('the row of the schema %j has the type and the limits in words', (node, type, limits) => {
  expect(schemaRows({ type: 'object', properties: { key: node } })).toEqual([
    { path: 'key', key: 'key', depth: 0, type, isRequired: false, limits, description: '' },
  ]);
});
