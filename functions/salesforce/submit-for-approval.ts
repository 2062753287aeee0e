import { defineTool, path, ToolError } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import { salesforce } from './connector.ts';
import { objectInput } from './shared/api-name.ts';
import {
  ApprovalStepOutput,
  ApprovalStepResponse,
  approvalInput,
  approvalRequest,
  toApprovalStep,
} from './shared/approval-step.ts';
import { describeIfPossible } from './shared/described-object.ts';
import { approverIdOf, recordIdOf } from './shared/named-record.ts';
import { isRecordId, recordInput } from './shared/record-id.ts';

const NEEDS_OBJECT = 'is a name, so object is required; or send the ID or the link of the record';

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_submit_for_approval',
  effect: 'create',
  // Salesforce notifies the approvers at once, and locks the record until they decide.
  confirm: true,
  scopes: ['api', 'refresh_token'],
  description:
    'Submits a Salesforce record to the approval process that takes it. This locks the record, may change it, and notifies the approvers. Approvals of flows start by themselves.',
  input: {
    record_id: recordInput('Record to submit: its ID, the link to its page, or, with object, its name.'),
    object: objectInput('API name of the object, such as Quote; only if record_id is a name.').optional(),
    ...approvalInput,
  },
  output: ApprovalStepOutput.shape,
  examples: [
    {
      input: { record_id: '001D000000I8mImIAJ' },
      output: {
        status: 'Pending',
        record_id: '001D000000I8mImIAJ',
        approver_ids: ['005D00000015rY9IAI'],
        next_work_item_ids: ['04iD0000000Cw6SIAS'],
      },
    },
  ],

  async run({ record_id, object = '', comment, next_approver_id }, { api }) {
    if (!isRecordId(record_id) && object === '') {
      throw new ToolError('invalid_input', { details: [{ path: 'record_id', issue: NEEDS_OBJECT }] });
    }
    const recordId = isRecordId(record_id)
      ? record_id
      : await recordIdOf(api, object, record_id, describeIfPossible(api, object), 'record_id');
    const nextApproverId = next_approver_id && (await approverIdOf(api, next_approver_id));
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_process_approvals_post.htm
    const { body } = await api.post(path`/process/approvals`, {
      json: approvalRequest('Submit', recordId, { comment, nextApproverId }),
      response: ApprovalStepResponse,
    });
    return toApprovalStep(body);
  },
});

export const handler = createHandler(tool);
