import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readText, UnreadableText } from '../../../lib/contract/read-text.ts';

const integer = z.int().min(1).max(100);
const labels = z.array(z.string());
const kind = z.enum(['open', 'closed']);
const object = z.strictObject({ key: z.string() });
const autoOrNumber = z.union([z.literal('auto'), z.number()]);

describe('a text', () => {
  test.each<[string, z.ZodType, string, unknown]>([
    ['number', z.number(), '5', 5],
    ['number', z.number(), '-0.25', -0.25],
    ['number', z.number(), '1e3', 1_000],
    ['number', z.number(), ' 7 ', 7],
    ['integer', integer, '5', 5],
    ['integer, even if the value is out of range', integer, '500', 500],
    ['integer, even if the value has a fraction', integer, '5.5', 5.5],
    ['number with coercion', z.coerce.number(), '5', 5],
    ['boolean', z.boolean(), 'true', true],
    ['boolean', z.boolean(), 'false', false],
    ['texts as JSON', labels, '["a","b, c"]', ['a', 'b, c']],
    ['texts as JSON', labels, '[]', []],
    ["texts in Java's format", labels, '[a, b]', ['a', 'b']],
    ["texts in Java's format", labels, '[1, 2.50]', ['1', '2.50']],
    ["texts in Java's format", labels, '[true, null]', ['true', 'null']],
    ['texts with commas between them', labels, 'a,b', ['a', 'b']],
    [
      'texts with commas between them',
      labels,
      'two words, three more words',
      ['two words', 'three more words'],
    ],
    ['one text', labels, 'a', ['a']],
    ['numbers as JSON', z.array(z.number()), '[1,2]', [1, 2]],
    ['numbers with commas between them', z.array(z.number()), '1, 2', [1, 2]],
    ["booleans in Java's format", z.array(z.boolean()), '[true, false]', [true, false]],
    ['lists as JSON', z.array(labels), '[["a"],["b"]]', [['a'], ['b']]],
    ['objects as JSON', z.array(object), '[{"key":"a"}]', [{ key: 'a' }]],
    ['object', object, '{"key":"a"}', { key: 'a' }],
    ['map', z.record(z.string(), z.string()), '{"a":"b"}', { a: 'b' }],
    ['choice', kind, 'open', 'open'],
    ['unknown choice, which stays unchanged and is rejected later', kind, 'half-open', 'half-open'],
    ['choice of numbers', z.literal([1, 2]), '2', 2],
    ['choice of texts and numbers', z.literal(['2', 2, 3]), '2', '2'],
    ['choice of texts and numbers', z.literal(['2', 2, 3]), '3', 3],
    ['union', autoOrNumber, 'auto', 'auto'],
    ['union', autoOrNumber, '5', 5],
    ['union with any text', z.union([z.number(), z.string()]), '5', '5'],
    ['union of lists and numbers', z.union([z.boolean(), z.number()]), '5', 5],
    ['optional field', z.number().optional(), '5', 5],
    ['nullable field', z.number().nullable(), '5', 5],
    ['field with a default', z.number().default(1), '5', 5],
    ['field with a default before parsing', z.number().prefault(1), '5', 5],
    ['read-only field', labels.readonly(), 'a,b', ['a', 'b']],
    ['field with several wrappers', z.number().optional().nullable().default(1).describe('x'), '5', 5],
    ['field with a transform', z.number().transform(String), '5', 5],
    ['field with a pipe', z.string().transform(Number).pipe(z.number()), '5', '5'],
    ['field with preprocessing', z.preprocess((value) => value, z.number()), '5', 5],
    ['text that stands for a boolean', z.stringbool(), 'yes', 'yes'],
    ['null', z.number().nullable(), 'null', null],
    ['null, even if the field does not allow null', z.number(), 'null', null],
    ['null', z.union([z.number(), z.null()]), 'null', null],
  ])('is converted to the type of its field: %s', (_, field, text, value) => {
    expect(readText(field, text)).toStrictEqual(value);
  });

  test.each([
    '',
    ' ',
    '5',
    '123',
    'true',
    'null',
    '[a, b]',
    '["a"]',
    '{"a":1}',
    '{k=v}',
    ' padded ',
    'a,b',
    '\u200b',
  ])('stays unchanged if the field accepts any string: %j', (text) => {
    expect(readText(z.string(), text)).toBe(text);
    expect(readText(z.string().min(1).optional().describe('x'), text)).toBe(text);
    expect(readText(z.email().nullable(), text)).toBe(text);
    expect(readText(z.iso.date(), text)).toBe(text);
  });

  test.each<[string, z.ZodType]>([
    ['number', z.number().optional()],
    ['boolean', z.boolean()],
    ['list', labels],
    ['object', object],
    ['union', autoOrNumber],
    ['choice of numbers', z.literal([1, 2])],
  ])('counts as an absent value if it is empty and the field has the type %s', (_, field) => {
    expect(readText(field, '')).toBeUndefined();
  });

  test('counts as a value if it is empty and the field lists an empty choice', () => {
    expect(readText(kind, '')).toBe('');
    expect(readText(z.enum(['', 'a']), '')).toBe('');
    expect(readText(kind.nullable(), 'null')).toBe('null');
  });

  test.each<[z.ZodType, string]>([
    ...[
      'five',
      '5 apples',
      '1,000',
      '0x10',
      '010',
      '+5',
      '.5',
      '5.',
      'NaN',
      'Infinity',
      '-Infinity',
      '1e999',
      ' ',
      '"5"',
      '[5]',
      'true',
      '9007199254740993',
    ].map((text): [z.ZodType, string] => [z.number(), text]),
    ...['True', 'TRUE', 'yes', '1', '0', '"true"', 'truefalse', ' '].map((text): [z.ZodType, string] => [
      z.boolean(),
      text,
    ]),
    ...[
      '["a"',
      '[a',
      'a]',
      '["a", b]',
      '"a","b"',
      '[a, ]',
      'a,',
      ',',
      'a,,b',
      ' ',
      "['a', 'b']",
      '[[a], [b]]',
      '{a=b}',
      '{"a":"b"}',
      '[{"a":1}]',
      '["a", 1]',
      '[a {b, c}]',
    ].map((text): [z.ZodType, string] => [labels, text]),
    ...['{k=v}', '{key: a}', "{'key': 'a'}", '[]', '["a"]', 'a', '5', 'true', '"a"', '{"key":"a"'].map(
      (text): [z.ZodType, string] => [object, text],
    ),
    [z.array(z.number()), '1, two'],
    [z.array(z.number()), 'one'],
    [z.array(labels), 'a,b'],
    [z.array(object), '{key=a}'],
    [autoOrNumber, 'AUTO'],
  ])('is rejected if its meaning is ambiguous: case %#', (field, text) => {
    expect(() => readText(field, text)).toThrow(UnreadableText);
  });

  test('does not appear in the error, which states the expected value', () => {
    expect(() => readText(labels, '{canary=1}')).toThrow(/^must be a JSON array, such as \["a", "b"\]$/);
    expect(() => readText(z.union([z.number(), z.boolean()]), 'x')).toThrow(
      'must be a number, such as 5, or true or false',
    );
  });
});
