import { expect, test } from 'vitest';
import * as z from 'zod';
import { droppedConstraints, type Keyword } from '../../../lib/schemas/dropped-constraints.ts';
import { inputSchema } from '../../../lib/schemas/json-schema.ts';
import { typeInWords } from '../../../lib/schemas/type-in-words.ts';
import { toolWith } from '../../support/schema-tools.ts';

function nodeOf(field: z.ZodType) {
  return inputSchema(toolWith({ field })).properties.field ?? {};
}

test.each([
  [z.string(), []],
  [z.string().max(80), ['at most 80 characters']],
  [z.string().min(1), ['at least 1 character']],
  [z.string().min(1).max(80), ['1 to 80 characters']],
  [z.string().length(5), ['exactly 5 characters']],
  [z.string().regex(/^\d+$/), ['digits only']],
  [z.string().regex(/^a|b$/), ['form: ^a|b$']],
  [z.string().regex(/^a/).regex(/b$/), ['form: ^a; form: b$']],
  [z.iso.datetime(), ['an ISO 8601 time such as 2026-01-31T09:30:00Z']],
  [z.iso.date(), ['a date such as 2026-01-31']],
  [z.email().max(99), ['an email address', 'at most 99 characters']],
  [z.base64(), [expect.stringContaining('form: '), 'encoded as base64']],
  [z.int(), []],
  [z.int().min(1).max(100), ['1 to 100']],
  [z.int().min(0), ['at least 0']],
  [z.number().gt(0).max(3.5), ['more than 0 and at most 3.5']],
  [z.number().lt(3), ['less than 3']],
  [z.number().multipleOf(0.5), ['a multiple of 0.5']],
  [z.enum(['a', 'b c', '']), ['one of: a, "b c", ""']],
  [z.literal('x'), ['always x']],
  [z.array(z.string()).min(1).max(4), ['1 to 4 items']],
  [z.array(z.string()).max(1), ['at most 1 item']],
  [z.boolean().default(false), ['false by default']],
  [z.string().default('a b'), ['"a b" by default']],
  [z.string().meta({ examples: ['a', 'b c'] }), ['such as a, "b c"']],
])('a dropped constraint is described in words: %#', (field, expected) => {
  expect(droppedConstraints(nodeOf(field), new Set())).toEqual(expected);
});

test('a keyword that the target supports is not described', () => {
  const kept: ReadonlySet<Keyword> = new Set(['minLength', 'maxLength', 'default']);

  expect(droppedConstraints(nodeOf(z.string().max(3).regex(/x/).default('x')), kept)).toEqual(['form: x']);
});

test.each([
  [z.array(z.string().max(3)), 'a list, each item a string, at most 3 characters'],
  [z.string().nullable(), 'a string, or null'],
  [z.union([z.string(), z.number()]), 'a string or a number'],
  [z.record(z.string(), z.int()), 'an object, with any keys, each value an integer'],
  [z.record(z.string(), z.unknown()), 'an object, with any keys'],
  [
    z.object({ a: z.boolean(), b: z.int().optional() }),
    'an object, with the keys a (true or false), b (an integer, optional)',
  ],
])('a whole schema is described in words: %#', (field, expected) => {
  expect(typeInWords(nodeOf(field))).toBe(expected);
});
