import * as z from 'zod';
import type { Access } from './access.ts';
import { type ApprovalProcess, approvalProcesses, MANAGER } from './approval-processes.ts';
import { objectNamed, objectOfId } from './objects.ts';
import { addRow, groupsOf, isSameId, type Row, rowOf, rowsOf } from './organisation.ts';
import { SalesforceError } from './salesforce-error.ts';

const COMMENT_LENGTH_MAX = 4_000;
const Id = z.string().regex(/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/);
const Step = z.strictObject({
  actionType: z.enum(['Submit', 'Approve', 'Reject']),
  contextId: Id,
  comments: z.string().max(COMMENT_LENGTH_MAX).optional(),
  nextApproverIds: z.array(Id).optional(),
});
export const Steps = z.strictObject({ requests: z.array(Step).min(1) });
type Step = z.output<typeof Step>;

/** Submits a record for approval, or approves or rejects a request. @throws SalesforceError */
export function takeStep(access: Access, step: Step) {
  const instance = step.actionType === 'Submit' ? submit(access, step) : decide(access, step);
  const waiting = rowsOf(access.organisation, 'ProcessInstanceWorkitem').filter(
    ({ ProcessInstanceId }) => ProcessInstanceId === instance.Id,
  );
  return {
    actorIds: waiting.map(({ ActorId }) => ActorId),
    entityId: instance.TargetObjectId,
    errors: null,
    instanceId: instance.Id,
    instanceStatus: instance.Status,
    newWorkitemIds: waiting.map((item) => item.Id),
    success: true,
  };
}

function submit(access: Access, { contextId, nextApproverIds }: Step): Row {
  const { organisation, userId } = access;
  const object = objectOfId(contextId);
  const row = object && access.object(object.name) && access.row(object, contextId);
  if (!object || !row) throw unknownReference();
  const isPending = rowsOf(organisation, 'ProcessInstance').some(
    ({ TargetObjectId, Status }) => TargetObjectId === row.Id && Status === 'Pending',
  );
  if (isPending) {
    const message =
      'This record is currently in an approval process. A record can be in only one approval process at a time.';
    throw new SalesforceError(400, 'ALREADY_IN_PROCESS', message);
  }
  const process = approvalProcesses.find(
    (candidate) => candidate.object === object.name && candidate.takes(row),
  );
  if (!process)
    throw new SalesforceError(400, 'NO_APPLICABLE_PROCESS', 'No applicable approval process was found.');
  const ActorId = approverOf(access, process, { position: 0, submitterId: userId, nextApproverIds });
  const processes = rowsOf(organisation, 'ProcessDefinition');
  const instance = addRow(organisation, definition('ProcessInstance'), {
    ProcessDefinitionId: processes.find(({ Name }) => Name === process.name)?.Id ?? null,
    TargetObjectId: row.Id,
    SubmittedById: userId,
    Status: 'Pending',
  });
  addRow(organisation, definition('ProcessInstanceWorkitem'), {
    ProcessInstanceId: instance.Id,
    ActorId,
    position: 0,
  });
  return instance;
}

function decide(access: Access, { actionType, contextId, nextApproverIds }: Step): Row {
  const { organisation } = access;
  const items = rowsOf(organisation, 'ProcessInstanceWorkitem');
  const item = items.find(({ Id, ActorId }) => isSameId(Id, contextId) && mayDecide(access, String(ActorId)));
  const instance = item && rowOf(organisation, 'ProcessInstance', String(item.ProcessInstanceId));
  const process = instance && processOf(access, instance);
  if (!item || !instance || !process) throw unknownReference();
  const position = Number(item.position) + 1;
  const isLast = actionType === 'Reject' || position === process.approvers.length;
  const submitterId = String(instance.SubmittedById);
  const ActorId = isLast ? null : approverOf(access, process, { position, submitterId, nextApproverIds });
  organisation.records.ProcessInstanceWorkitem = items.filter((other) => other !== item);
  if (isLast) {
    instance.Status = actionType === 'Reject' ? 'Rejected' : 'Approved';
    const target = rowOf(organisation, process.object, String(instance.TargetObjectId));
    Object.assign(target ?? {}, process.ends[instance.Status]);
  } else {
    const next = { ProcessInstanceId: instance.Id, ActorId, position };
    addRow(organisation, definition('ProcessInstanceWorkitem'), next);
  }
  return instance;
}

/** Returns whether the user may decide on a request. A request waits for one user, or for any member of a queue. */
function mayDecide({ organisation, userId }: Access, actorId: string): boolean {
  return groupsOf(organisation, userId).has(actorId);
}

interface NextStep {
  position: number;
  submitterId: string;
  nextApproverIds: string[] | undefined;
}

function approverOf(
  access: Access,
  process: ApprovalProcess,
  { position, submitterId, nextApproverIds }: NextStep,
): string {
  const [chosen] = nextApproverIds ?? [];
  if (chosen !== undefined) {
    const found = ['User', 'Group'].map((name) => rowOf(access.organisation, name, chosen)?.Id);
    const known = found.find((id) => id !== undefined);
    if (known === undefined) throw unknownReference();
    return known;
  }
  const approver = process.approvers[position] ?? '';
  if (approver !== MANAGER) return approver;
  const managerId = rowOf(access.organisation, 'User', submitterId)?.ManagerId;
  if (typeof managerId === 'string') return managerId;
  throw new SalesforceError(400, 'MANAGER_NOT_DEFINED', 'Manager undefined.');
}

const unknownReference = () =>
  new SalesforceError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);

function processOf({ organisation }: Access, instance: Row): ApprovalProcess | undefined {
  const name = rowOf(organisation, 'ProcessDefinition', String(instance.ProcessDefinitionId))?.Name;
  return approvalProcesses.find((process) => process.name === name);
}

function definition(name: string) {
  const found = objectNamed(name);
  if (!found) throw new Error(`The organisation has no object ${name}.`);
  return found;
}
