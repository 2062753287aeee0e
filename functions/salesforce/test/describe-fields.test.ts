import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../describe-fields.ts';
import { documentedDescription, documentedRelationship } from './documented.ts';
import { missingRecord, readErrors } from './provider-errors.ts';
import { testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

const names = (json: unknown) => tool.output.parse(json).fields.map(({ name }) => name);
const Item = z.object({ name: z.string() });
const onePage = { count: 1, next_cursor: null, omitted: 0 };
const complete = { is_complete: true, missing: [] };

describe(tool.name, () => {
  const salesforce = useSalesforce();

  test('lists every field, and sends the documented request', async () => {
    const { status, json } = await salesforce.call(tool, { object: 'Case' });

    expect(status).toBe(200);
    const readOnly = { traits: ['read_only'], values: [] };
    const plain = { traits: [], values: [] };
    expect(json).toEqual({
      fields: [
        // Salesforce has a special kind of field, an external ID. A record's own ID is not such a field.
        { ...readOnly, name: 'Id', label: 'Record ID', type: 'id' },
        { ...plain, name: 'AccountId', label: 'Account ID', type: 'reference to Account' },
        {
          name: 'CaseNumber',
          label: 'Case Number',
          type: 'string',
          traits: ['read_only', 'external_id'],
          values: [],
        },
        { ...plain, name: 'Subject', label: 'Subject', type: 'string' },
        { ...plain, name: 'Status', label: 'Status', type: 'picklist', values: ['New', 'Working', 'Closed'] },
        {
          ...plain,
          name: 'Status_Reason__c',
          label: 'Status Reason',
          type: 'picklist depends on Status',
          values: ['Waiting for parts', 'Repaired', 'Refunded'],
        },
        { ...plain, name: 'Refund__c', label: 'Refund', type: 'currency' },
        { ...plain, name: 'Ticket__c', label: 'Repair Ticket', type: 'string', traits: ['external_id'] },
        { ...plain, name: 'OwnerId', label: 'Owner ID', type: 'reference to User' },
        { ...readOnly, name: 'CreatedDate', label: 'Created Date', type: 'datetime' },
        { ...readOnly, name: 'LastModifiedDate', label: 'Last Modified Date', type: 'datetime' },
      ],
      relationships: ['Account: Account', 'Owner: User', 'ProcessInstances: ProcessInstance[]'],
      ...complete,
      count: 11,
      next_cursor: null,
      omitted: 0,
    });
    expect(salesforce.forwarded()).toEqual(['GET /sobjects/Case/describe']);
  });

  test.each([
    [{ object: 'Account', search: 'ID' }, ['Id', 'ERP_Id__c', 'Legacy_Id__c', 'OwnerId'], []],
    [{ object: 'Account', search: 'repair' }, [], ['Repair_Tickets__r: Repair_Ticket__c[]']],
    // The search finds relationships by the names of their objects, too.
    [{ object: 'Account', search: 'opportunity' }, [], ['Opportunities: Opportunity[]']],
    [
      { object: 'Bike_Lease__c', required_only: true },
      ['Account__c', 'Bikes__c'],
      ['Account__r: Account', 'Owner: User', 'ProcessInstances: ProcessInstance[]'],
    ],
    [{ object: 'bike_lease__c', search: 'bik', required_only: true }, ['Bikes__c'], []],
    [{ object: 'Account', search: '(.*)+$' }, [], []],
  ])('filters fields and relationships by %j', async (input, fields, relationships) => {
    const { json } = await salesforce.call(tool, input);

    expect(names(json)).toEqual(fields);
    expect(tool.output.parse(json).relationships).toEqual(expect.arrayContaining(relationships));
  });

  test('reports how many relationships are left out', async () => {
    const { json } = await salesforce.call(tool, { object: 'Account', required_only: true });

    const { relationships, is_complete, missing } = tool.output.parse(json);
    expect(relationships).toHaveLength(40);
    expect({ is_complete, missing }).toEqual({
      is_complete: false,
      missing: ['4 of 44 relationships; search for a part of their name.'],
    });
    expect((await salesforce.call(tool, { object: 'Account', search: 'Cases' })).json).toMatchObject({
      relationships: ['Cases: Case[]'],
      is_complete: true,
    });
  });

  test.each([
    ['Bike Lease', [{ value: 'Bike_Lease__c', label: 'Bike Lease' }]],
    ['bike_lease', [{ value: 'Bike_Lease__c', label: 'Bike Lease' }]],
    [
      'approval',
      [
        { value: 'ProcessInstanceWorkitem', label: 'Approval Request' },
        { value: 'ApprovalWorkItem', label: 'Approval Work Item' },
        { value: 'ApprovalSubmission', label: 'Approval Submission' },
      ],
    ],
  ])('rejects the label “%s”, and lists similar objects', async (object, candidates) => {
    const { error } = await salesforce.call(tool, { object });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'object' }] });
    expect(error?.details[0]?.candidates).toEqual(candidates);
  });

  test.each(['Acount', 'Invoice to the moon'])(
    'returns not_found for the unknown object “%s”',
    async (object) => {
      expect((await salesforce.call(tool, { object })).error).toMatchObject({
        code: 'not_found',
        details: [{ path: 'object' }],
      });
    },
  );

  test('returns the fields in pages, although Salesforce returns them in one response', async () => {
    const pages = await everyPage((input) => salesforce.call(tool, input), 'fields', {
      object: 'Case',
      max_results: 4,
    });

    expect(pages.map((page) => page.length)).toEqual([4, 4, 3]);
    expect(pages.flat().map((item) => Item.parse(item).name)).toEqual(
      names((await salesforce.call(tool, { object: 'Case' })).json),
    );
  });

  test('leaves out hidden fields, and marks fields that the account may not write', async () => {
    const { json } = await salesforce.call(tool, { object: 'Account' }, 'user_grace');

    expect(names(json)).not.toContain('AnnualRevenue');
    expect(tool.output.parse(json).fields.every(({ traits }) => traits.includes('read_only'))).toBe(true);
    expect(names((await salesforce.call(tool, { object: 'Account' })).json)).toContain('AnnualRevenue');
    expect((await salesforce.call(tool, { object: 'Opportunity' }, 'user_grace')).error?.code).toBe(
      'not_found',
    );
  });

  test('accepts the documented response', async () => {
    const child = documentedRelationship;
    const body = {
      ...documentedDescription,
      childRelationships: [child, { ...child, relationshipName: null }],
    };

    const { json } = await salesforce.answering(tool, { object: 'Account' }, { body });

    expect(json).toEqual({
      fields: [{ name: 'Name', label: 'Account Name', type: 'string', traits: ['required'], values: [] }],
      relationships: ['Contacts: Contact[]'],
      ...complete,
      ...onePage,
    });
  });

  test('does not mark a field as required if Salesforce describes the field incompletely', async () => {
    const body = { name: 'X__c', fields: [{ name: 'F__c', type: 'brandnew' }] };

    const { json } = await salesforce.answering(tool, { object: 'X__c', required_only: false }, { body });

    expect(json).toMatchObject({
      fields: [{ name: 'F__c', label: 'F__c', type: 'brandnew', traits: ['read_only'], values: [] }],
      relationships: [],
    });
  });

  // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
  test('lists all objects that a reference can point to', async () => {
    const what = {
      name: 'WhatId',
      type: 'reference',
      referenceTo: ['Account', 'Case'],
      relationshipName: 'What',
    };

    const { json } = await salesforce.answering(tool, { object: 'Task' }, { body: { fields: [what] } });

    expect(json).toMatchObject({
      fields: [{ name: 'WhatId', type: 'reference to Account, Case' }],
      relationships: ['What: Account or Case'],
    });
  });

  test('returns the first active values of a long picklist, and reports that values are missing', async () => {
    const picklistValues = Array.from({ length: 5_000 }, (_, index) => ({
      active: index % 2 === 0,
      value: `v${index}`,
      label: null,
    }));
    const body = { name: 'X__c', fields: [{ name: 'P__c', type: 'picklist', picklistValues }] };

    const { json } = await salesforce.answering(tool, { object: 'X__c' }, { body });

    const { fields, is_complete, missing } = tool.output.parse(json);
    expect(fields[0]?.values).toHaveLength(30);
    expect(fields[0]?.values[1]).toBe('v2');
    expect({ is_complete, missing }).toEqual({
      is_complete: false,
      missing: ['Values after the first 30 of P__c.'],
    });
  });

  test('shortens a long picklist and many relationships to fit into the lowest size limit', async () => {
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

testProviderErrors(tool, { object: 'Account' }, { ...readErrors, ...missingRecord });
testInvalidChanges(tool, { object: 'Account' }, [
  ...['', ' ', 'x'.repeat(81)].map((object) => ['object', { object }] as const),
  ['search', { search: '' }],
  ['required_only', { required_only: 'yes' }],
]);
