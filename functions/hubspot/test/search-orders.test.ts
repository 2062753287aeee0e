import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { tool } from '../search-orders.ts';
import { documentedSearch } from './documented.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonRefusals, wrongValue } from './refusals.ts';

const hubspot = hubspotForTest(tool);
const properties = [
  'hs_order_name',
  'hs_external_order_id',
  'hs_fulfillment_status',
  'hs_total_price',
  'hs_currency_code',
];
const sorts = [{ propertyName: 'hs_createdate', direction: 'DESCENDING' }];
const order = (id: number) => expect.objectContaining({ id: String(id) });

describe('hubspot_search_orders', () => {
  test('gives the orders that pass all filters, and asks for them as documented', async () => {
    const { status, json } = await hubspot.call({
      query: 'city hb-33',
      fulfillment_status: 'packing',
      contact_id: '9003',
      created_from: '2026-11-01',
    });

    expect(status).toBe(200);
    expect(json).toEqual({
      orders: [
        {
          id: '7003',
          name: 'City bike, blue',
          external_id: 'HB-3318',
          fulfillment_status: 'Packing',
          total: 849.9,
          currency: 'EUR',
          created_at: '2026-11-12T14:05:00Z',
          url: 'https://app.hubspot.com/contacts/48112001/record/0-123/7003',
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
        path: '/crm/v3/objects/orders/search',
        json: {
          query: 'city hb-33',
          filterGroups: [
            {
              filters: [
                { propertyName: 'hs_fulfillment_status', operator: 'EQ', value: 'packing' },
                { propertyName: 'associations.contact', operator: 'EQ', value: '9003' },
                {
                  propertyName: 'hs_createdate',
                  operator: 'GTE',
                  value: String(Date.UTC(2026, 10, 1)),
                },
              ],
            },
          ],
          sorts,
          properties,
          limit: 20,
        },
      },
    ]);
  });

  test.each([
    ['all, newest first, without a filter', {}, [7005, 7004, 7003, 7002, 7001]],
    ['by words of the name', { query: 'campus kit' }, [7004]],
    ['by status', { fulfillment_status: 'Shipped' }, [7005, 7001]],
    ['by contact', { contact_id: '9001' }, [7002, 7001]],
    ['from a moment on', { created_from: '2026-11-17T10:20:00+01:00' }, [7005, 7004]],
    ['none that is later', { created_from: '2026-11-17T09:20:01Z', contact_id: '9004' }, []],
    ['words that look like syntax, as words', { query: '" OR hs_total_price:* --' }, []],
    ['a status that looks like syntax, as a status', { fulfillment_status: '*' }, []],
  ])('finds %s', async (_, input, ids) => {
    const { json } = await hubspot.call(input);

    expect(json).toMatchObject({ orders: ids.map(order), total: ids.length, next_cursor: null });
  });

  test.each([1, 2, 5])('following next_cursor yields every order once, %i at a time', async (size) => {
    const pages = await everyPage(hubspot.call, 'orders', { max_results: size });

    expect(pages).toHaveLength(Math.ceil(5 / size));
    expect(pages.flat()).toEqual([7005, 7004, 7003, 7002, 7001].map(order));
    const asked = { limit: size, properties, sorts, filterGroups: [] };
    expect(hubspot.requests().map(({ json }) => json)).toEqual(
      pages.map((_, index) => ({ ...asked, ...(index > 0 && { after: String(index * size) }) })),
    );
  });

  test('what HubSpot documents', async () => {
    const { json } = await hubspot.answered({ max_results: 20 }, documentedSearch('orders'));

    expect(json).toEqual({
      orders: [
        {
          id: '512',
          name: 'Camping supplies',
          external_id: null,
          fulfillment_status: 'Packing',
          total: null,
          currency: 'USD',
          created_at: '2026-03-02T09:30:17Z',
          url: null,
        },
      ],
      total: 1,
      count: 1,
      next_cursor: expect.any(String),
      omitted: 0,
    });
  });

  test('a record without a single property', async () => {
    const results = [{ id: '1', createdAt: '2026-03-02T09:30:17Z', properties: {} }];

    const { json } = await hubspot.answered({}, { body: { total: 1, results } });

    expect(json).toMatchObject({
      orders: [{ id: '1', name: null, total: null, currency: null, url: null }],
      next_cursor: null,
    });
  });

  test('the search ends at its 10,000th record, and says so', async () => {
    const results = (after: number) =>
      Array.from({ length: after < 9_900 ? 200 : 100 }, (_, index) => ({
        id: String(after + index),
        createdAt: '2026-03-02T09:30:17Z',
        properties: {},
      }));
    const upTo = (after: number) => ({
      body: { total: 12_000, results: results(after), paging: { next: { after: String(after) } } },
    });
    const first = await hubspot.answered({ max_results: 200 }, upTo(9_900));
    const [cursor] = [first.json].map((json) => Object(json).next_cursor);
    const second = await hubspot.answered({ max_results: 200, cursor }, upTo(10_000));
    const third = await hubspot.answered({ max_results: 200, cursor: Object(second.json).next_cursor }, {});

    expect(hubspot.bodiesSent()).toEqual([
      expect.objectContaining({ limit: 200 }),
      expect.objectContaining({ limit: 100, after: '9900' }),
    ]);
    expect(third.error).toMatchObject({
      code: 'rejected_by_provider',
      message: expect.stringContaining('10000'),
    });
  });

  hubspot.testBadInputs({
    'an empty query': [{ query: '' }, 'query'],
    'a contact by name': [{ contact_id: 'Lena' }, 'contact_id'],
    'a time without a zone': [{ created_from: '2026-11-01T10:00' }, 'created_from'],
    'too many at once': [{ max_results: 201 }, 'max_results'],
    'a filter of its own': [{ filterGroups: [] }, 'filterGroups'],
  });
});

testRefusals(tool, {}, { ...commonRefusals('crm.objects.orders.read'), 'a wrong value': wrongValue });
