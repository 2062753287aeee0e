import { id, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import type { AssociatedRecord } from './associated-records.ts';
import { numberProperty, textProperty, timeProperty } from './property.ts';
import { searchResponse } from './search.ts';

/** https://developers.hubspot.com/docs/guides/api/crm/objects/orders */
export const orderProperties = {
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
};

export const OrdersResponse = searchResponse(orderProperties);
type OrderResponse = z.output<typeof OrdersResponse>['results'][number];

export const OrderOutput = z.strictObject({
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

export function toOrder(
  { id: orderId, createdAt, url, properties }: OrderResponse,
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
