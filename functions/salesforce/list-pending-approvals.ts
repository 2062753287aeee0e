import { completeness, completenessOutput, defineTool, id, text, time } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import { currentUserId } from './shared/current-user.ts';
import { withDecisionFacts } from './shared/decision-facts.ts';
import { memberships } from './shared/group-memberships.ts';
import { pendingApprovals } from './shared/pending-approvals.ts';
import { PAGE_SIZE_LEAST } from './shared/query-page.ts';

export const ApprovalOutput = z.strictObject({
  work_item_id: id(),
  record_id: id().nullable(),
  record_name: text(255).nullable(),
  record_type: text(80).nullable().describe('API name of its object.'),
  amounts: z
    .array(z.strictObject({ field: text(80), value: text(40) }))
    .describe('Amounts of money on the record.'),
  currency: text(10)
    .nullable()
    .describe('Null if the organisation has only one, which Salesforce does not name.'),
  process: text(255).nullable(),
  submitted_by: text(121).nullable(),
  waits_for: text(121).nullable().describe('The user, or a queue or group of theirs.'),
  waiting_since: time().nullable(),
  url: text(300).nullable(),
});

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_list_pending_approvals',
  effect: 'read',
  scopes: ['api', 'refresh_token'],
  description:
    'Lists the approval requests that wait for the Salesforce user, or a queue or group of theirs, newest first. salesforce_decide_approval decides them. Requests delegated to the user are not included.',
  list: { key: 'approvals', item: ApprovalOutput, default: 20, maximum: PAGE_SIZE_LEAST },
  output: completenessOutput,
  examples: [
    {
      input: {},
      output: {
        approvals: [
          {
            work_item_id: '04iD0000000Cw6SIAS',
            record_id: '006D000000I8mImIAJ',
            record_name: 'Acme renewal',
            record_type: 'Opportunity',
            amounts: [{ field: 'Amount', value: '48000' }],
            currency: 'EUR',
            process: 'Large deals',
            submitted_by: 'Grace Hopper',
            waits_for: 'Rosa Marin',
            waiting_since: '2026-03-02T09:30:17Z',
            url: 'https://example.my.salesforce.com/006D000000I8mImIAJ',
          },
        ],
        is_complete: true,
        missing: [],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ page }, { api }) {
    const groups = await memberships(api, await currentUserId(api));
    const { approvals, next, missing } = await pendingApprovals(api, groups.ids, page);
    const facts = await withDecisionFacts(api, approvals);
    return { items: facts.items, next, ...completeness([groups.missing, ...missing, ...facts.missing]) };
  },
});

export const handler = createHandler(tool);
