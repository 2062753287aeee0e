import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { inputFaults } from '../../../lib/runtime/input-faults.ts';

const unknownKey = 'this key is not part of the input; leave it out';
const secret = 'SENSITIVE-VALUE';

function faultsOf(schema: z.ZodType, input: unknown) {
  const { error } = schema.safeParse(input);
  return inputFaults(error?.issues ?? []);
}

describe('inputFaults', () => {
  test('returns each fault with its path, with dots between the keys', () => {
    // Prepare
    const schema = z.strictObject({
      to: z.array(z.string()),
      count: z.int(),
      nested: z.strictObject({ name: z.string() }),
    });

    // Act
    const faults = faultsOf(schema, { to: ['a', 7], nested: { name: null } });

    // Assess
    expect(faults).toEqual([
      { path: 'to.1', issue: expect.stringContaining('expected string') },
      { path: 'count', issue: expect.stringContaining('expected number') },
      { path: 'nested.name', issue: expect.stringContaining('expected string') },
    ]);
  });

  test('returns an empty path for the whole input', () => {
    expect(faultsOf(z.strictObject({}), [])).toEqual([
      { path: '', issue: expect.stringContaining('expected object') },
    ]);
  });

  test('returns each unknown key with its path', () => {
    // Prepare
    const schema = z.strictObject({ nested: z.strictObject({}).optional() });

    // Act
    const faults = faultsOf(schema, { user: 1, nested: { deep: 1 }, token: 2 });

    // Assess
    expect(faults).toEqual([
      { path: 'nested.deep', issue: unknownKey },
      { path: 'user', issue: unknownKey },
      { path: 'token', issue: unknownKey },
    ]);
  });

  test.each([
    ['a wrong type', z.int(), secret],
    ['a wrong choice', z.enum(['a', 'b']), secret],
    ['a wrong literal', z.literal('a'), secret],
    ['a wrong pattern', z.string().regex(/^\d+$/), secret],
    ['a text that is too long', z.string().max(3), secret],
    ['a text that is too short', z.string().min(300), secret],
    ['no e-mail address', z.email(), secret],
    ['no URL', z.url(), secret],
    ['no match in a union', z.union([z.int(), z.boolean()]), secret],
    ['an array of texts', z.int(), [secret]],
    ['an object', z.array(z.string()), { [secret]: secret }],
  ])("does not contain the input's value: %s", (_, field, value) => {
    // Act
    const faults = faultsOf(z.strictObject({ field }), { field: value });

    // Assess
    expect(faults).toHaveLength(1);
    expect(faults[0]?.path).toBe('field');
    expect(JSON.stringify(faults)).not.toContain(secret);
  });

  test.each([
    ['faults', z.strictObject({ list: z.array(z.int()) }), { list: Array.from({ length: 100 }, () => 'x') }],
    [
      'unknown keys',
      z.strictObject({}),
      Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`key${index}`, 1])),
    ],
    [
      'faults and unknown keys',
      z.strictObject({ list: z.array(z.int()) }),
      {
        list: Array.from({ length: 15 }, () => 'x'),
        ...Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`key${index}`, 1])),
      },
    ],
  ])('returns only 20 of many %s', (_, schema, input) => {
    expect(faultsOf(schema, input)).toHaveLength(20);
  });

  test('cuts a long path', () => {
    // Act
    const faults = faultsOf(z.strictObject({}), { ['k'.repeat(5_000)]: 1 });

    // Assess
    expect(faults).toEqual([{ path: `${'k'.repeat(99)}…`, issue: unknownKey }]);
  });

  test('cuts a long issue', () => {
    // Prepare
    const choices = Array.from({ length: 100 }, (_, index) => `choice${index}`);

    // Act
    const faults = faultsOf(z.strictObject({ field: z.enum(choices) }), { field: 'x' });

    // Assess
    expect(faults[0]?.issue).toMatch(/^Invalid option.*…$/);
    expect(faults[0]?.issue).toHaveLength(200);
  });

  test('removes invisible characters from a key', () => {
    // Act
    const faults = faultsOf(z.strictObject({}), { 'na\u202e\u200bme\r': 1 });

    // Assess
    expect(faults).toEqual([{ path: 'name', issue: unknownKey }]);
  });
});
