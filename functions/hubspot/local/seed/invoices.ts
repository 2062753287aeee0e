import type { CrmRecord } from '../crm-record.ts';
import { seedRecord } from './seed-record.ts';

type SeedInvoice = readonly [
  id: number,
  title: string,
  status: string,
  due: string | null,
  billed: string,
  balance: string,
  contactId: number,
];

const INVOICES: readonly SeedInvoice[] = [
  [7501, 'Trial bikes', 'paid', '2026-10-31T00:00:00Z', '1200.00', '0', 9001],
  [7502, 'Two child seats', 'open', '2026-11-14T00:00:00Z', '178.00', '78.00', 9001],
  [7503, 'Repair, ticket 5120', 'open', '2026-12-02T00:00:00Z', '96.40', '96.40', 9003],
  [7504, 'Cargo bike', 'open', '2026-12-19T00:00:00Z', '4290.00', '4290.00', 9005],
  [7505, 'Repair day', 'draft', null, '900.00', '900.00', 9004],
  [7506, 'Cargo bike (wrong address)', 'voided', '2026-12-18T00:00:00Z', '4290.00', '0', 9005],
];

export function invoices(): CrmRecord[] {
  return INVOICES.map(([id, title, status, due, billed, balance, contactId]) => {
    const properties = {
      hs_number: `INV-${id - 6500}`,
      hs_title: title,
      hs_invoice_status: status,
      hs_due_date: due,
      hs_amount_billed: billed,
      hs_balance_due: balance,
      hs_currency: 'EUR',
    };
    return seedRecord('invoices', id, '2026-10-17T08:00:00.000Z', properties, [contactId]);
  });
}
