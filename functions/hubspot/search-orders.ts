import {
  boundInput,
  completeness,
  completenessOutput,
  defineTool,
  path,
  textInput,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { associatedRecords } from './shared/associated-records.ts';
import { recordIdOf, recordInput } from './shared/named-record.ts';
import { OrderOutput, OrdersResponse, orderProperties, toOrder } from './shared/order.ts';
import { inPeriod, ORDER_SORT } from './shared/order-filters.ts';
import { searchBody } from './shared/search.ts';

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_search_orders',
  effect: 'read',
  scopes: ['crm.objects.orders.read', 'crm.objects.contacts.read'],
  description:
    "Searches orders in HubSpot, newest by the shop's date first, with status and buyer. Filters apply together.",
  input: {
    query: textInput("Words of the order's name or external ID.", 200).optional(),
    fulfillment_status: textInput('The whole status, such as Packing.', 100).optional(),
    contact_id: recordInput('Buyer: e-mail address, name, link or ID of the contact.').optional(),
    since: boundInput('Ordered since this time, or day in UTC.').optional(),
    until: boundInput('Ordered before this time, or day in UTC.').optional(),
  },
  output: { total: z.int().describe('How many orders match.'), ...completenessOutput },
  list: { key: 'orders', item: OrderOutput, default: 20, maximum: 200 },
  examples: [
    {
      input: { since: '2026-03-01' },
      output: {
        orders: [
          {
            id: '512',
            name: 'Camping supplies',
            external_id: '90417',
            status: 'open',
            fulfillment_status: 'Packing',
            payment_status: 'paid',
            total: 129.9,
            currency: 'USD',
            ordered_at: '2026-03-02T09:30:17Z',
            buyer_id: '513',
            buyer_name: 'Ann Lee',
            buyer_email: 'ann@example.com',
            url: null,
          },
        ],
        total: 1,
        is_complete: true,
        missing: [],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ page, query, fulfillment_status, contact_id, since, until }, { api }) {
    const buyerId = contact_id && (await recordIdOf(api, 'contact', contact_id, 'contact_id'));
    const filters = [
      { propertyName: 'hs_fulfillment_status', operator: 'EQ', value: fulfillment_status },
      { propertyName: 'associations.contact', operator: 'EQ', value: buyerId },
    ] as const;
    const groups = inPeriod(filters, { since, until });
    // https://developers.hubspot.com/docs/guides/api/crm/objects/orders
    const { body } = await api.post(path`/crm/v3/objects/orders/search`, {
      json: searchBody({ query, groups, sort: ORDER_SORT, properties: orderProperties, page }),
      response: OrdersResponse,
    });
    const ids = body.results.map(({ id }) => id);
    const buyers = await associatedRecords(api, 'orders', ids, 'contact', 1);
    return {
      items: body.results.map((order) => toOrder(order, buyers.of(order.id)[0])),
      next: body.paging?.next?.after,
      total: body.total,
      ...completeness([buyers.missing]),
    };
  },
});

export const handler = createHandler(tool);
