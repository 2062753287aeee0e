import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { everyPage } from '../../../test/support/every-page.ts';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { tool } from '../describe-fields.ts';
import { documentedDescription, documentedRelationship } from './documented.ts';
import { missingRecord, readRefusals } from './refusals.ts';
import { badNames, testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

const names = (json: unknown) => tool.output.parse(json).fields.map(({ name }) => name);
const Item = z.object({ name: z.string() });
const onePage = { count: 1, next_cursor: null, omitted: 0 };
const plain = {
  required: false,
  writable: false,
  external_id: false,
  refers_to: [],
  values: [],
  values_omitted: 0,
};

describe(tool.name, () => {
  const salesforce = useSalesforce();

  test('tells every field, and asks as documented', async () => {
    const { status, json } = await salesforce.call(tool, { object: 'Case' });

    expect(status).toBe(200);
    expect(json).toEqual({
      fields: [
        { ...plain, name: 'Id', label: 'Record ID', type: 'id', external_id: true },
        {
          ...plain,
          name: 'AccountId',
          label: 'Account ID',
          type: 'reference',
          writable: true,
          refers_to: ['Account'],
        },
        { ...plain, name: 'CaseNumber', label: 'Case Number', type: 'string', external_id: true },
        { ...plain, name: 'Subject', label: 'Subject', type: 'string', writable: true },
        {
          ...plain,
          name: 'Status',
          label: 'Status',
          type: 'picklist',
          writable: true,
          values: ['New', 'Working', 'Closed'],
        },
        { ...plain, name: 'Refund__c', label: 'Refund', type: 'currency', writable: true },
        {
          ...plain,
          name: 'Ticket__c',
          label: 'Repair Ticket',
          type: 'string',
          writable: true,
          external_id: true,
        },
        {
          ...plain,
          name: 'OwnerId',
          label: 'Owner ID',
          type: 'reference',
          writable: true,
          refers_to: ['User'],
        },
        { ...plain, name: 'CreatedDate', label: 'Created Date', type: 'datetime' },
        { ...plain, name: 'LastModifiedDate', label: 'Last Modified Date', type: 'datetime' },
      ],
      child_relationships: ['ProcessInstances'],
      count: 10,
      next_cursor: null,
      omitted: 0,
    });
    expect(salesforce.forwarded()).toEqual(['GET /sobjects/Case/describe']);
  });

  test.each([
    [{ object: 'Account', search: 'ID' }, ['Id', 'ERP_Id__c', 'Legacy_Id__c', 'OwnerId'], []],
    [{ object: 'Account', search: 'repair' }, [], ['Repair_Tickets__r']],
    [{ object: 'Bike_Lease__c', required_only: true }, ['Account__c', 'Bikes__c'], ['ProcessInstances']],
    [{ object: 'bike_lease__c', search: 'bik', required_only: true }, ['Bikes__c'], []],
    [{ object: 'Account', search: '(.*)+$' }, [], []],
  ])('%j', async (input, fields, relationships) => {
    const { json } = await salesforce.call(tool, input);

    expect(names(json)).toEqual(fields);
    expect(json).toMatchObject({ child_relationships: relationships });
  });

  test('Salesforce gives all fields at once; the cursor pages them all the same', async () => {
    const pages = await everyPage((input) => salesforce.call(tool, input), 'fields', {
      object: 'Case',
      max_results: 4,
    });

    expect(pages.map((page) => page.length)).toEqual([4, 4, 2]);
    expect(pages.flat().map((item) => Item.parse(item).name)).toEqual(
      names((await salesforce.call(tool, { object: 'Case' })).json),
    );
  });

  test('gives no field that is hidden from the account, and none as writable that it may not write', async () => {
    const { json } = await salesforce.call(tool, { object: 'Account' }, 'user_grace');

    expect(names(json)).not.toContain('AnnualRevenue');
    expect(tool.output.parse(json).fields.some(({ writable }) => writable)).toBe(false);
    expect(names((await salesforce.call(tool, { object: 'Account' })).json)).toContain('AnnualRevenue');
    expect((await salesforce.call(tool, { object: 'Opportunity' }, 'user_grace')).error?.code).toBe(
      'not_found',
    );
  });

  test('the answer of the documentation', async () => {
    const child = documentedRelationship;
    const body = {
      ...documentedDescription,
      childRelationships: [child, { ...child, relationshipName: null }],
    };

    const { json } = await salesforce.answering(tool, { object: 'Account' }, { body });

    expect(json).toEqual({
      fields: [
        { ...plain, name: 'Name', label: 'Account Name', type: 'string', required: true, writable: true },
      ],
      child_relationships: ['Contacts'],
      ...onePage,
    });
  });

  test('a field that lacks everything optional is not called required', async () => {
    const body = { name: 'X__c', fields: [{ name: 'F__c', type: 'brandnew' }] };

    const { json } = await salesforce.answering(tool, { object: 'X__c', required_only: false }, { body });

    expect(json).toEqual({
      fields: [{ ...plain, name: 'F__c', label: 'F__c', type: 'brandnew' }],
      child_relationships: [],
      ...onePage,
    });
  });

  test('of a long picklist the first active values are given, and how many more there are', async () => {
    const picklistValues = Array.from({ length: 5_000 }, (_, index) => ({
      active: index % 2 === 0,
      value: `v${index}`,
      label: null,
    }));
    const body = { name: 'X__c', fields: [{ name: 'P__c', type: 'picklist', picklistValues }] };

    const { json } = await salesforce.answering(tool, { object: 'X__c' }, { body });

    const [field] = tool.output.parse(json).fields;
    expect(field).toMatchObject({ values_omitted: 2_470 });
    expect(field?.values).toHaveLength(30);
    expect(field?.values[1]).toBe('v2');
  });

  test('a field with a long picklist fits into the smallest answer, beside many relationships', async () => {
    const long = (index: number) => `A_long_name_of_something_${index}__c`;
    const picklistValues = Array.from({ length: 300 }, (_, index) => ({ active: true, value: long(index) }));
    const fields = Array.from({ length: 3 }, (_, index) => ({
      name: long(index),
      type: 'picklist',
      picklistValues,
    }));
    const childRelationships = Array.from({ length: 99 }, (_, index) => ({ relationshipName: long(index) }));
    salesforce.bed().provider.script = () => ({ body: { name: 'X__c', fields, childRelationships } });
    const call = salesforce.bed().environment(tool, { RESPONSE_BYTES: '2000' });

    const pages = await everyPage((input) => call({ input }), 'fields', { object: 'X__c' });

    expect(pages.flat().map((item) => Item.parse(item).name)).toEqual(fields.map(({ name }) => name));
  });
});

testRefusals(tool, { object: 'Account' }, { ...readRefusals, ...missingRecord });
testInvalidChanges(tool, { object: 'Account' }, [
  ...badNames.map((name) => ['object', { object: name }] as const),
  ['search', { search: '' }],
  ['required_only', { required_only: 'yes' }],
]);
