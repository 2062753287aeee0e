import type { CrmRecord } from '../crm-record.ts';
import { seedRecord } from './seed-record.ts';

type SeedOrder = readonly [
  id: number,
  name: string,
  number: string,
  status: string,
  total: string,
  createdAt: string,
  contactId: number,
];

const ORDERS: readonly SeedOrder[] = [
  [7001, 'Two child seats', 'HB-3301', 'Shipped', '178.00', '2026-09-14T10:00:00.000Z', 9001],
  [7002, 'Trial bikes, two weeks', 'HB-3310', 'Delivered', '1200.00', '2026-10-01T08:30:00.000Z', 9001],
  [7003, 'City bike, blue', 'HB-3318', 'Packing', '849.90', '2026-11-12T14:05:00.000Z', 9003],
  [7004, 'Repair kit for the campus', 'HB-3325', 'Packing', '64.50', '2026-11-17T09:20:00.000Z', 9004],
  [7005, 'Cargo bike', 'HB-3330', 'Shipped', '4290.00', '2026-11-19T16:45:00.000Z', 9005],
];

export function orders(): CrmRecord[] {
  return ORDERS.map(([id, name, number, status, total, createdAt, contactId]) => {
    const properties = {
      hs_order_name: name,
      hs_external_order_id: number,
      hs_fulfillment_status: status,
      hs_total_price: total,
      hs_currency_code: 'EUR',
      hs_source_store: 'Harbor Bikes, unit 7',
      hs_createdate: createdAt,
    };
    return seedRecord('orders', id, createdAt, properties, [contactId]);
  });
}
