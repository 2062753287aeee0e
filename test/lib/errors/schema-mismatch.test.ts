import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { SchemaMismatch } from '../../../lib/errors/schema-mismatch.ts';

function faultsOf(schema: z.ZodType, data: unknown): string[] {
  const { error } = schema.safeParse(data);
  if (!error) throw new Error('The data keeps the schema.');
  return new SchemaMismatch(schema, error).faults;
}

const Part = z.object({
  mimeType: z.string(),
  get parts() {
    return z.array(Part).optional();
  },
});

describe('the faults of a schema mismatch', () => {
  test.each([
    ['a wrong type', z.object({ id: z.string() }), { id: 7 }, ['id: invalid_type, expected string']],
    [
      'a place in a list',
      z.object({ items: z.array(z.object({ id: z.string() })) }),
      { items: [{}] },
      ['items.0.id: invalid_type, expected string'],
    ],
    [
      'an undeclared key, without its name',
      z.strictObject({}),
      { secret: 1 },
      ['the object itself: has keys that are not declared'],
    ],
    [
      'a key that only the data has, without its name',
      z.record(z.string(), z.number()),
      { 'ada@x.example': 'x' },
      ['*: invalid_type, expected number'],
    ],
    [
      'a schema that contains itself',
      Part,
      { mimeType: 'a', parts: [{ parts: [] }] },
      ['parts.0.mimeType: invalid_type, expected string'],
    ],
  ])('describe the place and the expected type: %s', (_, schema, data, faults) => {
    expect(faultsOf(schema, data)).toEqual(faults);
  });

  test('are limited to eight', () => {
    expect(faultsOf(z.array(z.string()), Array(100).fill(1))).toHaveLength(8);
  });
});
