import type { LocalExamples } from '../../../local/providers/local-provider.ts';

export const examples: LocalExamples = {
  salesforce_decide_approval: {
    work_item_id: '04iHB0000000001YAA',
    decision: 'approve',
    comment: 'Go ahead',
  },
  salesforce_describe_fields: { object: 'Bike_Lease__c', search: 'account' },
  salesforce_get_by_external_id: {
    object: 'Account',
    external_id_field: 'ERP_Id__c',
    external_id: 'C-1042',
    fields: ['Name', 'Owner.Name'],
  },
  salesforce_list_related_records: {
    object: 'Account',
    record_id: 'City Ferries',
    relationship: 'Contacts',
    fields: ['Name', 'Email'],
  },
  salesforce_submit_for_approval: { record_id: 'a0LHB0000000002', comment: 'Please approve' },
  salesforce_upsert_by_external_id: {
    object: 'Account',
    external_id_field: 'ERP_Id__c',
    external_id: 'C-1042',
    fields: [{ name: 'Phone', value: '+49 40 5550 121' }],
  },
};
