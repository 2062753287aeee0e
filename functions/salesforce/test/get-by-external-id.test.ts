import { describe, expect, test } from 'vitest';
import { dayAt } from '../../../local/providers/story-time.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../get-by-external-id.ts';
import { documentedAccount } from './documented.ts';
import { ambiguousExternalId, missingRecord, readErrors, unknownField } from './provider-errors.ts';
import { badNames, testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

const account = {
  object: 'Account',
  external_id_field: 'ERP_Id__c',
  external_id: 'C-1042',
  fields: ['Name'],
};

describe(tool.name, () => {
  const salesforce = useSalesforce();

  test('sends the documented request, and returns the fields in the requested order', async () => {
    const fields = ['Phone', 'Name', 'AnnualRevenue', 'BillingAddress', 'Description', 'CreatedDate'];

    const { status, json } = await salesforce.call(tool, { ...account, fields });

    expect(status).toBe(200);
    expect(json).toEqual({
      id: '001HB0000000001YAA',
      url: 'https://harborbikes.my.salesforce.example/001HB0000000001YAA',
      fields: [
        { name: 'Phone', value: '+49 40 5550 120' },
        { name: 'Name', value: 'City Ferries' },
        { name: 'AnnualRevenue', value: '18400000' },
        { name: 'BillingAddress', value: 'city: Northport; street: Pier 3' },
        { name: 'Description', value: null },
        { name: 'CreatedDate', value: `${dayAt(-565)}T09:00:00Z` },
      ],
    });
    expect(salesforce.forwarded()).toEqual([
      `GET /sobjects/Account/ERP_Id__c/C-1042?fields=Id,${fields.join(',')}`,
      'GET /sobjects/Account/describe',
    ]);
  });

  test('ignores the case of names, and accepts repeated names and custom objects', async () => {
    const { json } = await salesforce.call(tool, {
      object: 'bike_lease__c',
      external_id_field: 'contract_id__c',
      external_id: 'cf-2027-01',
      fields: ['id', 'bikes__C', 'BIKES__c', 'Child_Seats__c', 'Start__c'],
    });

    expect(json).toMatchObject({
      fields: [
        { name: 'id', value: 'a0LHB00000000012AA' },
        { name: 'BIKES__c', value: '12' },
        { name: 'Child_Seats__c', value: 'true' },
        { name: 'Start__c', value: dayAt(43) },
      ],
    });
  });

  test.each([
    ['an unknown value', { external_id: 'C-9' }, 'not_found', []],
    ['a field that is not an external ID', { external_id_field: 'Phone' }, 'not_found', []],
    ['an unknown object', { object: 'Acount' }, 'not_found', []],
    [
      'a value that two records have',
      { external_id_field: 'Legacy_Id__c', external_id: 'L-9' },
      'conflict',
      [],
    ],
    [
      'an unknown field',
      { fields: ['Nme'] },
      'rejected_by_provider',
      [{ path: 'fields.0', issue: 'Nme is not known to the provider' }],
    ],
  ])('reports an error for %s', async (_, change, code, details) => {
    const { error } = await salesforce.call(tool, { ...account, ...change });

    expect(error?.code).toBe(code);
    expect(error?.details).toEqual(details);
  });

  test('reports a hidden field as an unknown field', async () => {
    const input = { ...account, fields: ['AnnualRevenue'] };

    expect((await salesforce.call(tool, input, 'user_grace')).error?.code).toBe('rejected_by_provider');
    expect((await salesforce.call(tool, input)).status).toBe(200);
  });

  test.each(['C 10%42', 'Ü-1042?x=1', 'C-1042#a', "C'1042", 'C-1042&fields=Phone'])(
    'encodes “%s” as one segment of the path',
    async (external_id) => {
      const { error, requests } = await salesforce.answering(
        tool,
        { ...account, external_id },
        { status: 404, body: [] },
      );

      expect(error?.code).toBe('not_found');
      expect(requests[0]?.url).toBe(
        `/sobjects/Account/ERP_Id__c/${encodeURIComponent(external_id)}?fields=Id%2CName`,
      );
    },
  );

  test('accepts the documented response', async () => {
    const { json } = await salesforce.answering(tool, account, { body: documentedAccount });

    expect(json).toEqual({
      id: '001D000000IqhSLIAZ',
      url: null,
      fields: [{ name: 'Name', value: 'Acme' }],
    });
  });

  test.each([
    ['no fields', {}, null],
    [
      'a nested record',
      { Name: { attributes: { type: 'User' }, Name: 'Ada', deep: { er: 1 } } },
      'Name: Ada',
    ],
    ['a list', { Name: [1, 'two', null] }, '0: 1; 1: two'],
    ['an invalid time', { Name: '2026-02-30T10:00:00.000+0000' }, '2026-02-30T10:00:00.000+0000'],
  ])('accepts a response with %s', async (_, body, value) => {
    const { json } = await salesforce.answering(tool, account, { body });

    expect(json).toEqual({ id: null, url: null, fields: [{ name: 'Name', value }] });
  });

  // Numbers have up to 18 digits, and Salesforce sends large numbers with an exponent:
  // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/primitive_data_types.htm
  test.each([
    ['999999999999999999', '999999999999999999'],
    ['-9007199254740993', '-9007199254740993'],
    ['1234567890.12345678', '1234567890.12345678'],
    ['1.39E8', '139000000'],
    ['1.0E-7', '0.0000001'],
    ['12.50', '12.5'],
    ['0.1', '0.1'],
  ])('returns all digits of the number %s', async (number, value) => {
    const body = `{"Id":"001D000000IqhSLIAZ","Name":${number}}`;

    const { json } = await salesforce.answering(tool, account, { body });

    expect(json).toMatchObject({ fields: [{ name: 'Name', value }] });
  });

  test('returns all digits of a long number from the emulator', async () => {
    const { json } = await salesforce.call(tool, { ...account, fields: ['Meter_Reading__c'] });

    expect(json).toMatchObject({ fields: [{ value: '999999999999999999' }] });
  });

  test('reads fields of parents with one more query, and ignores the case of the field names', async () => {
    const fields = ['Name', 'owner.Name', 'Owner.Manager.Name'];

    const { json } = await salesforce.call(tool, { ...account, fields });

    expect(json).toMatchObject({
      fields: [
        { name: 'Name', value: 'City Ferries' },
        { name: 'owner.Name', value: 'Ada Okafor' },
        { name: 'Owner.Manager.Name', value: null },
      ],
    });
    expect(salesforce.forwarded()).toContain(
      "GET /query?q=SELECT Id, owner.Name, Owner.Manager.Name FROM Account WHERE Id IN ('001HB0000000001YAA')",
    );
  });

  test('reports the input path of an unknown parent field', async () => {
    const { error } = await salesforce.call(tool, { ...account, fields: ['Name', 'Owner.Nme'] });

    expect(error?.details).toEqual([{ path: 'fields.1', issue: 'Owner.Nme is not known to the provider' }]);
  });

  test.each([
    ['Id', '001HB0000000001'],
    ['id', 'https://x.my.salesforce.com/001HB0000000001YAA'],
    ['Name', 'city FERRIES'],
  ])('reads a record by the field %s', async (external_id_field, external_id) => {
    const { json } = await salesforce.call(tool, { ...account, external_id_field, external_id });

    expect(json).toMatchObject({ id: '001HB0000000001YAA', fields: [{ value: 'City Ferries' }] });
  });

  test('lists similar records if the name matches no record or several records', async () => {
    const { error } = await salesforce.call(tool, {
      ...account,
      external_id_field: 'Name',
      external_id: 'berg',
    });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'external_id' }] });
    expect(error?.details[0]?.candidates).toHaveLength(2);
  });

  test.each([42, '42'])('accepts the external ID %j', async (external_id) => {
    const { requests } = await salesforce.answering(tool, { ...account, external_id }, { body: {} });

    expect(requests[0]?.url).toContain('/ERP_Id__c/42?');
  });

  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
  test.each([
    ['https://mycompany.my.salesforce.com/{ID}', 'https://mycompany.my.salesforce.com/001D000000IqhSLIAZ'],
    ['https://cs22.salesforce.com/{ID}', 'https://cs22.salesforce.com/001D000000IqhSLIAZ'],
    ['javascript:{ID}', null],
    ['/{ID}', null],
    [null, null],
  ])('if the page template is %s, returns the url %s', async (uiDetailTemplate, url) => {
    const { json } = await salesforce.answeringBy(tool, account, (path) => ({
      body: path.endsWith('/describe') ? { fields: [], urls: { uiDetailTemplate } } : documentedAccount,
    }));

    expect(json).toMatchObject({ url });
  });

  test('shortens the longest texts of 20 fields to fit into the lowest size limit', async () => {
    const fields = Array.from({ length: 20 }, (_, index) => `${'Long_name_'.repeat(7)}${index}__c`);
    const body = Object.fromEntries(fields.map((name) => [name, 'x'.repeat(131_072)]));
    salesforce.bed().provider.script = () => ({ body });

    const call = salesforce.bed().environment(tool, { RESPONSE_BYTES: '2000' });

    expect(tool.output.parse((await call({ input: { ...account, fields } })).json).fields).toHaveLength(20);
  });
});

testProviderErrors(tool, account, {
  ...readErrors,
  ...missingRecord,
  ...unknownField,
  ...ambiguousExternalId,
});
testInvalidChanges(tool, account, [
  ...badNames.map((name) => ['object', { object: name }] as const),
  ...badNames.map((name) => ['external_id_field', { external_id_field: name }] as const),
  ...badNames.map((name) => ['fields.1', { fields: ['Name', name] }] as const),
  // Salesforce's API has other meanings for these values in the path, so they must not be accepted as names of
  // fields.
  ['external_id_field', { external_id_field: 'describe' }],
  ['external_id_field', { external_id_field: 'a01D000000INjVe' }],
  ['external_id', { external_id: '' }],
  ['external_id', { external_id: 'C/1042' }],
  ['external_id', { external_id: '..' }],
  ['external_id', { external_id: 'C%2f1042' }],
  ['external_id', { external_id: 'C-1042\r\nx' }],
  ['external_id', { external_id: 'C-1042.JSON' }],
  ['external_id', { external_id: 'x'.repeat(256) }],
  ['fields', { fields: [] }],
  ['fields', { fields: Array.from({ length: 21 }, (_, index) => `F${index}`) }],
  ['user', { user: 'user_grace' }],
]);
