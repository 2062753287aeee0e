import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { id, text } from '../../../lib/contract/fields.ts';
import { SchemaMismatch } from '../../../lib/errors/schema-mismatch.ts';
import { fitOutput, largestThatFits } from '../../../lib/runtime/fit-output.ts';
import { jsonBytes } from '../../../lib/text/json.ts';

const schema = z.strictObject({ id: id(), body: text(640) });
const output = { id: 'x'.repeat(64), body: 'y'.repeat(2_000) };
const within = (budgetBytes: number) => (value: unknown) => jsonBytes(value) <= budgetBytes;
// The bytes of everything except the text in `body`. Two bytes are added, because an ellipsis has three bytes.
const AROUND_BYTES = jsonBytes({ id: output.id, body: '' }) + 2;

describe('fitOutput', () => {
  test.each([
    { budgetBytes: AROUND_BYTES + 640, length: 640 },
    { budgetBytes: AROUND_BYTES + 639, length: 320 },
    { budgetBytes: AROUND_BYTES + 320, length: 320 },
    { budgetBytes: AROUND_BYTES + 319, length: 160 },
    { budgetBytes: AROUND_BYTES + 100, length: 80 },
    { budgetBytes: AROUND_BYTES + 40, length: 40 },
    { budgetBytes: AROUND_BYTES + 20, length: 20 },
    { budgetBytes: AROUND_BYTES + 16, length: 16 },
  ])('cuts texts to $length characters if the budget is $budgetBytes bytes', ({ budgetBytes, length }) => {
    // Act
    const fitted = fitOutput(schema, output, within(budgetBytes));

    // Assess
    expect(fitted).toStrictEqual({ id: output.id, body: `${'y'.repeat(length - 1)}…` });
    expect(jsonBytes(fitted)).toBeLessThanOrEqual(budgetBytes);
  });

  test('returns undefined if even the shortest texts are too long', () => {
    expect(fitOutput(schema, output, within(AROUND_BYTES + 15))).toBeUndefined();
  });

  test('halves the maximum length of texts at most six times', () => {
    // Prepare
    const large = z.strictObject({ body: text(64_000) });

    // Act
    const fitted = [1_100, 900].map((budgetBytes) =>
      fitOutput(large, { body: 'y'.repeat(64_000) }, within(budgetBytes)),
    );

    // Assess
    expect(fitted).toEqual([{ body: `${'y'.repeat(999)}…` }, undefined]);
  });

  test('counts bytes, not characters', () => {
    // Prepare
    const euros = { id: 'x', body: '€'.repeat(100) };

    // Act
    const fitted = fitOutput(schema, euros, within(jsonBytes({ ...euros, body: '' }) + 299));

    // Assess
    expect(fitted).toEqual({ id: 'x', body: `${'€'.repeat(79)}…` });
  });

  test('throws an error and resets the text scale if the output does not match its schema', () => {
    // Act
    const fit = () => fitOutput(schema, { ...output, more: 1 }, () => true);

    // Assess
    expect(fit).toThrow(SchemaMismatch);
    expect(schema.parse(output).body).toHaveLength(640);
  });
});

describe('largestThatFits', () => {
  const cases = [0, 1, 2, 3, 7, 10].flatMap((maximum) =>
    Array.from({ length: maximum + 1 }, (_, largest) => ({ maximum, largest })),
  );

  test.each(cases)(
    'returns $largest as the largest number up to $maximum that fits',
    ({ maximum, largest }) => {
      expect(largestThatFits(maximum, (count) => count <= largest)).toBe(largest);
    },
  );

  test('returns 0 if nothing fits', () => {
    expect(largestThatFits(5, () => false)).toBe(0);
    expect(largestThatFits(0, () => false)).toBe(0);
  });

  test('tries only a few numbers, and no number above the maximum', () => {
    // Prepare
    const tried: number[] = [];

    // Act
    largestThatFits(1_000, (count) => {
      tried.push(count);
      return count <= 777;
    });

    // Assess
    expect(tried.length).toBeLessThanOrEqual(12);
    expect(Math.max(...tried)).toBeLessThanOrEqual(1_000);
    expect(Math.min(...tried)).toBeGreaterThanOrEqual(0);
  });
});
