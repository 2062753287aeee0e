import { approvalProcesses } from './approval-processes.ts';
import { type Organisation, type Row, recordIdOf } from './organisation.ts';
import { adaUser, graceUser, jonasUser, people, salesApprovers } from './seed-people.ts';
import { records } from './seed-records.ts';

const times = (day: string) => ({
  CreatedDate: `${day}T08:30:00.000+0000`,
  LastModifiedDate: `${day}T08:30:00.000+0000`,
});

/** What waits for a decision: the refund for ticket 5120, the discount for the repair day, and the ferries' lease. */
const pending = [
  { process: 'Refund', target: records.Case[0], submitter: graceUser, approver: adaUser, day: '2026-11-18' },
  {
    process: 'Discount',
    target: records.Opportunity[0],
    submitter: jonasUser,
    approver: salesApprovers,
    day: '2026-11-19',
  },
  {
    process: 'Fleet_Lease',
    target: records.Bike_Lease__c[0],
    submitter: adaUser,
    approver: graceUser,
    day: '2026-11-20',
  },
];

const definitions: Row[] = approvalProcesses.map(({ name }, index) => ({
  Id: recordIdOf('04a', index + 1),
  Name: name,
  ...times('2025-02-03'),
}));

const instances: Row[] = pending.map(({ process, target, submitter, day }, index) => ({
  Id: recordIdOf('04g', index + 1),
  ProcessDefinitionId:
    definitions[approvalProcesses.findIndex(({ developerName }) => developerName === process)]?.Id ?? null,
  TargetObjectId: target?.Id ?? null,
  SubmittedById: submitter.Id,
  Status: 'Pending',
  ...times(day),
}));

const workItems: Row[] = pending.map(({ approver, day }, index) => ({
  Id: recordIdOf('04i', index + 1),
  ProcessInstanceId: instances[index]?.Id ?? null,
  ActorId: approver.Id,
  position: 0,
  ...times(day),
}));

/** A fresh organisation of Harbor Bikes. */
export function seed(): Organisation {
  return structuredClone({
    records: {
      ...people,
      ...records,
      ProcessDefinition: definitions,
      ProcessInstance: instances,
      ProcessInstanceWorkitem: workItems,
    },
    queries: {},
    made: 0,
  });
}
