import { id, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { numberProperty, textProperty } from './property.ts';
import { searchAnswer } from './search.ts';

/** https://developers.hubspot.com/docs/guides/api/crm/objects/orders */
export const orderProperties = {
  hs_order_name: textProperty,
  hs_external_order_id: textProperty,
  hs_fulfillment_status: textProperty,
  hs_total_price: numberProperty,
  hs_currency_code: textProperty,
};

export const OrdersAnswer = searchAnswer(orderProperties);
type OrderRecord = z.output<typeof OrdersAnswer>['results'][number];

export const Order = z.strictObject({
  id: id(),
  name: text(200).nullable(),
  external_id: text(100).nullable(),
  fulfillment_status: text(100).nullable(),
  total: z.number().nullable(),
  currency: text(10).nullable(),
  created_at: time(),
  url: text(300).nullable(),
});

export function orderOf({ id, createdAt, url, properties }: OrderRecord): z.input<typeof Order> {
  return {
    id,
    name: properties.hs_order_name,
    external_id: properties.hs_external_order_id,
    fulfillment_status: properties.hs_fulfillment_status,
    total: properties.hs_total_price,
    currency: properties.hs_currency_code,
    created_at: createdAt,
    url: url ?? null,
  };
}
