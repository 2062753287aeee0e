import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../decide-approval.ts';
import { tool as listPending } from '../list-pending-approvals.ts';
import { approvalErrors, failedStep, submitted } from './approval-answers.ts';
import { errorAnswer, writeErrors } from './provider-errors.ts';
import { testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

const refund = { work_item_id: '04iHB0000000001', decision: 'approve' };
const discount = { work_item_id: '04iHB0000000002YAA', decision: 'reject' };
const lease = { work_item_id: '04iHB0000000003', decision: 'approve' };

describe(tool.name, () => {
  const salesforce = useSalesforce();
  const waiting = async (user?: string) =>
    listPending.output
      .parse((await salesforce.call(listPending, {}, user)).json)
      .approvals.map(({ record_id }) => record_id);

  test('approves the request with one call, and the process changes the record', async () => {
    const { status, json } = await salesforce.call(tool, { ...refund, comment: 'He waited long enough' });

    expect(status).toBe(200);
    expect(json).toEqual({
      status: 'Approved',
      record_id: '500HB0000000001YAA',
      approver_ids: [],
      next_work_item_ids: [],
    });
    expect(salesforce.forwarded()).toEqual([
      'POST /process/approvals {"requests":[{"actionType":"Approve","contextId":"04iHB0000000001","comments":"He waited long enough"}]}',
    ]);
    expect(await waiting()).toEqual(['006HB0000000002YAA', '006HB0000000001YAA']);
    expect(await salesforce.read('/sobjects/Case/500HB0000000001?fields=Status')).toMatchObject({
      Status: 'Closed',
    });
    // The response contains only the status of the approval request. The description must therefore warn that the
    // decision may change the record.
    expect(tool.description).toContain('may change the record');
  });

  test("sends a rejection for a request that waits for one of the user's queues", async () => {
    const { json } = await salesforce.call(tool, discount);

    expect(json).toMatchObject({ status: 'Rejected' });
    expect(salesforce.forwarded()).toEqual([
      'POST /process/approvals {"requests":[{"actionType":"Reject","contextId":"04iHB0000000002YAA"}]}',
    ]);
    expect(await waiting()).toEqual(['006HB0000000002YAA', '500HB0000000001YAA']);
    const path = '/sobjects/Opportunity/006HB0000000001?fields=Discount__c';
    expect(await salesforce.read(path)).toMatchObject({ Discount__c: 10 });
  });

  test('approves a flow request', async () => {
    const flow = { work_item_id: '0aGHB0000000001YAA', decision: 'approve', comment: 'Good price' };

    const { status, json } = await salesforce.call(tool, flow);

    expect(status).toBe(200);
    expect(json).toEqual({
      status: null,
      record_id: '006HB0000000002YAA',
      approver_ids: [],
      next_work_item_ids: [],
    });
    expect(salesforce.forwarded()).toEqual([
      'GET /sobjects/ApprovalWorkItem/0aGHB0000000001YAA?fields=Status,RelatedRecordId',
      'POST /actions/standard/reviewApprovalWorkItem {"inputs":[{"approvalWorkItemId":"0aGHB0000000001YAA","approvalDecision":"approve","comments":"Good price"}]}',
    ]);
    expect(await waiting()).toEqual(['500HB0000000001YAA', '006HB0000000001YAA']);
    expect((await salesforce.call(tool, { ...flow, decision: 'reject' })).error?.code).toBe('conflict');
  });

  // https://developer.salesforce.com/docs/atlas.en-us.api_action.meta/api_action/actions_obj_review_approval_work_item.htm
  test.each([
    ['an unknown request', { status: 404, body: [{ errorCode: 'NOT_FOUND' }] }, undefined, 'conflict'],
    ['a request that was reassigned', { body: { Status: 'Reassigned' } }, undefined, 'conflict'],
    [
      'a request that somebody else has decided in the meantime',
      { body: { Status: 'Assigned' } },
      {
        status: 400,
        body: [{ actionName: 'x', isSuccess: false, errors: [{ statusCode: 'UNKNOWN_EXCEPTION' }] }],
      },
      'conflict',
    ],
    ['a malformed response', { body: { Status: 'Assigned' } }, { body: [{}] }, 'outcome_unknown'],
  ])('for a flow request, returns $3 for %s', async (_, item, decision, code) => {
    const flow = { work_item_id: '9xyD0000000Cw6S', decision: 'approve' };

    const { error, requests } = await salesforce.answering(tool, flow, item, decision ?? {});

    expect(error?.code).toBe(code);
    expect(requests).toHaveLength(decision ? 2 : 1);
  });

  test('rejects a next approver for a flow, because the flow chooses the approver', async () => {
    const flow = {
      work_item_id: '0aGHB0000000001YAA',
      decision: 'approve',
      next_approver_id: '005HB0000000003',
    };

    const { error } = await salesforce.call(tool, flow);

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'next_approver_id' }] });
    expect(salesforce.forwarded()).toEqual([]);
  });

  test.each(['jonas@harborbikes.example', 'jonas keller', '005HB0000000003'])(
    'accepts “%s” as the next approver',
    async (next_approver_id) => {
      const { json } = await salesforce.call(tool, { ...lease, next_approver_id }, 'user_grace');

      expect(json).toMatchObject({ approver_ids: ['005HB0000000003YAA'] });
    },
  );

  test.each([
    [
      'Keller',
      'invalid_input',
      [{ value: '005HB0000000003YAA', label: 'Jonas Keller, jonas@harborbikes.example, Mechanic' }],
    ],
    ['sales', 'invalid_input', [{ value: '00GHB00000000012AA', label: 'Sales Approvers, Queue' }]],
    ['Nobody', 'not_found', undefined],
  ])(
    'rejects the next approver “%s”, and lists similar approvers if there are any',
    async (next_approver_id, code, candidates) => {
      const { error } = await salesforce.call(tool, { ...lease, next_approver_id }, 'user_grace');

      expect(error?.code).toBe(code);
      expect(error?.details[0]).toMatchObject({ path: 'next_approver_id' });
      expect(error?.details[0]?.candidates).toEqual(candidates);
    },
  );

  test('returns the next approver if the process has a next approver', async () => {
    const { json } = await salesforce.call(tool, lease, 'user_grace');

    expect(json).toMatchObject({ status: 'Pending', approver_ids: ['005HB0000000001YAA'] });
    const [work_item_id] = tool.output.parse(json).next_work_item_ids;
    expect(await waiting('user_grace')).toEqual([]);
    expect((await salesforce.call(tool, { work_item_id, decision: 'approve' })).json).toMatchObject({
      status: 'Approved',
    });
    const path = '/sobjects/Bike_Lease__c/a0LHB0000000001?fields=Status__c';
    expect(await salesforce.read(path)).toMatchObject({ Status__c: 'Approved' });
  });

  test.each([
    ['a request that waits for somebody else', lease],
    ['an unknown request', { ...refund, work_item_id: '04iHB0000000099' }],
  ])('returns a conflict for %s, and decides nothing', async (_, input) => {
    const { error } = await salesforce.call(tool, input);

    expect(error).toMatchObject({ code: 'conflict', message: expect.stringContaining(listPending.name) });
    expect(await waiting('user_grace')).toEqual(['a0LHB00000000012AA']);
  });

  test('returns a conflict for a second decision', async () => {
    await salesforce.call(tool, refund);

    expect((await salesforce.call(tool, { ...refund, decision: 'reject' })).error?.code).toBe('conflict');
    expect(await salesforce.read('/sobjects/Case/500HB0000000001?fields=Status')).toMatchObject({
      Status: 'Closed',
    });
  });

  test('accepts the documented response', async () => {
    const approved = { ...submitted, actorIds: [], instanceStatus: 'Approved', newWorkitemIds: [] };

    const { json } = await salesforce.answering(tool, refund, { body: [approved] });

    expect(json).toEqual({
      status: 'Approved',
      record_id: '001D000000I8mImIAJ',
      approver_ids: [],
      next_work_item_ids: [],
    });
  });

  test('accepts a response without optional values', async () => {
    const { json } = await salesforce.answering(tool, refund, { body: [{ success: true, actorIds: null }] });

    expect(json).toEqual({ status: null, record_id: null, approver_ids: [], next_work_item_ids: [] });
  });
});

testProviderErrors(tool, refund, {
  ...writeErrors,
  ...approvalErrors,
  'a request that no longer waits': {
    answer: errorAnswer(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []),
    error: { code: 'conflict' },
  },
  'a request that no longer waits, in a successful response': {
    answer: failedStep('INVALID_CROSS_REFERENCE_KEY'),
    error: { code: 'conflict' },
  },
  'a missing right in a successful response': {
    answer: failedStep('INSUFFICIENT_ACCESS_OR_READONLY'),
    error: { code: 'permission_denied' },
  },
});
testInvalidChanges(tool, refund, [
  ['work_item_id', { work_item_id: 'BL-0001' }],
  ['work_item_id', { work_item_id: '04iHB00000000011' }],
  ['decision', { decision: 'Approve' }],
  ['decision', { decision: null }],
  ['comment', { comment: '' }],
  ['next_approver_id', { next_approver_id: 'x'.repeat(256) }],
  ['comment', { comment: ' ' }],
]);
