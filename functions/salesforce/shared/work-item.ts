import { id, providerTime, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { soql } from './soql.ts';

const Named = z.object({ Name: z.string().nullish() }).nullish();

/** The query for the work items that wait for one of these users and queues, newest first. */
export function workItemsOf(approverIds: readonly string[]): string {
  return soql`SELECT Id, CreatedDate, Actor.Name, ProcessInstance.TargetObjectId, ProcessInstance.TargetObject.Name, ProcessInstance.TargetObject.Type, ProcessInstance.SubmittedBy.Name, ProcessInstance.ProcessDefinition.Name FROM ProcessInstanceWorkitem WHERE ActorId IN ${approverIds} ORDER BY CreatedDate DESC, Id DESC`;
}

/** A request that waits for somebody. What the account cannot see is null, also in the middle of a path. */
export const WorkItem = z.object({
  Id: id(),
  CreatedDate: providerTime().nullish(),
  Actor: Named,
  ProcessInstance: z
    .object({
      TargetObjectId: id().nullish(),
      TargetObject: z.object({ Name: z.string().nullish(), Type: z.string().nullish() }).nullish(),
      SubmittedBy: Named,
      ProcessDefinition: Named,
    })
    .nullish(),
});

export const PendingApproval = z.strictObject({
  work_item_id: id(),
  record_id: id().nullable(),
  record_name: text(255).nullable(),
  record_type: text(80).nullable(),
  process: text(255).nullable(),
  submitted_by: text(121).nullable(),
  waits_for: text(121).nullable().describe('The user, or a queue of theirs.'),
  waiting_since: time().nullable(),
});

/** What `PendingApproval` declares, of a work item in an answer. */
export function pendingApproval({
  Id,
  CreatedDate,
  Actor,
  ProcessInstance,
}: z.output<typeof WorkItem>): z.input<typeof PendingApproval> {
  return {
    work_item_id: Id,
    record_id: ProcessInstance?.TargetObjectId ?? null,
    record_name: ProcessInstance?.TargetObject?.Name ?? null,
    record_type: ProcessInstance?.TargetObject?.Type ?? null,
    process: ProcessInstance?.ProcessDefinition?.Name ?? null,
    submitted_by: ProcessInstance?.SubmittedBy?.Name ?? null,
    waits_for: Actor?.Name ?? null,
    waiting_since: CreatedDate ?? null,
  };
}
