import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { id, text, withTextScale } from '../../../lib/contract/fields.ts';

const long = 'abcdefghijklmnopqrstuvwxyz'.repeat(4);

describe('text', () => {
  test.each([
    ['a short text', 40, 'short', 'short'],
    ['a text as long as the maximum', 40, long.slice(0, 40), long.slice(0, 40)],
    ['a longer text', 40, long, `${long.slice(0, 39)}…`],
    ['a longer text with a small maximum', 8, long, `${long.slice(0, 7)}…`],
    ['an emoji at the cut', 20, `${long.slice(0, 18)}😀${long}`, `${long.slice(0, 18)}…`],
    ['a text with invisible characters', 40, 'one\u202e\u200btwo\r\n', 'onetwo\n'],
    ['a text that fits after it is cleaned', 20, `${'\u200b'.repeat(50)}twenty`, 'twenty'],
  ])('cuts and cleans its value: %s', (_, maximum, value, expected) => {
    // Act
    const parsed = text(maximum).parse(value);

    // Assess
    expect(parsed).toBe(expected);
  });

  test('leaves no zero-width joiner at the position of the cut', () => {
    // Act
    const parsed = text(16).parse(`${'x'.repeat(12)}👩\u200d👩\u200d👧`);

    // Assess
    expect(parsed).not.toMatch(/\u200d…$/);
    expect(parsed).toMatch(/^x{12}.*…$/u);
  });

  test('includes its maximum in the schema', () => {
    // Act
    const schema = z.toJSONSchema(text(40));

    // Assess
    expect(schema).toMatchObject({ type: 'string', maxLength: 40 });
  });

  test('rejects a value that is not a string', () => {
    expect(text(40).safeParse(7).success).toBe(false);
  });
});

describe('id', () => {
  test.each([
    ['one character', 'x'],
    ['characters that are removed from texts', 'a\u200bb\u202e'],
    ['the maximum length', 'x'.repeat(1024)],
  ])('returns the ID unchanged: %s', (_, value) => {
    // Act
    const parsed = id().parse(value);

    // Assess
    expect(parsed).toBe(value);
  });

  test.each([
    ['an empty ID', ''],
    ['an ID that is too long, instead of cutting it', 'x'.repeat(1025)],
    ['a number', 7],
  ])('rejects %s', (_, value) => {
    expect(id().safeParse(value).success).toBe(false);
  });
});

describe('withTextScale', () => {
  const schema = text(80);

  test('scales the maximum length of texts only during the given function', () => {
    // Act
    const scaled = withTextScale(1 / 2, () => schema.parse(long));
    const after = schema.parse(long);

    // Assess
    expect(scaled).toBe(`${long.slice(0, 39)}…`);
    expect(after).toBe(`${long.slice(0, 79)}…`);
  });

  test('leaves at least 16 characters', () => {
    // Act
    const scaled = withTextScale(1 / 64, () => schema.parse(long));

    // Assess
    expect(scaled).toBe(`${long.slice(0, 15)}…`);
  });

  test('never cuts IDs', () => {
    // Act
    const scaled = withTextScale(1 / 64, () => id().parse(long));

    // Assess
    expect(scaled).toBe(long);
  });

  test('restores the scale after an error', () => {
    // Act
    const failing = () => withTextScale(1 / 4, () => schema.parse(7));

    // Assess
    expect(failing).toThrow(z.ZodError);
    expect(schema.parse(long)).toHaveLength(80);
  });

  test('restores the outer scale after the inner scale', () => {
    // Act
    const [inner, outer] = withTextScale(1 / 2, () => [
      withTextScale(1 / 4, () => schema.parse(long)),
      schema.parse(long),
    ]);

    // Assess
    expect(inner).toHaveLength(20);
    expect(outer).toHaveLength(40);
  });
});

test('a text of several megabytes is cut before it is cleaned, and ends with an ellipsis', () => {
  const hidden = '\u200b'.repeat(1_000_000);

  expect(text(10).parse(`Hello${hidden}world`)).toBe('Hello…');
});
