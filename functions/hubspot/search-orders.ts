import { boundInput, completeness, defineTool, id, text, textInput, time } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { type AssociatedRecord, associatedRecords } from './shared/associated-records.ts';
import { numberProperty, textProperty, timeProperty } from './shared/crm-records.ts';
import { recordIdOf, recordInput } from './shared/named-record.ts';
import {
  filterTime,
  ONE_RECORD,
  recordResponse,
  type SearchFilter,
  searchContract,
  searchRecords,
} from './shared/search.ts';

// The time when the shop received the order. The time does not change when the order is imported into
// HubSpot.
const BY_SHOP = 'hs_external_created_date';
// The time when HubSpot created the record. Orders without a shop have no other date.
const BY_HUBSPOT = 'hs_createdate';

/** https://developers.hubspot.com/docs/guides/api/crm/objects/orders */
export const OrderResponse = recordResponse({
  hs_order_name: textProperty,
  hs_external_order_id: textProperty,
  hs_external_created_date: timeProperty,
  hs_external_order_status: textProperty,
  hs_fulfillment_status: textProperty,
  hs_payment_status: textProperty,
  hs_total_price: numberProperty,
  hs_currency_code: textProperty,
  hs_billing_address_name: textProperty,
  hs_billing_address_email: textProperty,
});

const OrderOutput = z.strictObject({
  id: id(),
  name: text(200).nullable(),
  external_id: text(100).nullable().describe("The shop's number."),
  status: text(100).nullable(),
  fulfillment_status: text(100).nullable(),
  payment_status: text(100).nullable(),
  total: z.number().nullable(),
  currency: text(10).nullable(),
  ordered_at: time().describe('By the shop; for other orders, when HubSpot got the record.'),
  buyer_id: id().nullable().describe('ID of the contact.'),
  buyer_name: text(200).nullable(),
  buyer_email: text(254).nullable(),
  url: text(300).nullable(),
});

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
  ...searchContract('orders', OrderOutput),
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
        ...ONE_RECORD,
      },
    },
  ],

  async run({ page, query, fulfillment_status, contact_id, since, until }, { api }) {
    const buyerId = contact_id && (await recordIdOf(api, 'contact', contact_id, 'contact_id'));
    const filters = [
      { propertyName: 'hs_fulfillment_status', operator: 'EQ', value: fulfillment_status },
      { propertyName: 'associations.contact', operator: 'EQ', value: buyerId },
    ] as const;
    // https://developers.hubspot.com/docs/guides/api/crm/objects/orders
    const { records, ...found } = await searchRecords(api, 'orders', OrderResponse, {
      query,
      groups: inPeriod(filters, since, until),
      // Newest first. Orders without a date from the shop come last.
      sort: { propertyName: BY_SHOP, direction: 'DESCENDING' },
      page,
    });
    const ids = records.map((record) => record.id);
    const buyers = await associatedRecords(api, 'orders', ids, 'contact', 1);
    return {
      items: records.map((order) => toOrder(order, buyers.of(order.id)[0])),
      ...found,
      ...completeness([buyers.missing]),
    };
  },
});

/** Adds a period to filters. The period applies to the shop's date, or to HubSpot's date if the shop sent no date. */
function inPeriod(filters: readonly SearchFilter[], since?: string, until?: string): SearchFilter[][] {
  if (since === undefined && until === undefined) return [[...filters]];
  const within = (propertyName: string): SearchFilter[] => [
    { propertyName, operator: 'GTE', value: filterTime(since) },
    { propertyName, operator: 'LT', value: filterTime(until) },
  ];
  return [
    [...filters, ...within(BY_SHOP)],
    [...filters, { propertyName: BY_SHOP, operator: 'NOT_HAS_PROPERTY' }, ...within(BY_HUBSPOT)],
  ];
}

function toOrder(
  { id: orderId, createdAt, url, properties }: z.output<typeof OrderResponse>,
  buyer: AssociatedRecord | undefined,
): z.input<typeof OrderOutput> {
  return {
    id: orderId,
    name: properties.hs_order_name,
    external_id: properties.hs_external_order_id,
    status: properties.hs_external_order_status,
    fulfillment_status: properties.hs_fulfillment_status,
    payment_status: properties.hs_payment_status,
    total: properties.hs_total_price,
    currency: properties.hs_currency_code,
    ordered_at: properties.hs_external_created_date ?? createdAt,
    buyer_id: buyer?.id ?? null,
    buyer_name: buyer?.name ?? properties.hs_billing_address_name,
    buyer_email: buyer?.email ?? properties.hs_billing_address_email,
    url: url ?? null,
  };
}

export const handler = createHandler(tool);
