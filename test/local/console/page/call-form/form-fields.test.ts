import { describe, expect, test } from 'vitest';
import {
  type Field,
  type FieldValue,
  fieldOfValue,
  formFields,
  valueOfField,
} from '../../../../../local/console/page/call-form/form-fields.ts';
import type { SchemaNode } from '../../../../../local/console/page/tools/schema-words.ts';

/** Returns the form field for a schema. */
function fieldFor(node: SchemaNode): Field {
  const [field] = formFields({ type: 'object', properties: { key: node } });
  if (!field) throw new Error('The form has no field.');
  return field;
}

test('a field shows the limits and the description of its contract', () => {
  expect(
    formFields({
      type: 'object',
      properties: {
        size: { type: 'integer', description: 'How many.', minimum: 1, maximum: 9, default: 3 },
        name: { type: 'string' },
      },
      required: ['name'],
    }),
  ).toEqual([
    {
      key: 'size',
      description: 'How many.',
      limits: '1 to 9; default 3',
      isRequired: false,
      control: { kind: 'number', minimum: 1, maximum: 9, step: 1 },
      defaultText: '3',
    },
    {
      key: 'name',
      description: '',
      limits: '',
      isRequired: true,
      control: { kind: 'line' },
      defaultText: '',
    },
  ]);
});

test.each<[SchemaNode, Field['control']]>([
  [{ type: 'string', maxLength: 300 }, { kind: 'line' }],
  [{ type: 'string', maxLength: 301 }, { kind: 'text' }],
  [
    { type: 'string', enum: ['a', 'b'] },
    { kind: 'choice', options: ['a', 'b'] },
  ],
  [{ enum: [1, 2] }, { kind: 'json' }],
  [{ type: 'number' }, { kind: 'number', minimum: undefined, maximum: undefined, step: 'any' }],
  [
    { type: 'integer', multipleOf: 5 },
    { kind: 'number', minimum: undefined, maximum: undefined, step: 5 },
  ],
  [{ type: 'boolean' }, { kind: 'boolean' }],
  [{ type: 'array', items: { type: 'string' } }, { kind: 'lines' }],
  [
    { type: 'array', items: { type: 'string', enum: ['a'] } },
    { kind: 'choices', options: ['a'] },
  ],
  [{ type: 'array', items: { type: 'integer' } }, { kind: 'json' }],
  [{ type: 'array' }, { kind: 'json' }],
  [{ type: 'object' }, { kind: 'json' }],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, { kind: 'json' }],
])('the schema %j gets the control %j', (node, control) => {
  expect(fieldFor(node).control).toEqual(control);
});

const STRING: SchemaNode = { type: 'string' };
const LONG: SchemaNode = { type: 'string', maxLength: 5_000 };
const NUMBER: SchemaNode = { type: 'number' };
const TRUTH: SchemaNode = { type: 'boolean' };
const CHOICE: SchemaNode = { type: 'string', enum: ['a', 'b'] };
const LINES: SchemaNode = { type: 'array', items: { type: 'string' } };
const CHOICES: SchemaNode = { type: 'array', items: { type: 'string', enum: ['a', 'b'] } };
const OBJECT: SchemaNode = { type: 'object' };

describe('the value of a field', () => {
  test.each<[SchemaNode, FieldValue | undefined, unknown]>([
    [STRING, undefined, undefined],
    [STRING, '', undefined],
    [STRING, ' x ', ' x '],
    [NUMBER, '1.5', 1.5],
    [NUMBER, '1e', '1e'],
    [TRUTH, 'true', true],
    [TRUTH, 'false', false],
    [LINES, 'a\n\nb\n', ['a', 'b']],
    [LINES, '\n', undefined],
    [CHOICES, [], undefined],
    [CHOICES, ['b'], ['b']],
    [OBJECT, { json: '{"a": [1]}' }, { a: [1] }],
    [OBJECT, { json: ' ' }, undefined],
    [STRING, { json: 'null' }, null],
  ])('if the schema is %j and the text is %j, the value is %j', (node, value, expected) => {
    expect(valueOfField(fieldFor(node), value)).toEqual(expected);
  });

  test('throws an error if the field contains invalid JSON', () => {
    expect(() => valueOfField(fieldFor(OBJECT), { json: '{' })).toThrow(SyntaxError);
  });
});

describe('the content of a field', () => {
  test.each<[SchemaNode, unknown, FieldValue]>([
    [STRING, 'x', 'x'],
    [STRING, '', { json: '""' }],
    [STRING, 'a\nb', { json: '"a\\nb"' }],
    [LONG, 'a\nb', 'a\nb'],
    [STRING, 5, { json: '5' }],
    [NUMBER, 5, '5'],
    [NUMBER, '5', { json: '"5"' }],
    [TRUTH, false, 'false'],
    [TRUTH, 'false', { json: '"false"' }],
    [CHOICE, 'b', 'b'],
    [CHOICE, 'c', { json: '"c"' }],
    [LINES, ['a', 'b'], 'a\nb'],
    [LINES, ['a\nb'], { json: '[\n  "a\\nb"\n]' }],
    [LINES, [], { json: '[]' }],
    [CHOICES, ['b'], ['b']],
    [CHOICES, ['c'], { json: '[\n  "c"\n]' }],
    [OBJECT, { a: 1 }, { json: '{\n  "a": 1\n}' }],
    [STRING, null, { json: 'null' }],
  ])('if the schema is %j and the value is %j, the content is %j', (node, value, expected) => {
    const field = fieldFor(node);

    expect(fieldOfValue(field, value)).toEqual(expected);
    // The form field must contain the original value.
    expect(valueOfField(field, fieldOfValue(field, value))).toEqual(value);
  });
});
