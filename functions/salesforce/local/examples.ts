import type { LocalExamples } from '../../../local/providers/local-provider.ts';

export const examples: LocalExamples = {
  salesforce_decide_approval: {
    work_item_id: '04iHB0000000001YAA',
    decision: 'approve',
    comment: 'Go ahead',
  },
  salesforce_list_related_records: {
    object: 'Account',
    record_id: '001HB0000000001YAA',
    relationship: 'Contacts',
    fields: ['Name', 'Email'],
  },
  salesforce_submit_for_approval: { record_id: 'a0LHB0000000002', comment: 'Please approve' },
};
