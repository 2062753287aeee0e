import { defineTool, path, ToolError } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import {
  ApprovalStepOutput,
  ApprovalStepResponse,
  approvalInput,
  approvalRequest,
  toApprovalStep,
} from './shared/approval-step.ts';
import { decideFlowApproval } from './shared/flow-decision.ts';
import { approverIdOf } from './shared/named-record.ts';
import { recordIdInput } from './shared/record-id.ts';

// IDs of requests in classic approval processes begin with this prefix. IDs of flow requests do not.
const CLASSIC = '04i';
const NOT_WAITING = {
  code: 'conflict',
  message:
    'This request no longer waits, or waits for somebody else, or next_approver_id is wrong. Look into salesforce_list_pending_approvals.',
} as const;
const FLOW_CHOOSES = 'is not for requests of flows, which choose the next approver themselves; leave it out';

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_decide_approval',
  effect: 'update',
  confirm: true, // Nobody can undo a decision, and Salesforce notifies people about it.
  scopes: ['api', 'refresh_token'],
  description:
    'Approves or rejects a Salesforce approval request that waits for the user. It cannot be taken back: show the user the record, its amounts and url first. The approval process may change the record, for example close a case: read it again.',
  input: {
    work_item_id: recordIdInput(
      'From salesforce_list_pending_approvals.',
      'salesforce_list_pending_approvals',
    ),
    decision: z.enum(['approve', 'reject']).describe("The user's decision."),
    ...approvalInput,
  },
  output: ApprovalStepOutput.shape,
  examples: [
    {
      input: { work_item_id: '04iD0000000Cw6SIAS', decision: 'approve' },
      output: {
        status: 'Approved',
        record_id: '001D000000I8mImIAJ',
        approver_ids: [],
        next_work_item_ids: [],
      },
    },
  ],

  async run({ work_item_id, decision, comment, next_approver_id }, { api }) {
    if (!work_item_id.startsWith(CLASSIC)) {
      if (next_approver_id === undefined) {
        return decideFlowApproval(api, work_item_id, decision, comment, NOT_WAITING);
      }
      throw new ToolError('invalid_input', { details: [{ path: 'next_approver_id', issue: FLOW_CHOOSES }] });
    }
    const nextApproverId = next_approver_id && (await approverIdOf(api, next_approver_id));
    const action = decision === 'approve' ? 'Approve' : 'Reject';
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_process_approvals_post.htm
    const { body } = await api.post(path`/process/approvals`, {
      json: approvalRequest(action, work_item_id, { comment, nextApproverId }),
      response: ApprovalStepResponse,
      errors: { INVALID_CROSS_REFERENCE_KEY: NOT_WAITING, ENTITY_IS_DELETED: NOT_WAITING },
    });
    return toApprovalStep(body);
  },
});

export const handler = createHandler(tool);
