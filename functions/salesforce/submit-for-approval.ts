import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import { salesforce } from './connector.ts';
import { ApprovalSteps, approvalInput, approvalOutput, approvalStep } from './shared/approval-step.ts';
import { recordId } from './shared/record-id.ts';

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_submit_for_approval',
  effect: 'create',
  // Approvers are told at once, and the record is locked until they have decided.
  confirm: true,
  scopes: ['api'],
  description:
    'Submits a Salesforce record to the approval process that takes it, in the name of the user. This locks the record and tells the approvers.',
  input: {
    record_id: recordId().describe('ID of the record.'),
    ...approvalInput,
  },
  output: approvalOutput,
  examples: [
    {
      input: { record_id: '001D000000I8mImIAJ', comment: 'Please approve' },
      output: {
        status: 'Pending',
        record_id: '001D000000I8mImIAJ',
        approver_ids: ['005D00000015rY9IAI'],
        next_work_item_ids: ['04iD0000000Cw6SIAS'],
      },
    },
  ],

  async run({ record_id, ...step }, { api }) {
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_process_approvals_post.htm
    const { body } = await api.post(path`/process/approvals`, {
      json: { requests: [approvalStep('Submit', record_id, step)] },
      response: ApprovalSteps,
    });
    return body;
  },
});

export const handler = createHandler(tool);
