import type { Row, Value } from './organisation.ts';
import { adaUser, graceUser, salesApprovers } from './seed-people.ts';

export interface ApprovalProcess {
  developerName: string;
  name: string;
  object: string;
  takes(row: Row): boolean;
  /** The approvers, first to last: a user, a queue, or the submitter's manager. */
  approvers: readonly string[];
  /** The field values that the process sets on the record, by final status. */
  ends: Readonly<Record<string, Record<string, Value>>>;
}

export const MANAGER = 'manager';

/** The approval processes of Harbor Bikes. */
export const approvalProcesses: readonly ApprovalProcess[] = [
  {
    developerName: 'Fleet_Lease',
    name: 'Fleet lease: workshop hours, then the owner',
    object: 'Bike_Lease__c',
    takes: ({ Bikes__c, Status__c }) => Number(Bikes__c) >= 10 && Status__c === 'Draft',
    approvers: [graceUser.Id, adaUser.Id],
    ends: { Approved: { Status__c: 'Approved' }, Rejected: { Status__c: 'Rejected' } },
  },
  {
    developerName: 'Discount',
    name: 'Discount above 10 %',
    object: 'Opportunity',
    takes: ({ Discount__c }) => Number(Discount__c) > 10,
    approvers: [salesApprovers.Id],
    ends: { Approved: {}, Rejected: { Discount__c: 10 } },
  },
  {
    developerName: 'Refund',
    name: 'Refund',
    object: 'Case',
    takes: ({ Refund__c }) => Number(Refund__c) > 0,
    approvers: [MANAGER],
    ends: { Approved: { Status: 'Closed' }, Rejected: { Refund__c: 0 } },
  },
];
