import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import { ApprovalSteps, approvalInput, approvalOutput, approvalStep } from './shared/approval-step.ts';
import { recordId } from './shared/record-id.ts';

const NOT_WAITING = {
  code: 'conflict',
  message:
    'This request no longer waits, or waits for somebody else, or next_approver_id is wrong. Look into salesforce_list_pending_approvals.',
} as const;

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_decide_approval',
  effect: 'update',
  confirm: true,
  scopes: ['api'],
  description:
    'Approves or rejects a Salesforce approval request that waits for the user. It cannot be taken back.',
  input: {
    work_item_id: recordId('04i').describe('From salesforce_list_pending_approvals.'),
    decision: z.enum(['approve', 'reject']).describe('What the user decided.'),
    ...approvalInput,
  },
  output: approvalOutput,
  examples: [
    {
      input: { work_item_id: '04iD0000000Cw6SIAS', decision: 'approve', comment: 'Go ahead' },
      output: {
        status: 'Approved',
        record_id: '001D000000I8mImIAJ',
        approver_ids: [],
        next_work_item_ids: [],
      },
    },
  ],

  async run({ work_item_id, decision, ...step }, { api }) {
    const action = decision === 'approve' ? 'Approve' : 'Reject';
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_process_approvals_post.htm
    const { body } = await api.post(path`/process/approvals`, {
      json: { requests: [approvalStep(action, work_item_id, step)] },
      response: ApprovalSteps,
      errors: { INVALID_CROSS_REFERENCE_KEY: NOT_WAITING, ENTITY_IS_DELETED: NOT_WAITING },
    });
    return body;
  },
});

export const handler = createHandler(tool);
