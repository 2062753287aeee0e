import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { tool } from '../list-invoices.ts';
import { documentedSearch } from './documented.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonRefusals, wrongValue } from './refusals.ts';

const hubspot = hubspotForTest(tool);
const invoice = (id: number) => expect.objectContaining({ id: String(id) });

describe('hubspot_list_invoices', () => {
  test('gives what is overdue, and asks for it as documented', async () => {
    const { json } = await hubspot.call({ status: 'open', due_from: '2026-11-01', due_before: '2026-11-22' });

    expect(json).toEqual({
      invoices: [
        {
          id: '7502',
          number: 'INV-1002',
          title: 'Two child seats',
          status: 'open',
          due_at: '2026-11-14T00:00:00Z',
          amount: 178,
          balance_due: 78,
          currency: 'EUR',
          url: 'https://app.hubspot.com/contacts/48112001/record/0-53/7502',
        },
      ],
      total: 1,
      count: 1,
      next_cursor: null,
      omitted: 0,
    });
    expect(hubspot.requests()).toEqual([
      {
        method: 'POST',
        path: '/crm/v3/objects/invoices/search',
        json: {
          filterGroups: [
            {
              filters: [
                { propertyName: 'hs_invoice_status', operator: 'EQ', value: 'open' },
                { propertyName: 'hs_due_date', operator: 'GTE', value: String(Date.UTC(2026, 10, 1)) },
                { propertyName: 'hs_due_date', operator: 'LT', value: String(Date.UTC(2026, 10, 22)) },
              ],
            },
          ],
          sorts: [{ propertyName: 'hs_due_date', direction: 'ASCENDING' }],
          properties: [
            'hs_number',
            'hs_title',
            'hs_invoice_status',
            'hs_due_date',
            'hs_amount_billed',
            'hs_balance_due',
            'hs_currency',
          ],
          limit: 20,
        },
      },
    ]);
  });

  test.each([
    ['all, those without a date last', {}, [7501, 7502, 7503, 7506, 7504, 7505]],
    ['drafts', { status: 'draft' }, [7505]],
    ['what is due from a day on, that day with it', { due_from: '2026-12-18' }, [7506, 7504]],
    ['what is due before a day, without that day', { due_before: '2026-11-14' }, [7501]],
    ['nothing', { status: 'paid', due_from: '2026-11-01' }, []],
  ])('gives %s', async (_, input, ids) => {
    const { json } = await hubspot.call(input);

    expect(json).toMatchObject({ invoices: ids.map(invoice), total: ids.length });
  });

  test.each([1, 4, 200])('following next_cursor yields every invoice once, %i at a time', async (size) => {
    const pages = await everyPage(hubspot.call, 'invoices', { max_results: size });

    expect(pages).toHaveLength(Math.ceil(6 / size));
    expect(pages.flat()).toEqual([7501, 7502, 7503, 7506, 7504, 7505].map(invoice));
  });

  test('what HubSpot documents', async () => {
    const { json } = await hubspot.answered({}, documentedSearch('invoices'));

    expect(json).toMatchObject({
      invoices: [
        {
          id: '512',
          number: null,
          title: null,
          status: null,
          due_at: '2026-10-24T00:00:00Z',
          amount: null,
          balance_due: null,
          currency: 'USD',
          url: null,
        },
      ],
      next_cursor: expect.any(String),
    });
  });

  test.each([
    ['null', { hs_due_date: null, hs_amount_billed: null, hs_number: null }],
    ['empty', { hs_due_date: '', hs_amount_billed: '', hs_number: '' }],
    ['a status that is new, and a sum that is none', { hs_invoice_status: null, hs_amount_billed: 'many' }],
    ['absent', {}],
  ])('properties that are %s', async (_, properties) => {
    const results = [{ id: '1', createdAt: '2026-03-02T09:30:17Z', properties }];

    const { json } = await hubspot.answered({}, { body: { total: 1, results } });

    expect(json).toMatchObject({ invoices: [{ number: null, due_at: null, amount: null, status: null }] });
  });

  test('a person without the scope', async () => {
    const { error } = await hubspot.call({}, 'user_grace');

    expect(error).toMatchObject({
      code: 'permission_denied',
      details: [{ path: '', issue: 'needs the scope crm.objects.invoices.read' }],
      authorization_url: expect.any(String),
    });
  });

  hubspot.testBadInputs({
    'a status of another name': [{ status: 'overdue' }, 'status'],
    'times that are none': [{ due_from: 'today', due_before: '2026-02-30' }, 'due_from', 'due_before'],
    'an unknown key': [{ user: 'grace' }, 'user'],
  });
});

testRefusals(tool, {}, { ...commonRefusals('crm.objects.invoices.read'), 'a wrong value': wrongValue });
