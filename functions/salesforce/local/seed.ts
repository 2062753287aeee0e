import { dayAt } from '../../../local/providers/story-time.ts';
import { approvalProcesses } from './approval-processes.ts';
import { type Organisation, type Row, recordIdOf } from './organisation.ts';
import { adaUser, graceUser, jonasUser, people, salesApprovers } from './seed-people.ts';
import { records } from './seed-records.ts';

const times = (on: string) => ({
  CreatedDate: `${on}T08:30:00.000+0000`,
  LastModifiedDate: `${on}T08:30:00.000+0000`,
});

/**
 * The requests that wait for a decision: the refund for ticket 5120, the discount for the repair day, and City Ferries'
 * lease.
 */
const pending = [
  { process: 'Refund', target: records.Case[0], submitter: graceUser, approver: adaUser, on: dayAt(-2) },
  {
    process: 'Discount',
    target: records.Opportunity[0],
    submitter: jonasUser,
    approver: salesApprovers,
    on: dayAt(-3),
  },
  {
    process: 'Fleet_Lease',
    target: records.Bike_Lease__c[0],
    submitter: adaUser,
    approver: graceUser,
    on: dayAt(-2),
  },
];

const definitions: Row[] = approvalProcesses.map(({ name }, index) => ({
  Id: recordIdOf('04a', index + 1),
  Name: name,
  ...times(dayAt(-656)),
}));

const instances: Row[] = pending.map(({ process, target, submitter, on }, index) => ({
  Id: recordIdOf('04g', index + 1),
  ProcessDefinitionId:
    definitions[approvalProcesses.findIndex(({ developerName }) => developerName === process)]?.Id ?? null,
  TargetObjectId: target?.Id ?? null,
  SubmittedById: submitter.Id,
  Status: 'Pending',
  ...times(on),
}));

const workItems: Row[] = pending.map(({ approver, on }, index) => ({
  Id: recordIdOf('04i', index + 1),
  ProcessInstanceId: instances[index]?.Id ?? null,
  ActorId: approver.Id,
  position: 0,
  ...times(on),
}));

/** An approval flow asks the owner to approve the larger deal. */
const submissions: Row[] = [
  {
    Id: recordIdOf('0aF', 1),
    Name: 'AS-000001',
    Status: 'InProgress',
    SubmittedById: jonasUser.Id,
    ...times(dayAt(-1)),
  },
];
const flowItems: Row[] = [
  {
    Id: recordIdOf('0aG', 1),
    Name: 'AWI-000001',
    Status: 'Assigned',
    RelatedRecordId: records.Opportunity[1]?.Id ?? null,
    RelatedRecordObjectName: 'Opportunity',
    ApprovalConditionName: 'Deals above 10,000',
    AssignedToId: adaUser.Id,
    ReviewedById: null,
    ApprovalSubmissionId: submissions[0]?.Id ?? null,
    ...times(dayAt(-1)),
  },
];

/** Returns the initial data of Harbor Bikes' organisation. */
export function seed(): Organisation {
  return structuredClone({
    records: {
      ...people,
      ...records,
      ProcessDefinition: definitions,
      ProcessInstance: instances,
      ProcessInstanceWorkitem: workItems,
      ApprovalSubmission: submissions,
      ApprovalWorkItem: flowItems,
    },
    queries: {},
    made: 0,
  });
}
