import { boundInput, defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { Order, OrdersAnswer, orderOf, orderProperties } from './shared/order.ts';
import { recordId } from './shared/record-id.ts';
import { filterTime, searchBody } from './shared/search.ts';

const ORDER = {
  id: '512',
  name: 'Camping supplies',
  external_id: '88317',
  fulfillment_status: 'Packing',
  total: 129.9,
  currency: 'USD',
  created_at: '2026-03-02T09:30:17Z',
  url: null,
};

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_search_orders',
  effect: 'read',
  scopes: ['crm.objects.orders.read'],
  description: 'Searches orders in HubSpot, newest first; filters apply together.',
  input: {
    query: z.string().min(1).max(200).optional().describe('Words of the name or external ID.'),
    fulfillment_status: z.string().min(1).max(100).optional().describe('The whole status: Packing.'),
    contact_id: recordId.optional().describe('ID of who ordered: 9001.'),
    created_from: boundInput('Created since: 2026-11-01.').optional(),
  },
  output: { total: z.int().describe('How many orders match.') },
  list: { key: 'orders', item: Order, default: 20, maximum: 200 },
  examples: [
    {
      input: { fulfillment_status: 'Packing' },
      output: { orders: [ORDER], total: 1, count: 1, next_cursor: null, omitted: 0 },
    },
  ],

  async run({ page, query, fulfillment_status, contact_id, created_from }, { api }) {
    const filters = [
      { propertyName: 'hs_fulfillment_status', operator: 'EQ', value: fulfillment_status },
      { propertyName: 'associations.contact', operator: 'EQ', value: contact_id },
      { propertyName: 'hs_createdate', operator: 'GTE', value: filterTime(created_from) },
    ] as const;
    const sort = { propertyName: 'hs_createdate', direction: 'DESCENDING' } as const;
    // https://developers.hubspot.com/docs/guides/api/crm/objects/orders
    const { body } = await api.post(path`/crm/v3/objects/orders/search`, {
      json: searchBody({ query, groups: [filters], sort, properties: orderProperties, page }),
      response: OrdersAnswer,
    });
    return { items: body.results.map(orderOf), next: body.paging?.next?.after, total: body.total };
  },
});

export const handler = createHandler(tool);
