import { timeAt } from '../../../../local/providers/story-time.ts';
import { type CrmRecord, seedRecord } from '../crm-record.ts';

type SeedOrder = readonly [
  id: number,
  name: string,
  number: string,
  fulfillment: string,
  payment: string,
  total: string,
  orderedDaysAgo: number,
  contactId: number,
];

const ORDERS: readonly SeedOrder[] = [
  [7001, 'Two child seats', 'HB-3301', 'Shipped', 'Paid', '178.00', 69, 9001],
  [7002, 'Trial bikes, two weeks', 'HB-3310', 'Delivered', 'Paid', '1200.00', 52, 9001],
  [7003, 'City bike, blue', 'HB-3318', 'Packing', 'Pending', '849.90', 10, 9003],
  [7004, 'Repair kit for the campus', 'HB-3325', 'Packing', 'Paid', '64.50', 5, 9004],
  [7005, 'Cargo bike', 'HB-3330', 'Shipped', 'Pending', '4290.00', 3, 9005],
];
// HubSpot received all orders of the shop when the shop was connected, the oldest order last.
const CONNECTED_DAYS_AGO = 1;

export function orders(): CrmRecord[] {
  const fromShop = ORDERS.map(
    ([id, name, number, fulfillment, payment, total, orderedDaysAgo, contactId], index) => {
      const properties = {
        hs_order_name: name,
        hs_external_order_id: number,
        hs_external_created_date: timeAt(-orderedDaysAgo, '10:00'),
        hs_external_order_status: fulfillment === 'Delivered' ? 'closed' : 'open',
        hs_fulfillment_status: fulfillment,
        hs_payment_status: payment,
        hs_total_price: total,
        hs_currency_code: 'EUR',
        hs_source_store: 'Harbor Bikes, unit 7',
      };
      const gotAt = timeAt(-CONNECTED_DAYS_AGO, `06:${String(50 - index)}`);
      return seedRecord('orders', id, gotAt, properties, [contactId]);
    },
  );
  // Somebody entered this order in HubSpot, so it has no date from a shop.
  const byHand = { hs_order_name: 'Winter storage', hs_total_price: '90.00', hs_currency_code: 'EUR' };
  return [...fromShop, seedRecord('orders', 7006, timeAt(-20, '15:00'), byHand)];
}
