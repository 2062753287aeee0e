import { completeness, dayInput, defineTool, id, text, utcTime } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { type AssociatedRecord, associatedRecords } from './shared/associated-records.ts';
import { dayProperty, numberProperty, textProperty } from './shared/crm-records.ts';
import {
  dayAfter,
  filterTime,
  ONE_RECORD,
  recordResponse,
  searchContract,
  searchRecords,
} from './shared/search.ts';

/** https://developers.hubspot.com/docs/guides/api/crm/objects/invoices */
const InvoiceResponse = recordResponse({
  hs_number: textProperty,
  hs_title: textProperty,
  hs_invoice_status: textProperty,
  hs_due_date: dayProperty,
  hs_amount_billed: numberProperty,
  hs_balance_due: numberProperty,
  hs_currency: textProperty,
});

const InvoiceOutput = z.strictObject({
  id: id(),
  number: text(100).nullable(),
  title: text(200).nullable(),
  status: text(40).nullable(),
  due_on: z.string().max(10).nullable(),
  is_overdue: z.boolean().describe('Open, and due before today in UTC.'),
  amount: z.number().nullable(),
  balance_due: z.number().nullable(),
  currency: text(10).nullable(),
  customer_id: id().nullable().describe('ID of the contact.'),
  customer_name: text(200).nullable(),
  customer_email: text(254).nullable(),
  company: text(200).nullable(),
  url: text(300).nullable(),
});

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_list_invoices',
  effect: 'read',
  scopes: ['crm.objects.invoices.read', 'crm.objects.contacts.read', 'crm.objects.companies.read'],
  description:
    'Lists invoices in HubSpot with their customers, earliest due first. To find overdue ones, pass status open: is_overdue marks them, and they come first.',
  input: {
    status: z.enum(['draft', 'open', 'paid', 'voided']).optional().describe('Only invoices of this status.'),
    due_since: dayInput('First due day.').optional(),
    due_until: dayInput('Last due day, such as 2026-03-31.').optional(),
  },
  ...searchContract('invoices', InvoiceOutput),
  examples: [
    {
      input: { status: 'open', due_until: '2026-03-31' },
      output: {
        invoices: [
          {
            id: '512',
            number: 'R-77',
            title: null,
            status: 'open',
            due_on: '2026-03-24',
            is_overdue: true,
            amount: 1480,
            balance_due: 480,
            currency: 'EUR',
            customer_id: '513',
            customer_name: 'Ann Lee',
            customer_email: 'ann@example.com',
            company: 'Acme',
            url: null,
          },
        ],
        ...ONE_RECORD,
      },
    },
  ],

  async run({ page, status, due_since, due_until }, { api }) {
    const filters = [
      { propertyName: 'hs_invoice_status', operator: 'EQ', value: status },
      { propertyName: 'hs_due_date', operator: 'GTE', value: filterTime(due_since) },
      { propertyName: 'hs_due_date', operator: 'LT', value: due_until && dayAfter(due_until) },
    ] as const;
    const sort = { propertyName: 'hs_due_date', direction: 'ASCENDING' } as const;
    // https://developers.hubspot.com/docs/guides/api/crm/objects/invoices
    const { records, ...found } = await searchRecords(api, 'invoices', InvoiceResponse, {
      groups: [filters],
      sort,
      page,
    });
    const ids = records.map((record) => record.id);
    const [customers, companies] = await Promise.all([
      associatedRecords(api, 'invoices', ids, 'contact', 1),
      associatedRecords(api, 'invoices', ids, 'company', 1),
    ]);
    return {
      items: records.map((item) => toInvoice(item, customers.of(item.id)[0], companies.of(item.id)[0])),
      ...found,
      ...completeness([customers.missing, companies.missing]),
    };
  },
});

function toInvoice(
  { id: invoiceId, url, properties }: z.output<typeof InvoiceResponse>,
  customer: AssociatedRecord | undefined,
  company: AssociatedRecord | undefined,
): z.input<typeof InvoiceOutput> {
  const { hs_invoice_status: status, hs_due_date: dueOn } = properties;
  const today = utcTime(Date.now()).slice(0, '2026-03-31'.length);
  return {
    id: invoiceId,
    number: properties.hs_number,
    title: properties.hs_title,
    status,
    due_on: dueOn,
    is_overdue: status?.toLowerCase() === 'open' && dueOn !== null && dueOn < today,
    amount: properties.hs_amount_billed,
    balance_due: properties.hs_balance_due,
    currency: properties.hs_currency,
    customer_id: customer?.id ?? null,
    customer_name: customer?.name ?? null,
    customer_email: customer?.email ?? null,
    company: company?.name ?? null,
    url: url ?? null,
  };
}

export const handler = createHandler(tool);
