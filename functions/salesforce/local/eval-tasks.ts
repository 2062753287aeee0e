import * as z from 'zod';
import { type EvalRun, type EvalTask, says, WRITES_FAULT } from '../../../local/eval/eval-task.ts';

const Records = z.object({ records: z.array(z.record(z.string(), z.unknown())) });

async function query(soql: string, provider: EvalRun['provider']) {
  return Records.parse(await provider('salesforce', `/query?q=${encodeURIComponent(soql)}`)).records;
}

/** Returns the monthly rate of each lease, by contract ID. */
async function ratesByContract(provider: EvalRun['provider']) {
  const leases = await query('SELECT Contract_Id__c, Monthly_Rate__c FROM Bike_Lease__c', provider);
  return new Map(leases.map(({ Contract_Id__c, Monthly_Rate__c }) => [Contract_Id__c, Monthly_Rate__c]));
}

export const tasks: EvalTask[] = [
  {
    name: 'salesforce_approve_smallest',
    prompt:
      'Approve the request in Salesforce that waits for me and is about the smallest amount, with the comment “fine”. Leave the others.',
    writes: ['salesforce_decide_approval'],
    async grade({ provider }) {
      const cases = await query("SELECT Status FROM Case WHERE CaseNumber = '00001026'", provider);
      return { 'the refund is approved': cases[0]?.Status === 'Closed' };
    },
    right: {
      calls: [
        { tool: 'salesforce_list_pending_approvals', input: {} },
        {
          tool: 'salesforce_decide_approval',
          input: { work_item_id: '{{0.approvals.1.work_item_id}}', decision: 'approve', comment: 'fine' },
        },
      ],
      answer: 'Case {{0.approvals.1.record_name}} is approved.',
    },
    wrong: {
      // This agent compares only the deals, and overlooks the smaller refund.
      calls: [
        { tool: 'salesforce_list_pending_approvals', input: {} },
        {
          tool: 'salesforce_decide_approval',
          input: { work_item_id: '{{0.approvals.2.work_item_id}}', decision: 'approve', comment: 'fine' },
        },
      ],
      answer: '{{0.approvals.2.record_name}} is approved.',
      faults: ['the refund is approved'],
    },
  },
  {
    name: 'salesforce_read_opportunity',
    prompt: 'How much is the opportunity of City Ferries in Salesforce worth, and in which stage is it?',
    grade: ({ answer }) => ({ 'gives amount and stage': says(answer, '10080', 'Proposal') }),
    right: {
      calls: [
        {
          tool: 'salesforce_list_related_records',
          input: {
            object: 'Account',
            record_id: 'City Ferries',
            relationship: 'Opportunities',
            fields: ['Name', 'Amount', 'StageName'],
          },
        },
      ],
      answer: '{{0.records.0.fields.1.value}}, in the stage {{0.records.0.fields.2.value}}.',
    },
    wrong: {
      // This agent reads the deal in HubSpot instead of the opportunity in Salesforce.
      calls: [
        { tool: 'hubspot_get_contact_timeline', input: { deal_id: 'City Ferries: 12 bikes on lease' } },
      ],
      answer: '14,400 EUR, in the stage Offer sent.',
      faults: ['gives amount and stage'],
    },
  },
  {
    name: 'salesforce_change_rate',
    prompt:
      'Set the monthly rate of the lease with the contract ID BF-2027-01 in Salesforce to 130. Its object is Bike_Lease__c.',
    writes: ['salesforce_upsert_by_external_id'],
    async grade({ provider }) {
      const rates = await ratesByContract(provider);
      return {
        'the rate is set': rates.get('BF-2027-01') === 130,
        'the other leases are unchanged':
          rates.size === 3 && rates.get('CF-2027-01') === 840 && rates.get('GC-2027-01') === 650,
      };
    },
    right: {
      calls: [
        { tool: 'salesforce_describe_fields', input: { object: 'Bike_Lease__c' } },
        {
          tool: 'salesforce_upsert_by_external_id',
          input: {
            object: 'Bike_Lease__c',
            external_id_field: '{{0.fields.2.name}}',
            external_id: 'BF-2027-01',
            fields: [{ name: '{{0.fields.6.name}}', value: '130' }],
          },
        },
      ],
      answer: 'The rate is 130 now: {{1.url}}',
    },
    wrong: {
      // This agent mistypes the ID, which creates a new lease.
      calls: [
        {
          tool: 'salesforce_get_by_external_id',
          input: {
            object: 'Bike_Lease__c',
            external_id_field: 'Contract_Id__c',
            external_id: 'BF-2027-01',
            fields: ['Account__c', 'Bikes__c'],
          },
        },
        {
          tool: 'salesforce_upsert_by_external_id',
          input: {
            object: 'Bike_Lease__c',
            external_id_field: 'Contract_Id__c',
            external_id: 'BF-2027-1',
            fields: [
              { name: 'Account__c', value: '{{0.fields.0.value}}' },
              { name: 'Bikes__c', value: '{{0.fields.1.value}}' },
              { name: 'Monthly_Rate__c', value: '130' },
            ],
          },
        },
      ],
      answer: 'The rate is 130 now: {{1.url}}',
      faults: ['the rate is set', 'the other leases are unchanged'],
    },
  },
  {
    name: 'salesforce_submit_lease',
    prompt: 'Submit the bike lease BL-0002 in Salesforce for approval.',
    writes: ['salesforce_submit_for_approval'],
    async grade({ provider }) {
      const soql = "SELECT TargetObject.Name FROM ProcessInstance WHERE Status = 'Pending'";
      const targets = z.array(z.object({ TargetObject: z.object({ Name: z.string() }) }));
      const pending = targets.parse(await query(soql, provider));
      return {
        'the lease waits for approval': pending.some(({ TargetObject }) => TargetObject.Name === 'BL-0002'),
      };
    },
    right: {
      calls: [
        { tool: 'salesforce_submit_for_approval', input: { record_id: 'BL-0002', object: 'Bike_Lease__c' } },
      ],
      answer: 'It is {{0.status}}.',
    },
    wrong: {
      // This agent reports success although the call failed.
      calls: [
        { tool: 'salesforce_submit_for_approval', input: { record_id: 'BL-0002', object: 'Opportunity' } },
      ],
      answer: 'The lease is submitted.',
      faults: [WRITES_FAULT, 'the lease waits for approval'],
    },
  },
];
