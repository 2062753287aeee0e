import { id, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { numberProperty, textProperty, timeProperty } from './property.ts';
import { searchAnswer } from './search.ts';

/** https://developers.hubspot.com/docs/guides/api/crm/objects/invoices */
export const invoiceProperties = {
  hs_number: textProperty,
  hs_title: textProperty,
  hs_invoice_status: textProperty,
  hs_due_date: timeProperty,
  hs_amount_billed: numberProperty,
  hs_balance_due: numberProperty,
  hs_currency: textProperty,
};

export const InvoicesAnswer = searchAnswer(invoiceProperties);
type InvoiceRecord = z.output<typeof InvoicesAnswer>['results'][number];

export const Invoice = z.strictObject({
  id: id(),
  number: text(100).nullable(),
  title: text(200).nullable(),
  status: text(40).nullable(),
  due_at: time().nullable(),
  amount: z.number().nullable(),
  balance_due: z.number().nullable(),
  currency: text(10).nullable(),
  url: text(300).nullable(),
});

export function invoiceOf({ id, url, properties }: InvoiceRecord): z.input<typeof Invoice> {
  return {
    id,
    number: properties.hs_number,
    title: properties.hs_title,
    status: properties.hs_invoice_status,
    due_at: properties.hs_due_date,
    amount: properties.hs_amount_billed,
    balance_due: properties.hs_balance_due,
    currency: properties.hs_currency,
    url: url ?? null,
  };
}
