import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { lenientList, maybeText } from '../../../lib/provider/lenient.ts';

const Form = z.object({ name: maybeText, items: lenientList(z.object({ id: z.string() })) });

describe('a lenient schema', () => {
  test.each([
    [
      'complete data',
      { name: 'a', items: [{ id: '1' }, { id: '2' }] },
      { name: 'a', items: [{ id: '1' }, { id: '2' }] },
    ],
    ['empty data', {}, { items: [] }],
    ['wrong types', { name: 7, items: 'abc' }, { name: undefined, items: [] }],
    ['null', { name: null, items: null }, { name: undefined, items: [] }],
    [
      'some items with another format',
      { items: [null, { id: '1' }, { id: 2 }, 'x'] },
      { items: [{ id: '1' }] },
    ],
  ])('accepts %s', (_, value, expected) => {
    expect(Form.parse(value)).toEqual(expected);
  });

  test('returns only the first 20 entries of a long list', () => {
    const items = Array.from({ length: 50 }, (_, index) => ({ id: String(index) }));

    expect(Form.parse({ items }).items).toEqual(items.slice(0, 20));
  });
});
