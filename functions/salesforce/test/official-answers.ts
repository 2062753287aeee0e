import type { Script } from '../../../local/testing/scripted-provider.ts';
import type { OfficialAnswers } from '../../../test/support/official-answers.ts';
import { submitted } from './approval-answers.ts';
import {
  attributes,
  documentedAccount,
  documentedContacts,
  documentedDescription,
  documentedPage,
  documentedResources,
  documentedUpsert,
  documentedUser,
} from './documented.ts';

const account = { object: 'Account', external_id_field: 'ERP_Id__c', external_id: 'C-1042' };

// Salesforce's documentation has no example of these records. They have the fields that the tool requests, in the
// format of other examples.
const membership = {
  attributes: attributes('GroupMember', '011D000000DfTq1IAF'),
  GroupId: '00GD0000001kXhpMAE',
};
const workItem = {
  attributes: attributes('ProcessInstanceWorkitem', '04iD0000000Cw6SIAS'),
  Id: '04iD0000000Cw6SIAS',
  CreatedDate: '2026-03-02T09:30:17.000+0000',
  Actor: { attributes: attributes('User', '005D0000001GLohIAG'), Name: 'Ada Lovelace' },
  ProcessInstance: {
    attributes: attributes('ProcessInstance', '04gD0000000Cvm5IAC'),
    TargetObjectId: '001D000000I8mImIAJ',
    TargetObject: { attributes: attributes('Account', '001D000000I8mImIAJ'), Name: 'Acme', Type: 'Account' },
    SubmittedBy: { attributes: attributes('User', '005D00000015rZyIAI'), Name: 'Grace Hopper' },
    ProcessDefinition: {
      attributes: attributes('ProcessDefinition', '04aD00000008Py9IAE'),
      Name: 'Account Approval Process',
    },
  },
};

const always =
  (body: unknown): Script =>
  () => ({ body });

const described =
  (body: unknown): Script =>
  ({ url = '' }) => ({ body: url.endsWith('/describe') ? documentedDescription : body });

export const officialAnswers: OfficialAnswers = {
  salesforce_decide_approval: {
    input: { work_item_id: '04iD0000000Cw6SIAS', decision: 'approve', comment: 'Go ahead' },
    script: always([submitted]),
  },
  salesforce_describe_fields: { input: { object: 'Account' }, script: always(documentedDescription) },
  salesforce_get_by_external_id: {
    input: { ...account, fields: ['Name'] },
    script: described(documentedAccount),
  },
  salesforce_get_current_user: {
    input: {},
    script: ({ url }) => ({ body: url === '/' ? documentedResources : documentedUser }),
  },
  salesforce_list_pending_approvals: {
    input: {},
    script: ({ url = '' }) => {
      if (url === '/') return { body: documentedResources };
      if (url.endsWith('/describe')) return { body: documentedDescription };
      if (url.includes('ProcessInstanceWorkitem')) return { body: documentedPage(workItem) };
      if (url.includes('FROM+GroupMember')) return { body: documentedPage(membership) };
      return { body: { totalSize: 0, done: true, records: [] } };
    },
  },
  salesforce_list_related_records: {
    input: { object: 'Account', record_id: documentedAccount.Id, relationship: 'Contacts', fields: ['Name'] },
    script: described(documentedContacts),
  },
  salesforce_submit_for_approval: {
    input: { record_id: '001D000000I8mIm', comment: 'Please approve', next_approver_id: '005D00000015rY9' },
    script: always([submitted]),
  },
  salesforce_upsert_by_external_id: {
    input: {
      ...account,
      fields: [
        { name: 'Name', value: 'California Wheat Corporation' },
        { name: 'Type', value: 'New Customer' },
      ],
    },
    script: ({ url = '' }) =>
      url.endsWith('/describe') ? { body: documentedDescription } : { status: 201, body: documentedUpsert },
  },
};
