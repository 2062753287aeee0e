import { id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import type { AssociatedRecord } from './associated-records.ts';
import { dayProperty, numberProperty, textProperty } from './property.ts';
import { searchResponse } from './search.ts';

/** https://developers.hubspot.com/docs/guides/api/crm/objects/invoices */
export const invoiceProperties = {
  hs_number: textProperty,
  hs_title: textProperty,
  hs_invoice_status: textProperty,
  hs_due_date: dayProperty,
  hs_amount_billed: numberProperty,
  hs_balance_due: numberProperty,
  hs_currency: textProperty,
};

export const InvoicesResponse = searchResponse(invoiceProperties);
type InvoiceResponse = z.output<typeof InvoicesResponse>['results'][number];

export const InvoiceOutput = z.strictObject({
  id: id(),
  number: text(100).nullable(),
  title: text(200).nullable(),
  status: text(40).nullable(),
  due_on: z.string().max(10).nullable(),
  amount: z.number().nullable(),
  balance_due: z.number().nullable(),
  currency: text(10).nullable(),
  customer_id: id().nullable().describe('ID of the contact.'),
  customer_name: text(200).nullable(),
  customer_email: text(254).nullable(),
  company: text(200).nullable(),
  url: text(300).nullable(),
});

export function toInvoice(
  { id: invoiceId, url, properties }: InvoiceResponse,
  customer: AssociatedRecord | undefined,
  company: AssociatedRecord | undefined,
): z.input<typeof InvoiceOutput> {
  return {
    id: invoiceId,
    number: properties.hs_number,
    title: properties.hs_title,
    status: properties.hs_invoice_status,
    due_on: properties.hs_due_date,
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
