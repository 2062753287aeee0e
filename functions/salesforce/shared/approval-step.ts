import { id, readInput, text, textInput } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { idInLink } from './record-id.ts';

// Salesforce stores this many characters of a comment.
const COMMENT_LENGTH_MAX = 4_000;

/** The inputs that all steps of an approval have in common. */
export const approvalInput = {
  comment: textInput('Comment for the approval history.', COMMENT_LENGTH_MAX).optional(),
  next_approver_id: readInput(
    'User or queue that decides next, by name, e-mail address or ID; only if the process asks for one.',
    idInLink,
    { pattern: /\S/, expected: 'must be the ID, e-mail address or name of a user or queue', maximum: 255 },
  ).optional(),
};

export const ApprovalStepOutput = z.strictObject({
  status: text(40).nullable().describe('Status of the whole request, such as Pending; null for a flow.'),
  record_id: id().nullable(),
  approver_ids: z.array(id()).describe('Users or queues that decide next.'),
  next_work_item_ids: z.array(id()),
});

/** The response to one successful step. For a failed step, the connector's error table decides the error. */
export const ApprovalStepResponse = z.tuple([
  z.object({
    success: z.literal(true),
    instanceStatus: z.string().nullish(),
    entityId: id().nullish(),
    actorIds: z.array(id()).nullish(),
    newWorkitemIds: z.array(id()).nullish(),
  }),
]);

export function toApprovalStep([step]: z.output<typeof ApprovalStepResponse>): z.input<
  typeof ApprovalStepOutput
> {
  return {
    status: step.instanceStatus ?? null,
    record_id: step.entityId ?? null,
    approver_ids: step.actorIds ?? [],
    next_work_item_ids: step.newWorkitemIds ?? [],
  };
}

/** Returns the request body for one step, without undefined values. */
export function approvalRequest(
  actionType: 'Submit' | 'Approve' | 'Reject',
  contextId: string,
  { comment, nextApproverId }: { comment: string | undefined; nextApproverId: string | undefined },
) {
  const nextApproverIds = nextApproverId === undefined ? undefined : [nextApproverId];
  return { requests: [{ actionType, contextId, comments: comment, nextApproverIds }] };
}
