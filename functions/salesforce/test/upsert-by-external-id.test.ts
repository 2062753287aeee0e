import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool as getByExternalId } from '../get-by-external-id.ts';
import { tool } from '../upsert-by-external-id.ts';
import { documentedUpsert } from './documented.ts';
import { ambiguousExternalId, errorAnswer, unknownField, writeErrors } from './provider-errors.ts';
import { badNames, testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

const key = { object: 'Account', external_id_field: 'ERP_Id__c', external_id: 'C-1042' };
const account = { ...key, fields: [{ name: 'Phone', value: '+49 40 5550 121' }] };
const lease = { object: 'Bike_Lease__c', external_id_field: 'Contract_Id__c', external_id: 'GC-2027-01' };

const set = (values: Record<string, unknown>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

describe(tool.name, () => {
  const salesforce = useSalesforce();
  const read = async (record: Record<string, string>, ...fields: string[]) =>
    (await salesforce.call(getByExternalId, { ...record, fields })).json;

  test('updates the record with one call, and does not change other fields', async () => {
    const { status, json } = await salesforce.call(tool, account);

    expect(status).toBe(200);
    expect(json).toEqual({
      id: '001HB0000000001YAA',
      url: 'https://harborbikes.my.salesforce.example/001HB0000000001YAA',
      is_created: false,
    });
    expect(salesforce.forwarded()).toEqual([
      'PATCH /sobjects/Account/ERP_Id__c/C-1042 {"Phone":"+49 40 5550 121"}',
      'GET /sobjects/Account/describe',
    ]);
    expect(await read(key, 'Name', 'Phone')).toMatchObject({
      fields: [{ value: 'City Ferries' }, { value: '+49 40 5550 121' }],
    });
  });

  test('creates a record with values of all types, and one empty value', async () => {
    const fresh = { ...lease, external_id: 'LF-2027-01' };
    const values = {
      Account__c: '001HB0000000007YAA',
      Bikes__c: '3',
      Start__c: '2027-05-01',
      Child_Seats__c: 'true',
    };

    const { json } = await salesforce.call(tool, { ...fresh, fields: set(values) });
    expect(json).toEqual({
      id: expect.stringMatching(/^a0L/),
      url: expect.stringMatching(/\/a0L/),
      is_created: true,
    });
    await salesforce.call(tool, { ...fresh, fields: set({ Start__c: null }) });

    expect(
      await read(fresh, 'Bikes__c', 'Child_Seats__c', 'Start__c', 'Status__c', 'Contract_Id__c'),
    ).toMatchObject({
      fields: [
        { value: '3' },
        { value: 'true' },
        { value: null },
        { value: 'Draft' },
        { value: 'LF-2027-01' },
      ],
    });
  });

  test('does not create a second record if the call is repeated', async () => {
    const fresh = { ...key, external_id: 'C-1099', fields: set({ Name: 'Quay Insure' }) };

    const answers = [await salesforce.call(tool, fresh), await salesforce.call(tool, fresh)];

    expect(answers.map(({ json }) => json)).toEqual([
      { id: expect.any(String), url: expect.any(String), is_created: true },
      { id: expect.any(String), url: expect.any(String), is_created: false },
    ]);
    expect(await salesforce.read("/query?q=SELECT+Id+FROM+Account+WHERE+Name+=+'Quay+Insure'")).toMatchObject(
      { totalSize: 1 },
    );
  });

  test.each([
    [
      'a value that two records have',
      { external_id_field: 'Legacy_Id__c', external_id: 'L-9' },
      'conflict',
      [],
    ],
    ['a field that is not an external ID', { external_id_field: 'Description' }, 'not_found', []],
    ['an unknown object', { object: 'Acount' }, 'not_found', []],
    // The input does not contain this field. The tool finds its name in Salesforce's description of the object.
    ['a missing required field', { external_id: 'C-9' }, 'rejected_by_provider', ['Name']],
    ['an emptied required field', { fields: set({ Name: null }) }, 'rejected_by_provider', ['fields.0']],
    ['an unknown field', { fields: set({ Nme: 'x' }) }, 'rejected_by_provider', ['fields.0']],
    ['a read-only field', { fields: set({ BillingAddress: 'x' }) }, 'rejected_by_provider', ['fields.0']],
    [
      'a value that is too long',
      { fields: set({ Phone: '1'.repeat(41) }) },
      'rejected_by_provider',
      ['fields.0'],
    ],
    ['an unknown picklist value', { fields: set({ Type: 'Friend' }) }, 'rejected_by_provider', ['fields.0']],
    [
      'an unknown record',
      { fields: set({ OwnerId: '005HB0000000009YAA' }) },
      'rejected_by_provider',
      ['fields.0'],
    ],
    [
      'an ID of another kind of object',
      { fields: set({ OwnerId: '001HB0000000001YAA' }) },
      'rejected_by_provider',
      ['fields.0'],
    ],
    [
      'a value that breaks a rule',
      { ...lease, fields: set({ Bikes__c: '0' }) },
      'rejected_by_provider',
      ['fields.0'],
    ],
    ['a value of another type', { ...lease, fields: set({ Bikes__c: 'many' }) }, 'rejected_by_provider', []],
    [
      'a record that waits for approval',
      { ...lease, external_id: 'CF-2027-01', fields: set({ Bikes__c: '13' }) },
      'conflict',
      [],
    ],
  ])('reports an error for %s, and changes nothing', async (_, change, code, fields) => {
    const before = await salesforce.read('/query?q=SELECT+Id,LastModifiedDate+FROM+Account');

    const { error } = await salesforce.call(tool, { ...account, ...change });

    expect(error?.code).toBe(code);
    expect(error?.details.map(({ path }) => path)).toEqual(fields);
    expect(await salesforce.read('/query?q=SELECT+Id,LastModifiedDate+FROM+Account')).toEqual(before);
  });

  test('returns permission_denied for an account that may only read', async () => {
    const { error } = await salesforce.call(tool, account, 'user_grace');

    expect(error?.code).toBe('permission_denied');
    expect(await read(key, 'Phone')).toMatchObject({ fields: [{ value: '+49 40 5550 120' }] });
  });

  test.each([
    [
      'the documented response to an update',
      { ...documentedUpsert, created: false },
      200,
      { id: '00190000001pPvHAAU', url: null, is_created: false },
    ],
    [
      'the documented response to a creation',
      documentedUpsert,
      201,
      { id: '00190000001pPvHAAU', url: null, is_created: true },
    ],
    [
      'a short response to a creation',
      { errors: [], success: true },
      201,
      { id: null, url: null, is_created: true },
    ],
    [
      'the empty response of an old API version to an update',
      '',
      204,
      { id: null, url: null, is_created: false },
    ],
  ])('accepts %s', async (_, body, status, output) => {
    const values = { Name: 'California Wheat Corporation', Type: 'New Customer' };

    const { json, requests } = await salesforce.answering(
      tool,
      { ...key, fields: set(values) },
      { status, body },
    );

    expect(json).toEqual(output);
    expect(requests).toEqual([
      { method: 'PATCH', url: '/sobjects/Account/ERP_Id__c/C-1042', body: JSON.stringify(values) },
    ]);
  });

  test('reports an unknown outcome if the response does not report success', async () => {
    const { error } = await salesforce.answering(tool, account, { body: { success: false, errors: [] } });

    expect(error?.code).toBe('outcome_unknown');
  });
});

testProviderErrors(tool, account, {
  ...writeErrors,
  ...unknownField,
  ...ambiguousExternalId,
  'an unknown external ID field': {
    answer: errorAnswer(
      404,
      'NOT_FOUND',
      'Provided external ID field does not exist or is not accessible: CustomExtId__c',
    ),
    error: { code: 'not_found' },
  },
  'a duplicate record': {
    answer: errorAnswer(400, 'DUPLICATES_DETECTED', 'Use one of these records?'),
    error: { code: 'conflict' },
  },
  'a record that another transaction has locked': {
    answer: errorAnswer(
      400,
      'UNABLE_TO_LOCK_ROW',
      'unable to obtain exclusive access to this record or 1 records: 001D000000IqhSL',
      [],
    ),
    error: { code: 'conflict' },
  },
  'a missing field that the call did not send': {
    answer: errorAnswer(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', [
      'LastName',
    ]),
    error: {
      code: 'rejected_by_provider',
      message: expect.stringContaining('salesforce_describe_fields with required_only'),
      details: [{ path: '', issue: 'is required by the provider' }],
    },
  },
  'a missing field that the call sent': {
    answer: errorAnswer(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', ['Phone']),
    error: {
      code: 'rejected_by_provider',
      details: [{ path: 'fields.0', issue: 'Phone is required by the provider' }],
    },
  },
});
testInvalidChanges(tool, account, [
  ...badNames.map((name) => ['fields.0.name', { fields: set({ [name]: 'x' }) }] as const),
  // Salesforce's API has another meaning for this value in the path, so it must not be accepted as the name of a
  // field.
  ['external_id_field', { external_id_field: 'a01D000000INjVe' }],
  ['external_id', { external_id: 'C/1042' }],
  ['external_id', { external_id: 'C-1042.xml' }],
  ['fields.1.name', { fields: set({ Name: 'x', id: '001HB0000000001YAA' }) }],
  ['fields.0.name', { fields: set({ erp_id__c: 'C-1' }) }],
  ['fields.0.name', { fields: set({ attributes: 'x' }) }],
  ['fields.1.name', { fields: set({ Name: 'x', name: 'y' }) }],
  ['fields.0.value', { fields: set({ Name: { nested: true } }) }],
  ['fields.0.value', { fields: set({ Name: ['x'] }) }],
  ['fields.0.value', { fields: set({ NumberOfEmployees: 12 }) }],
  ['fields.0.type', { fields: [{ name: 'Name', value: 'x', type: 'string' }] }],
  [
    'fields',
    { fields: set(Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`F${index}`, 'x']))) },
  ],
  ['fields', { fields: [] }],
  ['fields', { fields: { Name: 'x' } }],
]);
