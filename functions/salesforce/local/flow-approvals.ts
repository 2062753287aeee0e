import * as z from 'zod';
import type { Access } from './access.ts';
import { groupsOf, isSameId, rowOf, rowsOf } from './organisation.ts';

export const Reviews = z.strictObject({
  inputs: z.tuple([
    z.strictObject({
      approvalWorkItemId: z.string(),
      approvalDecision: z.enum(['approve', 'reject']),
      comments: z.string().optional(),
    }),
  ]),
});
type Review = z.output<typeof Reviews>['inputs'][0];

const ACTION = 'reviewApprovalWorkItem';

/** Approves or rejects a flow request. If the action fails, the response has status 400 and a list of errors. */
export function review(
  { organisation, userId }: Access,
  { approvalWorkItemId, approvalDecision, comments }: Review,
) {
  const item = rowsOf(organisation, 'ApprovalWorkItem').find(({ Id }) => isSameId(Id, approvalWorkItemId));
  const isMine = item && groupsOf(organisation, userId).has(String(item.AssignedToId));
  if (!item || !isMine || item.Status !== 'Assigned') {
    const message = 'The approval work item is not assigned to the user, or is completed.';
    const errors = [{ statusCode: 'UNKNOWN_EXCEPTION', message, fields: [] }];
    return { status: 400, body: [{ actionName: ACTION, errors, isSuccess: false, outputValues: null }] };
  }
  const status = approvalDecision === 'approve' ? 'Approved' : 'Rejected';
  Object.assign(item, { Status: status, Comments: comments ?? null, ReviewedById: userId });
  Object.assign(rowOf(organisation, 'ApprovalSubmission', String(item.ApprovalSubmissionId)) ?? {}, {
    Status: status,
  });
  return { status: 200, body: [{ actionName: ACTION, errors: null, isSuccess: true, outputValues: null }] };
}
