import { completeness, completenessOutput, dayInput, defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { associatedRecords } from './shared/associated-records.ts';
import { InvoiceOutput, InvoicesResponse, invoiceProperties, toInvoice } from './shared/invoice.ts';
import { dayAfter, filterTime, searchBody } from './shared/search.ts';

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_list_invoices',
  effect: 'read',
  scopes: ['crm.objects.invoices.read', 'crm.objects.contacts.read', 'crm.objects.companies.read'],
  description:
    'Lists invoices in HubSpot with their customers, earliest due first. Overdue is open and due before today.',
  input: {
    status: z.enum(['draft', 'open', 'paid', 'voided']).optional().describe('Only invoices of this status.'),
    due_since: dayInput('First due day.').optional(),
    due_until: dayInput('Last due day, such as 2026-03-31.').optional(),
  },
  output: { total: z.int().describe('How many invoices match.'), ...completenessOutput },
  list: { key: 'invoices', item: InvoiceOutput, default: 20, maximum: 200 },
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
        total: 1,
        is_complete: true,
        missing: [],
        count: 1,
        next_cursor: null,
        omitted: 0,
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
    const { body } = await api.post(path`/crm/v3/objects/invoices/search`, {
      json: searchBody({ groups: [filters], sort, properties: invoiceProperties, page }),
      response: InvoicesResponse,
    });
    const ids = body.results.map(({ id }) => id);
    const [customers, companies] = await Promise.all([
      associatedRecords(api, 'invoices', ids, 'contact', 1),
      associatedRecords(api, 'invoices', ids, 'company', 1),
    ]);
    return {
      items: body.results.map((item) => toInvoice(item, customers.of(item.id)[0], companies.of(item.id)[0])),
      next: body.paging?.next?.after,
      total: body.total,
      ...completeness([customers.missing, companies.missing]),
    };
  },
});

export const handler = createHandler(tool);
