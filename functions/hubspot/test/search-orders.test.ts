import { describe, expect, test } from 'vitest';
import { dayAt } from '../../../local/providers/story-time.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { OrderResponse, tool } from '../search-orders.ts';

import { documentedBatch, documentedSearch } from './documented.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonErrors, wrongValue } from './provider-errors.ts';

const hubspot = hubspotForTest(tool);
const properties = Object.keys(OrderResponse.shape.properties.shape);
const sorts = [{ propertyName: 'hs_external_created_date', direction: 'DESCENDING' }];
const NEWEST_FIRST = [7005, 7004, 7003, 7002, 7001, 7006];
const order = (id: number) => expect.objectContaining({ id: String(id) });

describe('hubspot_search_orders', () => {
  test('lists orders that match all filters, and sends the documented requests', async () => {
    const { status, json } = await hubspot.call({
      query: 'city hb-33',
      fulfillment_status: 'packing',
      contact_id: 'Tomas@Berg-Family.example',
      since: dayAt(-12),
      until: dayAt(-9),
    });

    expect(status).toBe(200);
    expect(json).toEqual({
      orders: [
        {
          id: '7003',
          name: 'City bike, blue',
          external_id: 'HB-3318',
          status: 'open',
          fulfillment_status: 'Packing',
          payment_status: 'Pending',
          total: 849.9,
          currency: 'EUR',
          ordered_at: `${dayAt(-10)}T10:00:00Z`,
          buyer_id: '9003',
          buyer_name: 'Tomas Berg',
          buyer_email: 'tomas@berg-family.example',
          url: 'https://app.hubspot.com/contacts/48112001/record/0-123/7003',
        },
      ],
      total: 1,
      is_complete: true,
      missing: [],
      count: 1,
      next_cursor: null,
      omitted: 0,
    });
    const chosen = [
      { propertyName: 'hs_fulfillment_status', operator: 'EQ', value: 'packing' },
      { propertyName: 'associations.contact', operator: 'EQ', value: '9003' },
    ];
    const within = (propertyName: string) => [
      { propertyName, operator: 'GTE', value: String(Date.parse(dayAt(-12))) },
      { propertyName, operator: 'LT', value: String(Date.parse(dayAt(-9))) },
    ];
    expect(hubspot.requests().slice(1)).toEqual([
      {
        method: 'POST',
        path: '/crm/v3/objects/orders/search',
        json: {
          query: 'city hb-33',
          filterGroups: [
            { filters: [...chosen, ...within('hs_external_created_date')] },
            {
              filters: [
                ...chosen,
                { propertyName: 'hs_external_created_date', operator: 'NOT_HAS_PROPERTY' },
                ...within('hs_createdate'),
              ],
            },
          ],
          sorts,
          properties,
          limit: 20,
        },
      },
      {
        method: 'POST',
        path: '/crm/v4/associations/orders/contacts/batch/read',
        json: { inputs: [{ id: '7003' }] },
      },
      {
        method: 'POST',
        path: '/crm/v3/objects/contacts/batch/read',
        json: { inputs: [{ id: '9003' }], properties: ['firstname', 'lastname', 'email'] },
      },
    ]);
  });

  test.each([
    ["all orders, newest first by the shop's date", {}, NEWEST_FIRST],
    ['orders by words of the name', { query: 'campus kit' }, [7004]],
    ['orders by status', { fulfillment_status: 'Shipped' }, [7005, 7001]],
    ['orders by contact', { contact_id: '9001' }, [7002, 7001]],
    ['orders by the name of the contact', { contact_id: 'lena fuchs' }, [7002, 7001]],
    ['orders since a time', { since: `${dayAt(-5)}T11:00:00+01:00` }, [7005, 7004]],
    ['no orders after the last order', { since: `${dayAt(-5)}T10:00:01Z`, contact_id: '9004' }, []],
    [
      "orders before a day, by HubSpot's date if the shop's date is missing",
      { until: dayAt(-15) },
      [7002, 7001, 7006],
    ],
    ['orders in a period', { since: dayAt(-60), until: dayAt(-19) }, [7002, 7006]],
    ['no orders for words that look like query syntax', { query: '" OR hs_total_price:* --' }, []],
    ['no orders for a status that looks like query syntax', { fulfillment_status: '*' }, []],
  ])('finds %s', async (_, input, ids) => {
    const { json } = await hubspot.call(input);

    expect(json).toMatchObject({ orders: ids.map(order), total: ids.length, next_cursor: null });
  });

  test.each([1, 2, 5])('returns every order once if max_results is %i', async (size) => {
    const pages = await everyPage(hubspot.call, 'orders', { max_results: size });

    expect(pages).toHaveLength(Math.ceil(6 / size));
    expect(pages.flat()).toEqual(NEWEST_FIRST.map(order));
    const asked = { limit: size, properties, sorts, filterGroups: [] };
    const searches = hubspot.requests().filter(({ path }) => path.endsWith('/search'));
    expect(searches.map(({ json }) => json)).toEqual(
      pages.map((_, index) => ({ ...asked, ...(index > 0 && { after: String(index * size) }) })),
    );
  });

  test("accepts HubSpot's documented response", async () => {
    const { json } = await hubspot.answered({ max_results: 20 }, documentedSearch('orders'), {
      body: documentedBatch(),
    });

    expect(json).toEqual({
      orders: [
        {
          id: '512',
          name: 'Camping supplies',
          external_id: null,
          status: null,
          fulfillment_status: 'Packing',
          payment_status: null,
          total: null,
          currency: 'USD',
          ordered_at: '2026-03-02T09:30:17Z',
          buyer_id: null,
          buyer_name: null,
          buyer_email: null,
          url: null,
        },
      ],
      total: 1,
      is_complete: true,
      missing: [],
      count: 1,
      next_cursor: expect.any(String),
      omitted: 0,
    });
  });

  test('accepts a record without properties', async () => {
    const results = [{ id: '1', createdAt: '2026-03-02T09:30:17Z', properties: {} }];

    const { json } = await hubspot.answered({}, { body: { total: 1, results } });

    expect(json).toMatchObject({
      orders: [{ id: '1', name: null, total: null, currency: null, url: null }],
      next_cursor: null,
    });
  });

  test('returns an error after 10,000 records, which is the limit of a search', async () => {
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

    const searches = hubspot.bodiesSent().filter((body) => 'limit' in Object(body));
    expect(searches).toEqual([
      expect.objectContaining({ limit: 200 }),
      expect.objectContaining({ limit: 100, after: '9900' }),
    ]);
    expect(third.error).toMatchObject({
      code: 'rejected_by_provider',
      message: expect.stringContaining('10000'),
    });
  });

  test('reads the buyer from the billing address if the order has no contact', async () => {
    const bill = { hs_billing_address_name: 'Ann Lee', hs_billing_address_email: 'ann@example.com' };
    const results = [{ id: '1', createdAt: '2026-03-02T09:30:17Z', properties: bill }];

    const { json } = await hubspot.answered({}, { body: { total: 1, results } }, { body: documentedBatch() });

    expect(json).toMatchObject({
      orders: [{ buyer_id: null, buyer_name: 'Ann Lee', buyer_email: 'ann@example.com' }],
    });
  });

  // The date can also be in milliseconds: https://developers.hubspot.com/docs/guides/api/crm/properties
  test.each(['2026-01-05T23:30:00.000Z', '2026-01-06T00:30:00+01:00', '1767655800000'])(
    "reads the shop's date %s",
    async (hs_external_created_date) => {
      const results = [
        { id: '1', createdAt: '2026-03-02T09:30:17Z', properties: { hs_external_created_date } },
      ];

      const { json } = await hubspot.answered({}, { body: { total: 1, results } });

      expect(json).toMatchObject({ orders: [{ ordered_at: '2026-01-05T23:30:00Z' }] });
    },
  );

  test('reports missing buyers if the buyers cannot be read', async () => {
    const { json } = await hubspot.answered({}, documentedSearch('orders'), { status: 404 });

    expect(json).toMatchObject({
      orders: [{ id: '512', buyer_id: null }],
      is_complete: false,
      missing: ['The contacts: HubSpot did not return them.'],
    });
  });

  test('returns an error that lists both contacts if two contacts have the same name', async () => {
    const { error } = await hubspot.call({ contact_id: 'Tomas Berg' });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'contact_id' }] });
    expect(error?.details[0]?.candidates).toEqual([
      { value: '9003', label: 'Tomas Berg, tomas@berg-family.example' },
      { value: '9006', label: 'Tomas Berg, tomas.berg@cityferries.example' },
    ]);
  });

  hubspot.testBadInputs({
    'an empty query': [{ query: '' }, 'query'],
    'a blank contact': [{ contact_id: ' ' }, 'contact_id'],
    'a time without a zone': [{ since: '2026-11-01T10:00' }, 'since'],
    'too many results': [{ max_results: 201 }, 'max_results'],
    "filters in HubSpot's format": [{ filterGroups: [] }, 'filterGroups'],
  });
});

testProviderErrors(tool, {}, { ...commonErrors('crm.objects.orders.read'), 'a wrong value': wrongValue });
