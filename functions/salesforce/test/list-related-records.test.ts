import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { everyPage } from '../../../test/support/every-page.ts';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { tool } from '../list-related-records.ts';
import { tool as upsert } from '../upsert-by-external-id.ts';
import { documentedContacts } from './documented.ts';
import { missingRecord, readRefusals, refusal, unknownField } from './refusals.ts';
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
const oneAtHand = { count: 1, next_cursor: null, omitted: 0 };
const Named = z.object({ fields: z.tuple([z.object({ value: z.string() })]) });

describe(tool.name, () => {
  const salesforce = useSalesforce();

  test('lists the records with the chosen fields, and asks for them as documented', async () => {
    const { status, json } = await salesforce.call(tool, contacts);

    expect(status).toBe(200);
    expect(json).toEqual({
      records: [
        {
          id: '003HB0000000001YAA',
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
    ]);
    expect(salesforce.headers()[0]).toMatchObject({ 'sforce-query-options': 'batchSize=200' });
  });

  test('sees what another tool writes', async () => {
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

  test('gives a parent as the only record', async () => {
    const { json } = await salesforce.call(tool, {
      object: 'Bike_Lease__c',
      record_id: 'a0LHB0000000001',
      relationship: 'Account__r',
      fields: ['Name'],
    });

    expect(json).toEqual({
      records: [{ id: '001HB0000000001YAA', fields: [{ name: 'Name', value: 'City Ferries' }] }],
      ...oneAtHand,
    });
  });

  test('gives nothing where nothing is related', async () => {
    const { json } = await salesforce.call(tool, { ...contacts, relationship: 'Cases', fields: ['Subject'] });

    expect(json).toEqual({ records: [], count: 0, next_cursor: null, omitted: 0 });
  });

  test.each([60, 200])(
    'pages to the end, %i at a time, over the pages of Salesforce',
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
      expect(salesforce.forwarded().at(-1)).toMatch(
        /^GET \/query\/01gHB0000000001AAA-200$|^GET \/query\/01gHB\w+-200$/,
      );
    },
  );

  test.each([
    ['an unknown relationship', { relationship: 'Contact' }, 'not_found'],
    ['an unknown record', { record_id: '001HB0000000099AAA' }, 'not_found'],
    ['an unknown object', { object: 'Acount' }, 'not_found'],
    ['an unknown field', { fields: ['Nme'] }, 'rejected_by_provider'],
  ])('%s is told', async (_, change, code) => {
    expect((await salesforce.call(tool, { ...contacts, ...change })).error?.code).toBe(code);
  });

  test('what the account may not see is not there', async () => {
    const opportunities = { ...ferries, relationship: 'Opportunities', fields: ['Amount'] };

    expect((await salesforce.call(tool, opportunities)).json).toMatchObject({ count: 1 });
    expect((await salesforce.call(tool, opportunities, 'user_grace')).error?.code).toBe('not_found');
  });

  test('the answer of the documentation', async () => {
    const { json } = await salesforce.answering(
      tool,
      { ...contacts, fields: ['Name'] },
      { body: documentedContacts },
    );

    expect(json).toEqual({
      records: [{ id: '003D000000IomazIAB', fields: [{ name: 'Name', value: 'Grace Hopper' }] }],
      ...oneAtHand,
    });
  });

  test('records that lack everything optional', async () => {
    const body = { totalSize: 1, done: true, records: [{}] };

    const { json } = await salesforce.answering(tool, { ...contacts, fields: ['Name'] }, { body });

    expect(json).toEqual({ records: [{ id: null, fields: [{ name: 'Name', value: null }] }], ...oneAtHand });
  });

  test('of the address of the next page the locator alone is followed', async () => {
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
  ])('an address of the next page that is none is not followed', async (nextRecordsUrl) => {
    const body = { totalSize: 9, done: false, records: [], nextRecordsUrl };

    expect((await salesforce.answering(tool, contacts, { body })).error?.code).toBe(
      'invalid_provider_response',
    );
  });
});

testRefusals(tool, contacts, {
  ...readRefusals,
  ...missingRecord,
  ...unknownField,
  'a page that is gone': {
    answer: refusal(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator'),
    error: { code: 'rejected_by_provider' },
  },
});
testInvalidChanges(tool, contacts, [
  ...badNames.flatMap((name) => [
    ['object', { object: name }] as const,
    ['relationship', { relationship: name }] as const,
    ['fields.0', { fields: [name] }] as const,
  ]),
  ['record_id', { record_id: '001HB00000000011' }],
  ['record_id', { record_id: "001HB000000000'" }],
  ['fields', { fields: [] }],
  ['max_results', { max_results: 201 }],
]);
