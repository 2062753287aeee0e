import { dayAt, timeAt } from '../../../../local/providers/story-time.ts';
import { type CrmRecord, seedRecord } from '../crm-record.ts';

type SeedInvoice = readonly [
  id: number,
  title: string,
  status: string,
  due: string | null,
  billed: string,
  balance: string,
  contactId: number,
];

/** As in HubSpot, a due date is a day or a time at midnight. */
const invoiceList = (): readonly SeedInvoice[] => [
  [7501, 'Trial bikes', 'paid', dayAt(-22), '1200.00', '0', 9001],
  [7502, 'Two child seats', 'open', dayAt(-8), '178.00', '78.00', 9001],
  [7503, 'Repair, ticket 5120', 'open', dayAt(10), '96.40', '96.40', 9003],
  [7504, 'Cargo bike', 'open', `${dayAt(27)}T00:00:00Z`, '4290.00', '4290.00', 9005],
  [7505, 'Repair day', 'draft', null, '900.00', '900.00', 9004],
  [7506, 'Cargo bike (wrong address)', 'voided', dayAt(26), '4290.00', '0', 9005],
];

export function invoices(): CrmRecord[] {
  return invoiceList().map(([id, title, status, due, billed, balance, contactId]) => {
    const properties = {
      hs_number: `INV-${id - 6500}`,
      hs_title: title,
      hs_invoice_status: status,
      hs_due_date: due,
      hs_amount_billed: billed,
      hs_balance_due: balance,
      hs_currency: 'EUR',
    };
    return seedRecord(
      'invoices',
      id,
      timeAt(-36, '08:00'),
      properties,
      [contactId],
      contactId === 9001 ? ['companies/9101'] : [],
    );
  });
}
