import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { Deal, DealsAnswer, dealOf, dealProperties, PipelinesAnswer } from './shared/deal.ts';
import { idleDealSearch } from './shared/idle-deal-search.ts';
import { recordId } from './shared/record-id.ts';
import { searchBody } from './shared/search.ts';

const DEAL = {
  id: '512',
  name: 'New deal',
  stage: 'Appointment scheduled',
  amount: 1500,
  currency: 'USD',
  owner_id: '1234567',
  last_activity_at: '2026-09-30T09:30:17Z',
  next_activity_at: null,
  url: null,
};

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_list_stale_deals',
  effect: 'read',
  scopes: ['crm.objects.deals.read'],
  description: 'Lists open deals in HubSpot without activity for some days, the longest idle first.',
  input: {
    idle_days: z.int().min(1).max(3_650).describe('Such as 30.'),
    owner_id: recordId.optional().describe('Of this owner: 1234567.'),
  },
  output: { total: z.int().describe('How many deals match.') },
  list: { key: 'deals', item: Deal, default: 20, maximum: 200 },
  examples: [
    {
      input: { idle_days: 30 },
      output: { deals: [DEAL], total: 1, count: 1, next_cursor: null, omitted: 0 },
    },
  ],

  async run({ page, idle_days, owner_id }, { api }) {
    const [{ body }, { body: pipelines }] = await Promise.all([
      // https://developers.hubspot.com/docs/guides/api/crm/objects/deals
      api.post(path`/crm/v3/objects/deals/search`, {
        json: searchBody({ ...idleDealSearch(idle_days, owner_id), properties: dealProperties, page }),
        response: DealsAnswer,
      }),
      // https://developers.hubspot.com/docs/guides/api/crm/pipelines
      api.get(path`/crm/v3/pipelines/deals`, { response: PipelinesAnswer }),
    ]);
    const items = body.results.map((record) => dealOf(record, pipelines));
    return { items, next: body.paging?.next?.after, total: body.total };
  },
});

export const handler = createHandler(tool);
