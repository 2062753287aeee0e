import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LocalProvider } from '../../../local/providers/local-provider.ts';
import { timeAt } from '../../../local/providers/story-time.ts';
import { start } from '../local/provider.ts';

const ADA = 'hubspot-local-ada';
const DEALS = '/crm/v3/objects/deals/search';
const ORDERS = '/crm/v3/objects/orders/search';

let provider: LocalProvider;
beforeAll(async () => {
  provider = await start();
});
beforeEach(() => provider.reset());
afterAll(() => provider.close());

async function ask(path: string, body?: object, token = ADA) {
  const response = await fetch(provider.url + path, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, json: Object(await response.json()) };
}

const search = (path: string, filters: object[], more: object = {}) =>
  ask(path, { filterGroups: [{ filters }], limit: 100, ...more });
const idsOf = ({ json }: { json: { results: { id: string }[] } }) => json.results.map(({ id }) => Number(id));

describe('the emulated search', () => {
  test.each([
    ['EQ', { propertyName: 'hs_fulfillment_status', operator: 'EQ', value: 'packing' }, [7003, 7004]],
    [
      'NEQ',
      { propertyName: 'hs_fulfillment_status', operator: 'NEQ', value: 'Packing' },
      [7001, 7002, 7005, 7006],
    ],
    ['LT', { propertyName: 'hs_total_price', operator: 'LT', value: '178' }, [7004, 7006]],
    ['LTE', { propertyName: 'hs_total_price', operator: 'LTE', value: '178' }, [7001, 7004, 7006]],
    ['GT', { propertyName: 'hs_total_price', operator: 'GT', value: '1200' }, [7005]],
    ['GTE', { propertyName: 'hs_total_price', operator: 'GTE', value: '1200' }, [7002, 7005]],
    [
      'BETWEEN, for times',
      {
        propertyName: 'hs_external_created_date',
        operator: 'BETWEEN',
        value: String(Date.parse(timeAt(-10, '10:00'))),
        highValue: timeAt(-5, '10:00'),
      },
      [7003, 7004],
    ],
    ['IN', { propertyName: 'hs_fulfillment_status', operator: 'IN', values: ['shipped'] }, [7001, 7005]],
    [
      'NOT_IN',
      { propertyName: 'hs_fulfillment_status', operator: 'NOT_IN', values: ['shipped', 'packing'] },
      [7002, 7006],
    ],
    [
      'CONTAINS_TOKEN',
      { propertyName: 'hs_order_name', operator: 'CONTAINS_TOKEN', value: 'bike*' },
      [7002, 7003, 7005],
    ],
    [
      'NOT_CONTAINS_TOKEN',
      { propertyName: 'hs_order_name', operator: 'NOT_CONTAINS_TOKEN', value: '*i*' },
      [],
    ],
    ['an association', { propertyName: 'associations.contact', operator: 'EQ', value: '9001' }, [7001, 7002]],
  ])('filters by %s', async (_, filter, ids) => {
    expect(idsOf(await search(ORDERS, [filter]))).toEqual(ids);
  });

  test.each([
    ['HAS_PROPERTY', [6001, 6002, 6003, 6005, 6006, 6007]],
    ['NOT_HAS_PROPERTY', [6004, 6008]],
  ])('filters by %s', async (operator, ids) => {
    expect(idsOf(await search(DEALS, [{ propertyName: 'notes_last_updated', operator }]))).toEqual(ids);
  });

  test('finds records that match one of the filter groups, and sorts them in the requested order', async () => {
    const closed = { propertyName: 'hs_is_closed', operator: 'EQ', value: 'true' };
    const small = { propertyName: 'amount', operator: 'LT', value: '1000' };
    const { json } = await ask(DEALS, {
      filterGroups: [{ filters: [closed] }, { filters: [small] }],
      sorts: [{ propertyName: 'amount', direction: 'DESCENDING' }],
      properties: ['hs_is_closed', 'favourite_colour'],
      limit: 2,
    });

    expect(json).toMatchObject({ total: 3, paging: { next: { after: '2' } } });
    expect(idsOf({ json })).toEqual([6006, 6007]);
    expect(Object.keys(json.results[0].properties)).toContain('hs_is_closed');
    expect(Object.keys(json.results[0].properties)).not.toContain('favourite_colour');
  });

  test.each([
    [
      'an unknown property',
      { filterGroups: [{ filters: [{ propertyName: 'x', operator: 'HAS_PROPERTY' }] }] },
    ],
    [
      'a filter without a value',
      { filterGroups: [{ filters: [{ propertyName: 'amount', operator: 'EQ' }] }] },
    ],
    ['records after the first 10,000', { after: '10000', limit: 1 }],
  ])('rejects %s', async (_, body) => {
    const { status, json } = await ask(DEALS, body);

    expect(status).toBe(400);
    expect(json).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
  });
});

test('the emulated HubSpot reports the missing records of a batch', async () => {
  const { json } = await ask('/crm/v3/objects/notes/batch/read', {
    inputs: [{ id: '5101' }, { id: '1' }],
    properties: ['hs_note_body'],
  });

  expect(json).toMatchObject({
    status: 'COMPLETE',
    results: [{ id: '5101' }],
    numErrors: 1,
    errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['1'] } }],
  });
});

test('the emulated HubSpot returns associations in pages', async () => {
  const path = '/crm/v4/objects/contacts/9001/associations/emails';
  const first = await ask(`${path}?limit=1`);
  const second = await ask(`${path}?limit=1&after=${first.json.paging.next.after}`);

  expect([first.json.results[0].toObjectId, second.json.results[0].toObjectId]).toEqual([5301, 5302]);
  expect(second.json.paging).toBeUndefined();
});

test('the emulated HubSpot responds to two requests that only a user of the local stack sends', async () => {
  const owners = await ask('/crm/v3/owners?email=ada@harborbikes.example');
  const links = await ask('/scheduler/v3/meetings/meeting-links');

  expect(owners.json.results).toMatchObject([{ id: '1234567', firstName: 'Ada' }]);
  expect(links.json.results).toMatchObject([
    { slug: 'ada-okafor' },
    { slug: 'ada-okafor/first-visit' },
    { slug: 'workshop' },
  ]);
});

test('the emulated HubSpot reports the invalid value of a property in the message', async () => {
  const properties = {
    hs_communication_channel_type: 'SMS',
    hs_communication_logged_from: 'CRM',
    colour: 'red',
  };
  const { status, json } = await ask('/crm/v3/objects/communications', { properties });

  expect(status).toBe(400);
  expect(json.message).toMatch(/^Property values were not valid: \[.*"colour".*"PROPERTY_DOESNT_EXIST"/);
});

test('the emulated HubSpot removes all writes on reset', async () => {
  const path = '/communication-preferences/v4/statuses/otto@fixedgear.example';
  await ask(path, { subscriptionId: 7890, statusState: 'SUBSCRIBED', channel: 'EMAIL' });
  await provider.reset();

  const { json } = await ask(`${path}?channel=EMAIL`);
  expect(json.results[0]).toMatchObject({ subscriptionId: 7890, status: 'NOT_SPECIFIED' });
});

test.each([
  ['an unknown token', '/crm/v3/owners', 'nobody', 401, 'INVALID_AUTHENTICATION'],
  ['a missing scope', '/crm/v3/pipelines/deals', 'hubspot-local-grace', 403, 'MISSING_SCOPES'],
  ['an unknown record', '/crm/v3/objects/tickets/1', ADA, 404, 'OBJECT_NOT_FOUND'],
  ['an unknown path', '/crm/v3/imports', ADA, 404, 'OBJECT_NOT_FOUND'],
])('the emulated HubSpot rejects %s', async (_, path, token, status, category) => {
  const answer = await ask(path, undefined, token);

  expect(answer).toMatchObject({ status, json: { status: 'error', category } });
});
