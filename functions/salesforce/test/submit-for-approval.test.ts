import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool as listPending } from '../list-pending-approvals.ts';
import { tool } from '../submit-for-approval.ts';
import { tool as upsert } from '../upsert-by-external-id.ts';
import { approvalErrors, failedStep, submitted } from './approval-answers.ts';
import { errorAnswer, writeErrors } from './provider-errors.ts';
import { testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

const lease = { record_id: 'a0LHB0000000002' };
const leaseKey = { object: 'Bike_Lease__c', external_id_field: 'Contract_Id__c', external_id: 'GC-2027-01' };

describe(tool.name, () => {
  const salesforce = useSalesforce();

  test('submits the record with one call, and Salesforce locks the record', async () => {
    const { status, json } = await salesforce.call(tool, { ...lease, comment: 'Ten bikes for the campus' });

    expect(status).toBe(200);
    expect(json).toEqual({
      status: 'Pending',
      record_id: 'a0LHB00000000022AA',
      approver_ids: ['005HB0000000002YAA'],
      next_work_item_ids: [expect.stringMatching(/^04iHB/)],
    });
    expect(salesforce.forwarded()).toEqual([
      'POST /process/approvals {"requests":[{"actionType":"Submit","contextId":"a0LHB0000000002","comments":"Ten bikes for the campus"}]}',
    ]);
    expect((await salesforce.call(listPending, {}, 'user_grace')).json).toMatchObject({
      approvals: [
        { work_item_id: tool.output.parse(json).next_work_item_ids[0], record_name: 'BL-0002' },
        { record_name: 'BL-0001' },
      ],
    });
    const { error } = await salesforce.call(upsert, {
      ...leaseKey,
      fields: [{ name: 'Bikes__c', value: '11' }],
    });
    expect(error?.code).toBe('conflict');
  });

  test('lets the user choose the next approver', async () => {
    const { json } = await salesforce.call(tool, { ...lease, next_approver_id: '005HB0000000003' });

    expect(json).toMatchObject({ approver_ids: ['005HB0000000003YAA'] });
    expect(salesforce.forwarded()).toEqual([
      'POST /process/approvals {"requests":[{"actionType":"Submit","contextId":"a0LHB0000000002","nextApproverIds":["005HB0000000003"]}]}',
    ]);
  });

  test.each([
    [
      'its page in Lightning',
      { record_id: 'https://x.lightning.force.com/lightning/r/Bike_Lease__c/a0LHB00000000022AA/view' },
    ],
    ['its page in the classic interface', { record_id: 'https://x.my.salesforce.com/a0LHB0000000002' }],
    ['its name', { object: 'Bike_Lease__c', record_id: 'bl-0002' }],
  ])('finds the record by %s', async (_, input) => {
    expect((await salesforce.call(tool, input)).json).toMatchObject({ record_id: 'a0LHB00000000022AA' });
  });

  test('lists similar records if the name matches several records, and submits nothing', async () => {
    const { error } = await salesforce.call(tool, { object: 'Bike_Lease__c', record_id: 'BL-000' });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'record_id' }] });
    expect(error?.details[0]?.candidates?.map(({ value }) => value)).toEqual([
      'a0LHB00000000012AA',
      'a0LHB00000000022AA',
      'a0LHB00000000032AA',
    ]);
    expect(salesforce.forwarded().some((request) => request.startsWith('POST'))).toBe(false);
  });

  test.each([
    ['a record without a process', { record_id: 'a0LHB0000000003' }, 'conflict'],
    ['a record that already waits', { record_id: 'a0LHB0000000001' }, 'conflict'],
    ['a submitter without a manager', { record_id: '500HB0000000002' }, 'conflict'],
    ['an unknown record', { record_id: 'a0LHB0000000099' }, 'rejected_by_provider'],
    ['an unknown approver', { ...lease, next_approver_id: '005HB0000000099' }, 'rejected_by_provider'],
  ])('reports an error for %s, and submits nothing', async (_, input, code) => {
    const { error } = await salesforce.call(tool, input);

    expect(error?.code).toBe(code);
    expect(await salesforce.read('/query?q=SELECT+Id+FROM+ProcessInstance')).toMatchObject({ totalSize: 3 });
  });

  test('reports a hidden record as an unknown record', async () => {
    const { error } = await salesforce.call(tool, { record_id: '006HB0000000001' }, 'user_grace');

    expect(error?.code).toBe('rejected_by_provider');
  });

  test('accepts the documented response', async () => {
    const input = {
      record_id: '001D000000I8mIm',
      comment: 'Please approve',
      next_approver_id: '005D00000015rY9',
    };

    const { json, requests } = await salesforce.answering(tool, input, { body: [submitted] });

    expect(json).toEqual({
      status: 'Pending',
      record_id: '001D000000I8mImIAJ',
      approver_ids: ['005D00000015rY9IAI'],
      next_work_item_ids: ['04iD0000000Cw6SIAS'],
    });
    expect(requests).toHaveLength(1);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      requests: [
        {
          actionType: 'Submit',
          contextId: '001D000000I8mIm',
          nextApproverIds: ['005D00000015rY9'],
          comments: 'Please approve',
        },
      ],
    });
  });

  test('accepts a response without optional values', async () => {
    const { json } = await salesforce.answering(tool, lease, { body: [{ success: true }] });

    expect(json).toEqual({ status: null, record_id: null, approver_ids: [], next_work_item_ids: [] });
  });

  test.each([
    ['no result', []],
    ['two results', [submitted, submitted]],
    ['a result outside a list', submitted],
    ['a failure without a text', [{ success: false }]],
  ])('reports an unknown outcome after a response with %s', async (_, body) => {
    expect((await salesforce.answering(tool, lease, { body })).error?.code).toBe('outcome_unknown');
  });
});

testProviderErrors(tool, lease, {
  ...writeErrors,
  ...approvalErrors,
  'a record without an approval process': {
    answer: errorAnswer(400, 'NO_APPLICABLE_PROCESS', 'No applicable approval process was found.'),
    error: { code: 'conflict' },
  },
  'a record without an approval process, in a successful response': {
    answer: failedStep('NO_APPLICABLE_PROCESS'),
    error: { code: 'conflict' },
  },
  'a missing approver in a successful response': {
    answer: failedStep('REQUIRED_FIELD_MISSING', ['nextApproverIds']),
    error: { code: 'rejected_by_provider' },
  },
});
testInvalidChanges(tool, lease, [
  ['record_id', { record_id: '' }],
  ['record_id', { record_id: 'a0LHB00000000022' }],
  ['record_id', { record_id: 'a0LHB000000000!' }],
  ['object', { object: 'Bike Lease' }],
  ['comment', { comment: '' }],
  ['comment', { comment: 'x'.repeat(4_001) }],
  ['record_id', { record_id: 'BL-0002' }],
  ['submitter_id', { submitter_id: '005HB0000000002' }],
]);
