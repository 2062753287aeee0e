import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { lenientList, maybeText } from '../../../lib/provider/lenient.ts';

const Form = z.object({ name: maybeText, items: lenientList(z.object({ id: z.string() })) });

describe('a lenient form', () => {
  test.each([
    [
      'all there',
      { name: 'a', items: [{ id: '1' }, { id: '2' }] },
      { name: 'a', items: [{ id: '1' }, { id: '2' }] },
    ],
    ['nothing there', {}, { items: [] }],
    ['wrong types', { name: 7, items: 'abc' }, { name: undefined, items: [] }],
    ['null', { name: null, items: null }, { name: undefined, items: [] }],
    ['some items of another form', { items: [null, { id: '1' }, { id: 2 }, 'x'] }, { items: [{ id: '1' }] }],
  ])('%s', (_, value, expected) => {
    expect(Form.parse(value)).toEqual(expected);
  });

  test('keeps the first 20 of a long list', () => {
    const items = Array.from({ length: 50 }, (_, index) => ({ id: String(index) }));

    expect(Form.parse({ items }).items).toEqual(items.slice(0, 20));
  });
});
