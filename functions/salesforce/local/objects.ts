import {
  externalId,
  field,
  type ObjectDefinition,
  object,
  picklist,
  reference,
  required,
} from './object-types.ts';

const owner = reference('OwnerId', 'Owner ID', ['User'], ['Owner', null], {
  nillable: false,
  defaultedOnCreate: true,
});
const inner = { createable: false, updateable: false };

/** The objects of Harbor Bikes, and Salesforce's standard objects for users, queues and approvals. */
export const definitions: readonly ObjectDefinition[] = [
  object('Account', 'Account', '001', [
    field('Name', 'Account Name', 'string', { ...required, nameField: true }),
    picklist('Type', 'Account Type', ['Customer', 'Supplier', 'Landlord', 'Accountant']),
    field('Phone', 'Account Phone', 'phone'),
    field('BillingCity', 'Billing City', 'string', { length: 40 }),
    field('BillingStreet', 'Billing Street', 'textarea', { length: 255 }),
    field('BillingAddress', 'Billing Address', 'address', inner),
    field('AnnualRevenue', 'Annual Revenue', 'currency'),
    field('Meter_Reading__c', 'Meter Reading', 'double'),
    field('Description', 'Account Description', 'textarea'),
    externalId('ERP_Id__c', 'ERP ID', { unique: true }),
    externalId('Legacy_Id__c', 'Legacy ID'),
    owner,
  ]),
  object('Contact', 'Contact', '003', [
    reference('AccountId', 'Account ID', ['Account'], ['Account', 'Contacts']),
    field('FirstName', 'First Name', 'string', { length: 40 }),
    field('LastName', 'Last Name', 'string', { ...required, length: 80 }),
    field('Name', 'Full Name', 'string', { ...inner, nameField: true }),
    field('Email', 'Email', 'email', { idLookup: true }),
    field('Phone', 'Business Phone', 'phone'),
    owner,
  ]),
  object('Opportunity', 'Opportunity', '006', [
    reference('AccountId', 'Account ID', ['Account'], ['Account', 'Opportunities']),
    field('Name', 'Name', 'string', { ...required, length: 120, nameField: true }),
    picklist('StageName', 'Stage', ['Prospecting', 'Proposal', 'Closed Won', 'Closed Lost']),
    field('Amount', 'Amount', 'currency'),
    field('CloseDate', 'Close Date', 'date', required),
    field('Discount__c', 'Discount %', 'double'),
    owner,
  ]),
  object('Case', 'Case', '500', [
    reference('AccountId', 'Account ID', ['Account'], ['Account', 'Cases']),
    field('CaseNumber', 'Case Number', 'string', { ...inner, idLookup: true, nameField: true }),
    field('Subject', 'Subject', 'string'),
    picklist('Status', 'Status', ['New', 'Working', 'Closed']),
    picklist('Status_Reason__c', 'Status Reason', ['Waiting for parts', 'Repaired', 'Refunded'], 'Status'),
    field('Refund__c', 'Refund', 'currency'),
    externalId('Ticket__c', 'Repair Ticket', { unique: true }),
    owner,
  ]),
  object('Bike_Lease__c', 'Bike Lease', 'a0L', [
    field('Name', 'Lease Number', 'string', {
      ...inner,
      nillable: false,
      defaultedOnCreate: true,
      nameField: true,
    }),
    externalId('Contract_Id__c', 'Contract ID', { unique: true }),
    reference('Account__c', 'Account', ['Account'], ['Account__r', 'Bike_Leases__r'], required),
    field('Bikes__c', 'Bikes', 'double', required),
    field('Start__c', 'Start', 'date'),
    field('Monthly_Rate__c', 'Monthly Rate', 'currency'),
    field('Child_Seats__c', 'With Child Seats', 'boolean', { nillable: false, defaultedOnCreate: true }),
    picklist('Status__c', 'Status', ['Draft', 'Approved', 'Rejected']),
    owner,
  ]),
  object('Repair_Ticket__c', 'Repair Ticket', 'a0R', [
    field('Name', 'Ticket', 'string', { ...required, length: 80, nameField: true }),
    reference('Account__c', 'Account', ['Account'], ['Account__r', 'Repair_Tickets__r']),
    picklist('Status__c', 'Status', ['Open', 'Ready', 'Collected']),
    field('Promised__c', 'Promised', 'date'),
    owner,
  ]),
  object('User', 'User', '005', [
    field('Name', 'Full Name', 'string', { ...inner, nameField: true }),
    field('IsActive', 'Active', 'boolean', { nillable: false, defaultedOnCreate: true }),
    reference('UserRoleId', 'Role ID', ['UserRole'], ['UserRole', null]),
    field('TimeZoneSidKey', 'Time Zone', 'picklist'),
    field('Username', 'Username', 'string', { idLookup: true }),
    field('Email', 'Email', 'email', { idLookup: true }),
    field('Title', 'Title', 'string'),
    field('Department', 'Department', 'string'),
    reference('ManagerId', 'Manager ID', ['User'], ['Manager', null]),
  ]),
  object('Group', 'Group', '00G', [
    field('Name', 'Name', 'string', required),
    picklist('Type', 'Type', ['Queue', 'Regular', 'Role', 'RoleAndSubordinates', 'Organization']),
    reference('RelatedId', 'Related ID', ['UserRole'], ['Related', null]),
  ]),
  object('UserRole', 'Role', '00E', [
    field('Name', 'Name', 'string', required),
    reference('ParentRoleId', 'Parent Role ID', ['UserRole'], [null, null]),
  ]),
  object('GroupMember', 'Group Member', '011', [
    reference('GroupId', 'Group ID', ['Group'], ['Group', 'GroupMembers']),
    reference('UserOrGroupId', 'User/Group ID', ['Group', 'User'], ['UserOrGroup', null]),
  ]),
  object('ProcessDefinition', 'Process Definition', '04a', [field('Name', 'Name', 'string', inner)]),
  object('ProcessInstance', 'Process Instance', '04g', [
    reference(
      'ProcessDefinitionId',
      'Process Definition ID',
      ['ProcessDefinition'],
      ['ProcessDefinition', null],
      inner,
    ),
    reference(
      'TargetObjectId',
      'Target Object ID',
      ['Bike_Lease__c', 'Case', 'Opportunity'],
      ['TargetObject', 'ProcessInstances'],
      inner,
    ),
    reference('SubmittedById', 'Submitted By ID', ['User'], ['SubmittedBy', null], inner),
    field('Status', 'Status', 'picklist', inner),
  ]),
  object('ProcessInstanceWorkitem', 'Approval Request', '04i', [
    reference(
      'ProcessInstanceId',
      'Process Instance ID',
      ['ProcessInstance'],
      ['ProcessInstance', 'Workitems'],
      inner,
    ),
    reference('ActorId', 'Assigned To ID', ['Group', 'User'], ['Actor', null], inner),
  ]),
  object('ApprovalSubmission', 'Approval Submission', '0aF', [
    field('Name', 'Approval Submission Name', 'string', inner),
    field('Status', 'Status', 'picklist', inner),
    reference('SubmittedById', 'User ID', ['User'], ['SubmittedBy', null], inner),
  ]),
  object('ApprovalWorkItem', 'Approval Work Item', '0aG', [
    field('Name', 'Approval Work Item Name', 'string', inner),
    field('Status', 'Status', 'picklist', inner),
    field('RelatedRecordId', 'Related Record ID', 'reference', inner),
    field('RelatedRecordObjectName', 'Related Record Object Name', 'string', inner),
    field('ApprovalConditionName', 'Approval Condition Name', 'string', inner),
    field('Comments', 'Comments', 'textarea', inner),
    reference('AssignedToId', 'Assigned To ID', ['Group', 'User'], ['AssignedTo', null], inner),
    reference('ReviewedById', 'User ID', ['User'], ['ReviewedBy', null], inner),
    reference(
      'ApprovalSubmissionId',
      'Approval Submission ID',
      ['ApprovalSubmission'],
      ['ApprovalSubmission', null],
      inner,
    ),
  ]),
];

// In Salesforce, the Account object has many relationships that an organisation does not use.
const UNUSED_CHILDREN = [
  'AccountContactRole',
  'AccountHistory',
  'AccountPartner',
  'AccountShare',
  'AccountTeamMember',
  'ActivityHistory',
  'AIInsightValue',
  'AIRecordInsight',
  'Asset',
  'AssociatedLocation',
  'AttachedContentDocument',
  'Attachment',
  'CollaborationGroupRecord',
  'CombinedAttachment',
  'ConsumptionSchedule',
  'ContactPointAddress',
  'ContactPointEmail',
  'ContactPointPhone',
  'ContentDocumentLink',
  'Contract',
  'CreditMemo',
  'DuplicateRecordItem',
  'EmailMessage',
  'Entitlement',
  'Event',
  'FeedItem',
  'Invoice',
  'Lead',
  'MessagingSession',
  'Note',
  'OpenActivity',
  'Order',
  'Payment',
  'ProcessException',
  'ReturnOrder',
  'Task',
  'TopicAssignment',
  'WorkOrder',
];

/** Returns those child relationships of an object for which the emulator has no records. */
export function unusedChildrenOf({ name }: ObjectDefinition) {
  if (name !== 'Account') return [];
  return UNUSED_CHILDREN.map((child) => ({
    childSObject: child,
    field: 'AccountId',
    relationshipName: `${child}s`,
  }));
}

const byName = new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));

/** Returns the object with an API name, ignoring case. */
export function objectNamed(name: string): ObjectDefinition | undefined {
  return byName.get(name.toLowerCase());
}

/** Returns the object of a record. The first three characters of a record ID belong to the object. */
export function objectOfId(id: string): ObjectDefinition | undefined {
  return definitions.find(({ keyPrefix }) => id.startsWith(keyPrefix));
}

/** Returns the fields of other objects that refer to this object. */
export function childFieldsOf({ name }: ObjectDefinition) {
  return definitions.flatMap((child) =>
    child.fields
      .filter(
        ({ referenceTo, childRelationshipName }) =>
          childRelationshipName !== null && referenceTo.includes(name),
      )
      .map((field) => ({ child, field })),
  );
}
