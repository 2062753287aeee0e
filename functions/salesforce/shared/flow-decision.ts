import { id, type ProviderClient, type ProviderErrorRule, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';

const ItemResponse = z.object({ Status: z.string().nullish(), RelatedRecordId: id().nullish() });
const DecisionResponse = z.tuple([z.object({ isSuccess: z.literal(true) })]);
// A request waits for somebody only if it has this status.
const WAITING = 'Assigned';

/**
 * Approves or rejects a flow request.
 * @param notWaiting the error if the request does not exist or is already decided
 * @throws ToolError
 */
export async function decideFlowApproval(
  api: ProviderClient,
  workItemId: string,
  decision: 'approve' | 'reject',
  comment: string | undefined,
  notWaiting: ProviderErrorRule & { code: 'conflict' },
) {
  // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_approvalworkitem.htm
  const { body: item } = await api.get(path`/sobjects/ApprovalWorkItem/${workItemId}`, {
    query: { fields: 'Status,RelatedRecordId' },
    response: ItemResponse,
    errors: { 404: notWaiting },
  });
  if (item.Status && item.Status !== WAITING)
    throw new ToolError(notWaiting.code, { message: notWaiting.message });
  // https://developer.salesforce.com/docs/atlas.en-us.api_action.meta/api_action/actions_obj_review_approval_work_item.htm
  await api.post(path`/actions/standard/reviewApprovalWorkItem`, {
    json: {
      inputs: [{ approvalWorkItemId: workItemId, approvalDecision: decision, comments: comment }],
    },
    response: DecisionResponse,
    errors: { failed_action: notWaiting },
  });
  return {
    status: null,
    record_id: item.RelatedRecordId ?? null,
    approver_ids: [],
    next_work_item_ids: [],
  };
}
