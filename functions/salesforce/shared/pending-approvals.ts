import { id, type ProviderClient, path, providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ifVisible, queryPage } from './query-page.ts';
import { clause, soql, syntax } from './soql.ts';

const Named = z.object({ Name: z.string().nullish() }).nullish();

/**
 * A request of a classic approval process. A value or an inner object is null if the account cannot see it.
 */
const WorkItemResponse = z.object({
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

/** A request of an approval flow. */
const FlowWorkItemResponse = z.object({
  Id: id(),
  CreatedDate: providerTime().nullish(),
  AssignedTo: Named,
  RelatedRecordId: id().nullish(),
  RelatedRecordObjectName: z.string().nullish(),
  ApprovalConditionName: z.string().nullish(),
  ApprovalSubmission: z.object({ SubmittedBy: Named }).nullish(),
});

/** A request of either kind. A value is null if the account cannot see it. */
interface Approval {
  work_item_id: string;
  record_id: string | null;
  record_name: string | null;
  record_type: string | null;
  process: string | null;
  submitted_by: string | null;
  waits_for: string | null;
  waiting_since: string | null;
}

/** The last request of one kind on the previous page. */
interface Position {
  at: string;
  id: string;
}

interface Found {
  approvals: Approval[];
  isUnavailable: boolean;
}

// A cursor contains one position for each kind of request. `NOWHERE` stands for the position of a kind of
// which no request was returned yet.
const WorkItemsResponse = queryPage(WorkItemResponse);
const FlowWorkItemsResponse = queryPage(FlowWorkItemResponse);
const NOWHERE = '-';

/**
 * Returns one page of both kinds of requests, newest first.
 * @param approverIds the users, queues and groups that may decide the requests
 * @param cursor the cursor that the previous page returned
 */
export async function pendingApprovals(
  api: ProviderClient,
  approverIds: readonly string[],
  { size, cursor = '' }: { size: number; cursor: string | undefined },
): Promise<{ approvals: Approval[]; next: string | undefined; missing: (string | false)[] }> {
  const [classicPosition, flowPosition] = cursor.split(' ').map(positionIn);
  const [classic, flow] = await Promise.all([
    classicApprovals(api, approverIds, size, classicPosition),
    flowApprovals(api, approverIds, size, flowPosition),
  ]);
  const all = [...classic.approvals, ...flow.approvals].sort(newestFirst);
  const approvals = all.slice(0, size);
  const ends = [classic, flow].map(({ approvals: ofKind }, index) => {
    const last = ofKind.findLast((approval) => approvals.includes(approval));
    const before = [classicPosition, flowPosition][index];
    return last?.waiting_since ? `${last.waiting_since},${last.work_item_id}` : positionText(before);
  });
  return {
    approvals,
    next: all.length > size ? ends.join(' ') : undefined,
    missing: [
      classic.isUnavailable &&
        'Requests of classic approval processes: the account cannot read ProcessInstanceWorkitem.',
      flow.isUnavailable &&
        'Approvals of flows: the organisation has no ApprovalWorkItem, or the account cannot read it.',
    ],
  };
}

/** Sorts newest first. Requests with the same time keep their order: the caller passes the classic requests first. */
function newestFirst(one: Approval, other: Approval): number {
  return (other.waiting_since ?? '').localeCompare(one.waiting_since ?? '');
}

async function classicApprovals(
  api: ProviderClient,
  approverIds: readonly string[],
  size: number,
  after: Position | undefined,
): Promise<Found> {
  // Some licences of external users do not include this object.
  const answer = await ifVisible(
    // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_processinstanceworkitem.htm
    api.get(path`/query`, {
      query: {
        q: soql`SELECT Id, CreatedDate, Actor.Name, ProcessInstance.TargetObjectId, ProcessInstance.TargetObject.Name, ProcessInstance.TargetObject.Type, ProcessInstance.SubmittedBy.Name, ProcessInstance.ProcessDefinition.Name FROM ProcessInstanceWorkitem WHERE ActorId IN ${approverIds} ${pageOf(size, after)}`,
      },
      response: WorkItemsResponse,
    }),
  );
  return { isUnavailable: !answer, approvals: answer?.body.records.map(toApproval) ?? [] };
}

async function flowApprovals(
  api: ProviderClient,
  approverIds: readonly string[],
  size: number,
  after: Position | undefined,
): Promise<Found> {
  // Older API versions and some organisations do not have this object, or one of its fields.
  const answer = await ifVisible(
    // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_approvalworkitem.htm
    api.get(path`/query`, {
      query: {
        q: soql`SELECT Id, CreatedDate, AssignedTo.Name, RelatedRecordId, RelatedRecordObjectName, ApprovalConditionName, ApprovalSubmission.SubmittedBy.Name FROM ApprovalWorkItem WHERE Status = 'Assigned' AND AssignedToId IN ${approverIds} ${pageOf(size, after)}`,
      },
      response: FlowWorkItemsResponse,
    }),
  );
  return { isUnavailable: !answer, approvals: answer?.body.records.map(toFlowApproval) ?? [] };
}

/**
 * Returns the end of a query for one page: the requests after a position, newest first. The query asks for one request
 * more than the page size, which shows whether there is another page.
 */
function pageOf(size: number, after: Position | undefined) {
  const rest =
    after &&
    soql`AND (CreatedDate < ${syntax(after.at)} OR (CreatedDate = ${syntax(after.at)} AND Id < ${after.id})) `;
  return clause(`${rest ?? ''}ORDER BY CreatedDate DESC, Id DESC LIMIT ${size + 1}`);
}

function positionIn(textOfKind: string): Position | undefined {
  const [at = '', positionId = ''] = textOfKind.split(',');
  return positionId === '' ? undefined : { at, id: positionId };
}

function positionText(position: Position | undefined): string {
  return position ? `${position.at},${position.id}` : NOWHERE;
}

function toApproval(item: z.output<typeof WorkItemResponse>): Approval {
  const { Id, CreatedDate, Actor, ProcessInstance } = item;
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

function toFlowApproval(item: z.output<typeof FlowWorkItemResponse>): Approval {
  return {
    work_item_id: item.Id,
    record_id: item.RelatedRecordId ?? null,
    record_name: null,
    record_type: item.RelatedRecordObjectName ?? null,
    process: item.ApprovalConditionName ?? null,
    submitted_by: item.ApprovalSubmission?.SubmittedBy?.Name ?? null,
    waits_for: item.AssignedTo?.Name ?? null,
    waiting_since: item.CreatedDate ?? null,
  };
}
