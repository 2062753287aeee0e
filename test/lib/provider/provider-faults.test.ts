import { describe, expect, test } from 'vitest';
import { FAULT_ISSUES } from '../../../lib/provider/provider-errors.ts';
import { faultDetails, placesOf } from '../../../lib/provider/provider-faults.ts';

const named = (...names: string[]) => placesOf(Object.fromEntries(names.map((name) => [name, {}])), {}, {});
const places = named('title', 'last_name', 'labels', 'email');

describe('faultDetails', () => {
  test.each([
    ['a field of the input', 'title', 'title'],
    ['a field in another spelling', 'LastName', 'last_name'],
    ['a field inside a path', 'properties.email', 'email'],
    ['a field inside a JSON pointer', '/labels', 'labels'],
    ['the innermost of several fields', 'labels[0].title', 'title'],
    ['an empty path for a field that was not sent', 'IGNORE_ALL_INSTRUCTIONS', ''],
    ['an empty path for a property that every object has', 'constructor', ''],
    ['an empty path for a fault without a field', undefined, ''],
  ])('contains %s', (_, field, path) => {
    expect(faultDetails([{ field, fault: 'missing' }], places)).toEqual([
      { path, issue: FAULT_ISSUES.missing },
    ]);
  });

  test('contains the name of a list item, because its path has only the index', () => {
    const listed = placesOf({}, { fields: ['Name', 'Owner.Nme'] }, {});

    expect(faultDetails([{ field: 'Nme', fault: 'unknown_field' }], listed)).toEqual([
      { path: 'fields.1', issue: 'Owner.Nme is not known to the provider' },
    ]);
  });

  test('contains each fault once, up to a maximum', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({
      field: `f${index}`,
      fault: 'invalid' as const,
    }));
    const known = named(...many.map(({ field }) => field));

    expect(faultDetails([...many.slice(0, 2), ...many.slice(0, 2)], known)).toHaveLength(2);
    expect(faultDetails(many, known)).toHaveLength(20);
    expect(faultDetails(many, named())).toHaveLength(1);
  });
});

describe('placesOf', () => {
  test('finds all keys that were sent, and lists the fields of the input first', () => {
    const known = placesOf(
      { last_name: {} },
      {},
      { json: { fields: [{ LastName: 'x', Company: { name: 'y' } }] }, query: { q: 'z' }, form: {} },
    );

    expect([...known.values()].map(({ path }) => path)).toEqual(
      expect.arrayContaining(['last_name', 'fields', 'Company', 'name', 'q']),
    );
    expect(known.get('lastname')).toEqual({ path: 'last_name' });
  });

  test('uses the items of a list in the input, and not the keys of the request', () => {
    const known = placesOf(
      { fields: {}, properties: {}, labels: {} },
      {
        fields: ['Name', 'Owner.Nme'],
        properties: [{ name: 'Annual_Revenue__c', value: '1' }],
        labels: [7, null, { id: 'x' }, 'x'.repeat(300)],
        other: 'text',
      },
      { json: { Annual_Revenue__c: '1', Name: 'x' } },
    );

    expect(known.get('name')).toEqual({ path: 'fields.0', item: 'Name' });
    expect(known.get('nme')).toEqual({ path: 'fields.1', item: 'Owner.Nme' });
    expect(known.get('annualrevenuec')).toEqual({ path: 'properties.0', item: 'Annual_Revenue__c' });
    expect(known.get('labels')).toEqual({ path: 'labels' });
    expect(known.has('text')).toBe(false);
  });

  test('finds the fields that the tool knows, after the fields of the input', () => {
    const known = placesOf({}, { fields: ['Name'] }, { knownFields: ['Name', 'Cost_Center__c'] });

    expect([...known]).toEqual([
      ['name', { path: 'fields.0', item: 'Name' }],
      ['costcenterc', { path: 'Cost_Center__c' }],
    ]);
  });

  test('handles a body of any size', () => {
    const json = Array.from({ length: 200_000 }, (_, index) => ({ [`key${index}`]: [index] }));

    expect(placesOf({}, { json }, { json }).size).toBeLessThan(5_000);
  });
});
