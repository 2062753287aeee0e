import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../list-stale-deals.ts';
import { documentedSearch } from './documented.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonErrors, nothingThere, wrongValue } from './provider-errors.ts';

const hubspot = hubspotForTest(tool);
const MS_PER_DAY = 86_400_000;
const daysAgo = (days: number) => Date.now() - days * MS_PER_DAY;
const deal = (id: number) => expect.objectContaining({ id: String(id) });

describe('hubspot_list_stale_deals', () => {
  test('lists open deals without activity, and sends the documented requests', async () => {
    const { json } = await hubspot.call({ idle_days: 60, owner: 'ada@harborbikes.example' });

    expect(json).toEqual({
      deals: [
        expect.objectContaining({
          id: '6004',
          amount: null,
          stage: 'Appointment scheduled',
          // The deal has no activity, so the tool counts its idle time from its creation.
          created_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
          last_activity_at: null,
        }),
        {
          id: '6005',
          name: 'Green Campus: parking racks',
          stage: 'Offer sent',
          amount: 3150.5,
          currency: 'EUR',
          owner_id: '1234567',
          owner_name: 'Ada Okafor',
          contacts: [{ id: '9004', name: 'Priya Nair', email: 'priya@greencampus.example' }],
          created_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
          last_activity_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
          next_activity_at: null,
          url: 'https://app.hubspot.com/contacts/48112001/record/0-3/6005',
        },
      ],
      total: 2,
      is_complete: true,
      missing: [],
      count: 2,
      next_cursor: null,
      omitted: 0,
    });
    const requests = hubspot.requests();
    expect(requests.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'GET /crm/v3/owners?limit=500&archived=false',
      'GET /crm/v3/owners?limit=500&archived=false',
      'GET /crm/v3/pipelines/deals',
      'POST /crm/v3/objects/contacts/batch/read',
      'POST /crm/v3/objects/deals/search',
      'POST /crm/v3/objects/deals/search',
      'POST /crm/v4/associations/deals/contacts/batch/read',
    ]);
    const old = [
      { propertyName: 'hs_is_closed', operator: 'EQ', value: 'false' },
      { propertyName: 'hubspot_owner_id', operator: 'EQ', value: '1234567' },
      { propertyName: 'createdate', operator: 'LT', value: expect.any(String) },
    ];
    const property = { propertyName: 'notes_last_updated' };
    const search = {
      properties: [
        'dealname',
        'pipeline',
        'dealstage',
        'amount',
        'deal_currency_code',
        'hubspot_owner_id',
        'notes_last_updated',
        'notes_next_activity_date',
      ],
      limit: 20,
    };
    expect(requests.filter(({ path }) => path.endsWith('/search')).map(({ json }) => json)).toEqual(
      expect.arrayContaining([
        {
          ...search,
          filterGroups: [{ filters: [...old, { ...property, operator: 'LT', value: expect.any(String) }] }],
          sorts: [{ ...property, direction: 'ASCENDING' }],
        },
        {
          ...search,
          filterGroups: [{ filters: [...old, { ...property, operator: 'NOT_HAS_PROPERTY' }] }],
          sorts: [{ propertyName: 'createdate', direction: 'ASCENDING' }],
        },
      ]),
    );
  });

  test('searches for deals without activity in the last `idle_days` days', async () => {
    const [earliest, latest] = [daysAgo(45), daysAgo(45) + 60_000];

    await hubspot.answered({ idle_days: 45 }, { body: { total: 0, results: [] } });

    const [search] = hubspot.bodiesSent().filter((body) => body !== undefined);
    const values = JSON.stringify(search).match(/\d{13}/g) ?? [];
    expect(new Set(values).size).toBe(1);
    expect(Number(values[0])).toBeGreaterThanOrEqual(earliest);
    expect(Number(values[0])).toBeLessThan(latest);
  });

  test.each([
    ['for a month', 30, [6003, 6004, 6005, 6002]],
    ['for a quarter, without a newer deal that has no activity', 91, [6003]],
    ['for a day', 1, [6003, 6004, 6005, 6002, 6001]],
    ['for ten years', 3_650, []],
  ])('lists open deals that were idle %s, longest idle first', async (_, idle_days, ids) => {
    const { json } = await hubspot.call({ idle_days });

    expect(json).toMatchObject({ deals: ids.map(deal), total: ids.length });
  });

  test('returns the time of a planned activity', async () => {
    const { json } = await hubspot.call({ idle_days: 40, owner: 'grace lindqvist' });

    expect(json).toMatchObject({
      deals: [{ id: '6003' }, { id: '6002', next_activity_at: expect.any(String) }],
    });
  });

  test.each([1, 3, 4])('returns every deal once if max_results is %i', async (size) => {
    const pages = await everyPage(hubspot.call, 'deals', { idle_days: 30, max_results: size });

    expect(pages).toHaveLength(Math.ceil(4 / size));
    expect(pages.flat()).toEqual([6003, 6004, 6005, 6002].map(deal));
  });

  const pipelines = {
    body: {
      results: [
        { id: 'default', label: 'Sales', stages: [{ id: 'appointmentscheduled', label: 'Appointment' }] },
      ],
    },
  };
  const byMethod = (search: object) => (request: { method: string | undefined }) =>
    request.method === 'POST' ? search : pipelines;

  test("accepts HubSpot's documented response", async () => {
    const search = documentedSearch('deals');

    const { json } = await hubspot.answered({ idle_days: 30 }, byMethod(search));

    expect(json).toMatchObject({
      deals: [
        {
          id: '512',
          name: 'New deal',
          stage: 'Appointment',
          amount: 1500,
          currency: null,
          owner_id: null,
          created_at: '2026-03-02T09:30:17Z',
          last_activity_at: null,
          next_activity_at: null,
          url: null,
        },
      ],
    });
  });

  test.each([
    ['an unknown stage, and returns its ID', { dealstage: '98765' }, '98765'],
    ['a record without properties', {}, null],
  ])('accepts %s', async (_, properties, stage) => {
    const results = [{ id: '1', createdAt: '2026-03-02T09:30:17Z', properties }];

    const { json } = await hubspot.answered({ idle_days: 1 }, byMethod({ body: { total: 1, results } }));

    expect(json).toMatchObject({ deals: [{ id: '1', stage, name: null }] });
  });

  test('reports a missing scope', async () => {
    const { error } = await hubspot.call({ idle_days: 30 }, 'user_grace');

    expect(error).toMatchObject({
      code: 'permission_denied',
      details: expect.arrayContaining([{ path: '', issue: 'needs the scope crm.objects.deals.read' }]),
    });
  });

  test.each([
    ['okafor', 'invalid_input', [{ value: '1234567', label: 'Ada Okafor, ada@harborbikes.example' }]],
    ['Nobody', 'not_found', undefined],
  ])('rejects the owner “%s”, and lists similar owners if there are any', async (owner, code, candidates) => {
    const { error } = await hubspot.call({ idle_days: 30, owner });

    expect(error).toMatchObject({ code, details: [{ path: 'owner' }] });
    expect(error?.details[0]?.candidates).toEqual(candidates);
  });

  test.each(['me', '@me', ' Myself ', 'current user'])(
    'asks for an address if the owner is %j',
    async (owner) => {
      const { error } = await hubspot.call({ idle_days: 30, owner });

      expect(error).toMatchObject({
        code: 'invalid_input',
        details: [{ path: 'owner', issue: expect.stringContaining('send the e-mail address of the user') }],
      });
      expect(error?.details[0]?.candidates).toBeUndefined();
      expect(hubspot.requests()).toEqual([]);
    },
  );

  hubspot.testBadInputs({
    'a missing number of days': [{}, 'idle_days'],
    'zero days': [{ idle_days: 0 }, 'idle_days'],
    'a fraction of a day': [{ idle_days: 0.5 }, 'idle_days'],
    'a blank owner': [{ idle_days: 30, owner: ' ' }, 'owner'],
  });
});

testProviderErrors(
  tool,
  { idle_days: 30 },
  {
    ...commonErrors('crm.objects.deals.read'),
    'a wrong value': wrongValue,
    'missing pipelines': nothingThere,
  },
);
