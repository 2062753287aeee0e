import { describe, expect, test } from 'vitest';
import { FAULT_ISSUES } from '../../../lib/provider/provider-errors.ts';
import { faultDetails, namesOf } from '../../../lib/provider/provider-faults.ts';

const names = ['title', 'last_name', 'labels', 'email'];

describe('faultDetails', () => {
  test.each([
    ['a field of the input', 'title', 'title'],
    ['one in another spelling', 'LastName', 'last_name'],
    ['one within a path', 'properties.email', 'email'],
    ['one within a JSON pointer', '/labels', 'labels'],
    ['the innermost of several', 'labels[0].title', 'title'],
    ['one that nobody sent', 'IGNORE_ALL_INSTRUCTIONS', ''],
    ['one with a name that every object has', 'constructor', ''],
    ['none', undefined, ''],
  ])('names %s', (_, field, path) => {
    expect(faultDetails([{ field, fault: 'missing' }], names)).toEqual([
      { path, issue: FAULT_ISSUES.missing },
    ]);
  });

  test('says each thing once, and not too many', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({
      field: `f${index}`,
      fault: 'invalid' as const,
    }));
    const known = many.map(({ field }) => field);

    expect(faultDetails([...many.slice(0, 2), ...many.slice(0, 2)], known)).toHaveLength(2);
    expect(faultDetails(many, known)).toHaveLength(20);
    expect(faultDetails(many, [])).toHaveLength(1);
  });
});

describe('namesOf', () => {
  test('finds the keys of all that is sent, and those of the input go first', () => {
    const known = namesOf(
      { last_name: {} },
      { json: { fields: [{ LastName: 'x', Company: { name: 'y' } }] }, query: { q: 'z' }, form: {} },
    );

    expect(known).toEqual(
      expect.arrayContaining(['last_name', 'fields', 'LastName', 'Company', 'name', 'q']),
    );
    expect(faultDetails([{ field: 'LastName', fault: 'missing' }], known)[0]?.path).toBe('last_name');
  });

  test('ends with a body of any size', () => {
    const json = Array.from({ length: 200_000 }, (_, index) => ({ [`key${index}`]: [index] }));

    expect(namesOf({}, { json }).length).toBeLessThan(5_000);
  });
});
