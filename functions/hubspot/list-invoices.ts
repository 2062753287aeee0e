import { boundInput, defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { Invoice, InvoicesAnswer, invoiceOf, invoiceProperties } from './shared/invoice.ts';
import { filterTime, searchBody } from './shared/search.ts';

const INVOICE = {
  id: '512',
  number: 'INV-1042',
  title: null,
  status: 'open',
  due_at: '2026-10-24T00:00:00Z',
  amount: 1480,
  balance_due: 480,
  currency: 'EUR',
  url: null,
};

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_list_invoices',
  effect: 'read',
  scopes: ['crm.objects.invoices.read'],
  description: 'Lists invoices in HubSpot, earliest due first. Overdue: open and due before today.',
  input: {
    status: z.enum(['draft', 'open', 'paid', 'voided']).optional().describe('Of this status.'),
    due_from: boundInput('Such as 2026-11-01.').optional(),
    due_before: boundInput('Such as 2026-12-01.').optional(),
  },
  output: { total: z.int().describe('How many invoices match.') },
  list: { key: 'invoices', item: Invoice, default: 20, maximum: 200 },
  examples: [
    {
      input: { status: 'open', due_before: '2026-11-22' },
      output: { invoices: [INVOICE], total: 1, count: 1, next_cursor: null, omitted: 0 },
    },
  ],

  async run({ page, status, due_from, due_before }, { api }) {
    const filters = [
      { propertyName: 'hs_invoice_status', operator: 'EQ', value: status },
      { propertyName: 'hs_due_date', operator: 'GTE', value: filterTime(due_from) },
      { propertyName: 'hs_due_date', operator: 'LT', value: filterTime(due_before) },
    ] as const;
    const sort = { propertyName: 'hs_due_date', direction: 'ASCENDING' } as const;
    // https://developers.hubspot.com/docs/guides/api/crm/objects/invoices
    const { body } = await api.post(path`/crm/v3/objects/invoices/search`, {
      json: searchBody({ groups: [filters], sort, properties: invoiceProperties, page }),
      response: InvoicesAnswer,
    });
    return { items: body.results.map(invoiceOf), next: body.paging?.next?.after, total: body.total };
  },
});

export const handler = createHandler(tool);
