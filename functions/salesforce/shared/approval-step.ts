import { id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { recordId } from './record-id.ts';

// What Salesforce keeps of a comment.
const COMMENT_LENGTH_MAX = 4_000;

/** The inputs that every step of an approval takes. */
export const approvalInput = {
  comment: z.string().min(1).max(COMMENT_LENGTH_MAX).optional().describe('For the approval history.'),
  next_approver_id: recordId()
    .optional()
    .describe('ID of the user or queue that decides next, only if the process asks for one.'),
};

export const approvalOutput = {
  status: text(40).nullable().describe('Of the whole request, such as Pending, Approved or Rejected.'),
  record_id: id().nullable(),
  approver_ids: z.array(id()).describe('Users or queues that decide next.'),
  next_work_item_ids: z.array(id()),
};

/** The answer to one step. A step that failed is told as an error, by the connector's error table. */
export const ApprovalSteps = z
  .tuple([
    z.object({
      success: z.literal(true),
      instanceStatus: z.string().nullish(),
      entityId: id().nullish(),
      actorIds: z.array(id()).nullish(),
      newWorkitemIds: z.array(id()).nullish(),
    }),
  ])
  .transform(([step]) => ({
    status: step.instanceStatus ?? null,
    record_id: step.entityId ?? null,
    approver_ids: step.actorIds ?? [],
    next_work_item_ids: step.newWorkitemIds ?? [],
  }));

/** A step as it is requested; what is undefined is left out. */
export function approvalStep(
  actionType: 'Submit' | 'Approve' | 'Reject',
  contextId: string,
  { comment, next_approver_id }: { comment?: string | undefined; next_approver_id?: string | undefined },
) {
  const nextApproverIds = next_approver_id === undefined ? undefined : [next_approver_id];
  return { actionType, contextId, comments: comment, nextApproverIds };
}
