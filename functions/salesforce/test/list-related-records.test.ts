import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../list-related-records.ts';
import { tool as upsert } from '../upsert-by-external-id.ts';
import { documentedContacts } from './documented.ts';
import { errorAnswer, missingRecord, readErrors, unknownField } from './provider-errors.ts';
import { badNames, testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

const ferries = { object: 'Account', record_id: '001HB0000000001YAA' };
const contacts = { ...ferries, relationship: 'Contacts', fields: ['Name', 'Email'] };
const tickets = {
  object: 'Account',
  record_id: '001HB0000000009',
  relationship: 'Repair_Tickets__r',
  fields: ['Name'],
};
const complete = { is_complete: true, missing: [] };
const oneAtHand = { ...complete, count: 1, next_cursor: null, omitted: 0 };
const Named = z.object({ fields: z.tuple([z.object({ value: z.string() })]) });

describe(tool.name, () => {
  const salesforce = useSalesforce();

  test('sends the documented request, and lists records with the requested fields', async () => {
    const { status, json } = await salesforce.call(tool, contacts);

    expect(status).toBe(200);
    expect(json).toEqual({
      records: [
        {
          id: '003HB0000000001YAA',
          url: 'https://harborbikes.my.salesforce.example/003HB0000000001YAA',
          fields: [
            { name: 'Name', value: 'Lena Fuchs' },
            { name: 'Email', value: 'lena@cityferries.example' },
          ],
        },
      ],
      ...oneAtHand,
    });
    expect(salesforce.forwarded()).toEqual([
      'GET /sobjects/Account/001HB0000000001YAA/Contacts?fields=Id,Name,Email',
      'GET /sobjects/Account/describe',
    ]);
    expect(salesforce.headers()).toContainEqual(
      expect.objectContaining({ 'sforce-query-options': 'batchSize=200' }),
    );
  });

  test('lists a record that another tool has written', async () => {
    const fields = [
      { name: 'AccountId', value: ferries.record_id },
      { name: 'LastName', value: 'Reed' },
    ];
    const key = { object: 'Contact', external_id_field: 'Email', external_id: 'amy@cityferries.example' };
    await salesforce.call(upsert, { ...key, fields });

    expect((await salesforce.call(tool, contacts)).json).toMatchObject({
      records: [
        { id: '003HB0000000001YAA' },
        { fields: [{ value: null }, { value: 'amy@cityferries.example' }] },
      ],
    });
  });

  test('returns a parent as the only record of the list', async () => {
    const { json } = await salesforce.call(tool, {
      object: 'Bike_Lease__c',
      record_id: 'a0LHB0000000001',
      relationship: 'Account__r',
      fields: ['Name'],
    });

    expect(json).toEqual({
      records: [
        {
          id: '001HB0000000001YAA',
          url: 'https://harborbikes.my.salesforce.example/001HB0000000001YAA',
          fields: [{ name: 'Name', value: 'City Ferries' }],
        },
      ],
      ...oneAtHand,
    });
  });

  test('returns an empty list if nothing is related', async () => {
    const { json } = await salesforce.call(tool, { ...contacts, relationship: 'Cases', fields: ['Subject'] });

    expect(json).toEqual({ records: [], ...complete, count: 0, next_cursor: null, omitted: 0 });
  });

  test.each([60, 200])(
    'returns every record of several Salesforce pages once if max_results is %i',
    async (max_results) => {
      const pages = await everyPage((input) => salesforce.call(tool, input), 'records', {
        ...tickets,
        max_results,
      });

      const names = pages.flat().map((record) => Named.parse(record).fields[0].value);
      const expected = Array.from({ length: 260 }, (_, index) => `RT-${4_901 + index}`).filter(
        (name) => name !== 'RT-5120',
      );
      expect(names).toEqual(expected);
      expect(salesforce.forwarded().findLast((request) => !request.endsWith('/describe'))).toMatch(
        /^GET \/query\/01gHB0000000001AAA-200$|^GET \/query\/01gHB\w+-200$/,
      );
    },
  );

  test.each([
    ['an unknown relationship', { relationship: 'Contact' }, 'not_found', 'relationship'],
    ['an unknown record', { record_id: '001HB0000000099AAA' }, 'not_found', undefined],
    ['an unknown object', { object: 'Acount' }, 'not_found', 'object'],
    ['an unknown field', { fields: ['Name', 'Nme'] }, 'rejected_by_provider', 'fields.1'],
    [
      'an unknown record in a call with a sort order',
      { record_id: '001HB0000000099AAA', order_by: 'Name' },
      'not_found',
      undefined,
    ],
  ])('reports an error for %s', async (_, change, code, path) => {
    const { error } = await salesforce.call(tool, { ...contacts, ...change });

    expect(error?.code).toBe(code);
    expect(error?.details[0]?.path).toBe(path);
  });

  test('lists similar relationships in the error for an unknown relationship', async () => {
    const { error } = await salesforce.call(tool, { ...contacts, relationship: 'Contact' });

    expect(error?.details[0]?.candidates?.slice(0, 2)).toEqual([
      { value: 'Contacts', label: 'Contact' },
      { value: 'AccountContactRoles', label: 'AccountContactRole' },
    ]);
  });

  // A lookup field can be empty:
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_relationship_traversal.htm
  test.each([
    ['Account', 'AccountId', 'Case'],
    ['Parent__r', 'Parent__c', 'Site__c'],
    ['Manager', 'ManagerId', 'User'],
  ])('returns an empty list for the empty lookup %s', async (relationship, field, object) => {
    const input = { object, record_id: '500D000000IqhSLIAZ', relationship, fields: ['Name'] };
    const described = { fields: [{ name: field, type: 'reference', relationshipName: relationship }] };

    const { json, asked } = await salesforce.answeringBy(tool, input, (path) => {
      if (path.endsWith('/describe')) return { body: described };
      return path.endsWith('IAZ') ? { body: { Id: '500D000000IqhSLIAZ', [field]: null } } : undefined;
    });

    expect(json).toEqual({ records: [], ...complete, count: 0, next_cursor: null, omitted: 0 });
    expect(asked.at(-1)).toBe(`GET /sobjects/${object}/500D000000IqhSLIAZ`);
  });

  test('returns not_found for a lookup to a record that the account cannot see', async () => {
    const input = {
      object: 'Case',
      record_id: '500D000000IqhSLIAZ',
      relationship: 'Account',
      fields: ['Name'],
    };
    const described = { fields: [{ name: 'AccountId', type: 'reference', relationshipName: 'Account' }] };

    const { error } = await salesforce.answeringBy(tool, input, (path) => {
      if (path.endsWith('/describe')) return { body: described };
      return path.endsWith('IAZ') ? { body: { Id: 'x', AccountId: '001D000000IqhSLIAZ' } } : undefined;
    });

    expect(error).toMatchObject({ code: 'not_found', message: expect.stringContaining('cannot see') });
  });

  test.each([
    ['Name', ['RT-4901', 'RT-4902']],
    ['Name desc', ['RT-5160', 'RT-5159']],
    ['Status__c DESC', ['RT-5121', 'RT-5122']],
    ['Owner.Name asc', ['RT-4901', 'RT-4902']],
  ])('sorts the records by “%s”', async (order_by, expected) => {
    const { json } = await salesforce.call(tool, {
      ...tickets,
      relationship: 'repair_tickets__R',
      fields: ['Name', 'Owner.Name'],
      order_by,
      max_results: 2,
    });

    expect(tool.output.parse(json).records.map(({ fields }) => fields.map(({ value }) => value))).toEqual(
      expected.map((name) => [name, 'Grace Lindqvist']),
    );
  });

  test('returns an empty list if the input has an order and nothing is related', async () => {
    const { json } = await salesforce.call(tool, {
      ...contacts,
      relationship: 'Cases',
      fields: ['Subject'],
      order_by: 'CreatedDate desc',
    });

    expect(json).toMatchObject({ records: [], count: 0 });
  });

  test("reads fields of the records' parents", async () => {
    const { json } = await salesforce.call(tool, { ...contacts, fields: ['Name', 'Account.Owner.Name'] });

    expect(json).toMatchObject({
      records: [{ fields: [{ value: 'Lena Fuchs' }, { name: 'Account.Owner.Name', value: 'Ada Okafor' }] }],
    });
  });

  test.each([
    ['its name, ignoring upper and lower case', 'city ferries'],
    [
      'the address of its page',
      'https://x.lightning.force.com/lightning/r/Account/001HB0000000001YAA/view?ws=1',
    ],
    ['its short ID', '001HB0000000001'],
  ])('finds the record by %s', async (_, record_id) => {
    expect((await salesforce.call(tool, { ...contacts, record_id })).json).toMatchObject({
      records: [{ fields: [{ value: 'Lena Fuchs' }, {}] }],
    });
  });

  test('finds a record by name if the name field of its object is not Name', async () => {
    const input = { object: 'Case', record_id: '00001026', relationship: 'Account', fields: ['Name'] };

    expect((await salesforce.call(tool, input)).json).toMatchObject({
      records: [{ fields: [{ value: 'Berg family' }] }],
    });
  });

  test('lists similar records if the name matches several records, and returns not_found if no record matches', async () => {
    const { error } = await salesforce.call(tool, { ...contacts, record_id: 'berg' });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'record_id' }] });
    expect(error?.details[0]?.candidates).toEqual([
      { value: '001HB0000000007YAA', label: expect.stringMatching(/^Berg family, Customer, 20/) },
      { value: '001HB0000000008YAA', label: expect.stringMatching(/^Tomas Berg, Customer, 20/) },
    ]);
    expect((await salesforce.call(tool, { ...contacts, record_id: "O'Neill 100%" })).error).toMatchObject({
      code: 'not_found',
      details: [{ path: 'record_id' }],
    });
  });

  test('leaves out records that the account may not see', async () => {
    const opportunities = { ...ferries, relationship: 'Opportunities', fields: ['Amount'] };

    expect((await salesforce.call(tool, opportunities)).json).toMatchObject({ count: 1 });
    expect((await salesforce.call(tool, opportunities, 'user_grace')).error?.code).toBe('not_found');
  });

  test('accepts the documented response', async () => {
    const { json } = await salesforce.answering(
      tool,
      { ...contacts, fields: ['Name'] },
      { body: documentedContacts },
    );

    expect(json).toEqual({
      records: [{ id: '003D000000IomazIAB', url: null, fields: [{ name: 'Name', value: 'Grace Hopper' }] }],
      ...oneAtHand,
    });
  });

  test('accepts records without optional values', async () => {
    const body = { totalSize: 1, done: true, records: [{}] };

    const { json } = await salesforce.answering(tool, { ...contacts, fields: ['Name'] }, { body });

    expect(json).toEqual({
      records: [{ id: null, url: null, fields: [{ name: 'Name', value: null }] }],
      ...oneAtHand,
    });
  });

  test('uses only the locator from the URL of the next page', async () => {
    const page = (from: number, nextRecordsUrl?: string) => ({
      body: { totalSize: 2, done: !nextRecordsUrl, records: [{ Id: `003D00000000${from}` }], nextRecordsUrl },
    });
    const first = page(1, 'https://elsewhere.example/services/data/v9.0/query/01gD0000002HU6KIAW-2000');

    const { json } = await salesforce.answering(tool, contacts, first, page(2));
    const cursor = tool.output.parse(json).next_cursor;
    const { json: second, requests } = await salesforce.answering(tool, { ...contacts, cursor }, page(2));

    expect(requests.at(-1)?.url).toBe('/query/01gD0000002HU6KIAW-2000');
    expect(second).toMatchObject({ records: [{ id: '003D000000002' }], next_cursor: null });
  });

  test.each([
    '/services/data/v68.0/query/../sobjects',
    '/services/data/v68.0/sobjects/User-1',
    'x'.repeat(100_000),
  ])('does not follow an invalid URL of the next page', async (nextRecordsUrl) => {
    const body = { totalSize: 9, done: false, records: [], nextRecordsUrl };

    expect((await salesforce.answering(tool, contacts, { body })).error?.code).toBe(
      'invalid_provider_response',
    );
  });
});

testProviderErrors(tool, contacts, {
  ...readErrors,
  ...missingRecord,
  ...unknownField,
  'a page that no longer exists': {
    answer: errorAnswer(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator'),
    error: { code: 'rejected_by_provider' },
  },
});
testInvalidChanges(tool, contacts, [
  ...badNames.flatMap((name) => [
    ['object', { object: name }] as const,
    ['relationship', { relationship: name }] as const,
    ['fields.0', { fields: [name] }] as const,
  ]),
  ['record_id', { record_id: ' ' }],
  ['record_id', { record_id: 'x'.repeat(256) }],
  ['order_by', { order_by: 'Name descending' }],
  ['order_by', { order_by: 'Name, Id' }],
  ['fields', { fields: [] }],
  ['max_results', { max_results: 201 }],
]);
