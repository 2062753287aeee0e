import { describe, expect, test } from 'vitest';
import { dayAt } from '../../../local/providers/story-time.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../list-invoices.ts';
import { documentedSearch } from './documented.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonErrors, wrongValue } from './provider-errors.ts';

const hubspot = hubspotForTest(tool);
const invoice = (id: number) => expect.objectContaining({ id: String(id) });

describe('hubspot_list_invoices', () => {
  test('lists overdue invoices, and sends the documented requests', async () => {
    const { json } = await hubspot.call({ status: 'open', due_since: dayAt(-30), due_until: dayAt(-1) });

    expect(json).toEqual({
      invoices: [
        {
          id: '7502',
          number: 'INV-1002',
          title: 'Two child seats',
          status: 'open',
          due_on: dayAt(-8),
          is_overdue: true,
          amount: 178,
          balance_due: 78,
          currency: 'EUR',
          customer_id: '9001',
          customer_name: 'Lena Fuchs',
          customer_email: 'lena@cityferries.example',
          company: 'City Ferries',
          url: 'https://app.hubspot.com/contacts/48112001/record/0-53/7502',
        },
      ],
      total: 1,
      is_complete: true,
      missing: [],
      count: 1,
      next_cursor: null,
      omitted: 0,
    });
    const [search, ...others] = hubspot.requests();
    expect(others.map(({ path }) => path).toSorted()).toEqual([
      '/crm/v3/objects/companies/batch/read',
      '/crm/v3/objects/contacts/batch/read',
      '/crm/v4/associations/invoices/companies/batch/read',
      '/crm/v4/associations/invoices/contacts/batch/read',
    ]);
    expect([search]).toEqual([
      {
        method: 'POST',
        path: '/crm/v3/objects/invoices/search',
        json: {
          filterGroups: [
            {
              filters: [
                { propertyName: 'hs_invoice_status', operator: 'EQ', value: 'open' },
                { propertyName: 'hs_due_date', operator: 'GTE', value: String(Date.parse(dayAt(-30))) },
                { propertyName: 'hs_due_date', operator: 'LT', value: String(Date.parse(dayAt(0))) },
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
    [
      'all invoices, and puts invoices without a due date at the end',
      {},
      [7501, 7502, 7503, 7506, 7504, 7505],
    ],
    ['drafts', { status: 'draft' }, [7505]],
    ['invoices that are due on or after a day', { due_since: dayAt(26) }, [7506, 7504]],
    ['invoices that are due on or before a day', { due_until: dayAt(-8) }, [7501, 7502]],
    ['no invoices if no invoice matches', { status: 'paid', due_since: dayAt(-21) }, []],
  ])('lists %s', async (_, input, ids) => {
    const { json } = await hubspot.call(input);

    expect(json).toMatchObject({ invoices: ids.map(invoice), total: ids.length });
  });

  test('marks only open invoices with a due date before today as overdue', async () => {
    const { json } = await hubspot.call({});

    const overdue = Object(json).invoices.filter((item: { is_overdue: boolean }) => item.is_overdue);
    expect(overdue.map(({ id }: { id: string }) => id)).toEqual(['7502']);
  });

  test.each([
    [0, 'open', false],
    [-1, 'open', true],
    [-1, 'OPEN', true],
    [-1, 'paid', false],
  ])(
    'returns is_overdue: $2 for an invoice with the status $1 that is due in $0 days',
    async (days, hs_invoice_status, is_overdue) => {
      const properties = {
        hs_due_date: new Date(Date.now() + days * 86_400_000).toISOString(),
        hs_invoice_status,
      };
      const results = [{ id: '1', createdAt: '2026-03-02T09:30:17Z', properties }];

      const { json } = await hubspot.answered({}, { body: { total: 1, results } });

      expect(json).toMatchObject({ invoices: [{ is_overdue }] });
    },
  );

  test.each([1, 4, 200])('returns every invoice once if max_results is %i', async (size) => {
    const pages = await everyPage(hubspot.call, 'invoices', { max_results: size });

    expect(pages).toHaveLength(Math.ceil(6 / size));
    expect(pages.flat()).toEqual([7501, 7502, 7503, 7506, 7504, 7505].map(invoice));
  });

  test("accepts HubSpot's documented response", async () => {
    const { json } = await hubspot.answered({}, documentedSearch('invoices'));

    expect(json).toMatchObject({
      invoices: [
        {
          id: '512',
          number: null,
          title: null,
          status: null,
          due_on: '2026-10-24',
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
    ['partly missing or invalid', { hs_invoice_status: null, hs_amount_billed: 'many' }],
    ['absent', {}],
  ])('accepts a response whose properties are %s', async (_, properties) => {
    const results = [{ id: '1', createdAt: '2026-03-02T09:30:17Z', properties }];

    const { json } = await hubspot.answered({}, { body: { total: 1, results } });

    expect(json).toMatchObject({ invoices: [{ number: null, due_on: null, amount: null, status: null }] });
  });

  // These are a day, its midnight as ISO 8601, and its midnight in milliseconds:
  // https://developers.hubspot.com/docs/guides/api/crm/properties
  test.each(['2026-03-24', '2026-03-24T00:00:00Z', '1774310400000'])(
    'reads the due day %s',
    async (hs_due_date) => {
      const results = [{ id: '1', createdAt: '2026-03-02T09:30:17Z', properties: { hs_due_date } }];

      const { json } = await hubspot.answered({}, { body: { total: 1, results } });

      expect(json).toMatchObject({ invoices: [{ due_on: '2026-03-24' }] });
    },
  );

  test('reports a missing scope', async () => {
    const { error } = await hubspot.call({}, 'user_grace');

    expect(error).toMatchObject({
      code: 'permission_denied',
      details: expect.arrayContaining([{ path: '', issue: 'needs the scope crm.objects.invoices.read' }]),
      authorization_url: expect.any(String),
    });
  });

  hubspot.testBadInputs({
    'an unknown status': [{ status: 'overdue' }, 'status'],
    'invalid days': [{ due_since: 'today', due_until: '2026-02-30' }, 'due_since', 'due_until'],
    'a time in place of a day': [{ due_since: '2026-11-01T00:00:00Z' }, 'due_since'],
    'an unknown key': [{ user: 'grace' }, 'user'],
  });
});

testProviderErrors(tool, {}, { ...commonErrors('crm.objects.invoices.read'), 'a wrong value': wrongValue });
