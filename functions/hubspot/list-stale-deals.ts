import { completeness, completenessOutput, defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { associatedRecords } from './shared/associated-records.ts';
import { DealOutput, DealsResponse, dealProperties, PipelinesResponse, toDeal } from './shared/deal.ts';
import { idleDealSearch } from './shared/idle-deal-search.ts';
import { ownerIdOf, ownerInput, ownerNames } from './shared/owners.ts';
import { searchBody } from './shared/search.ts';

const CONTACTS_MAX = 3;
const IDLE_DAYS_MAX = 3_650;

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_list_stale_deals',
  effect: 'read',
  scopes: ['crm.objects.deals.read', 'crm.objects.contacts.read', 'crm.objects.owners.read'],
  description:
    'Lists open deals in HubSpot without activity for some days, the longest idle first, with owner and contacts.',
  input: {
    idle_days: z
      .int()
      .min(1)
      .refine((days) => days <= IDLE_DAYS_MAX, { error: `must be at most ${IDLE_DAYS_MAX}` })
      .describe('Days without activity, such as 30.'),
    owner: ownerInput('Only deals of this HubSpot user: e-mail address, name or ID.').optional(),
  },
  output: { total: z.int().describe('How many deals match.'), ...completenessOutput },
  list: { key: 'deals', item: DealOutput, default: 20, maximum: 200 },
  examples: [
    {
      input: { idle_days: 30 },
      output: {
        deals: [
          {
            id: '512',
            name: 'New deal',
            stage: 'Appointment scheduled',
            amount: 1500,
            currency: 'USD',
            owner_id: '77',
            owner_name: 'Rosa Marin',
            contacts: [{ id: '513', name: 'Ann Lee', email: 'ann@example.com' }],
            last_activity_at: '2026-02-01T09:30:17Z',
            next_activity_at: null,
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

  async run({ page, idle_days, owner }, { api }) {
    const ownerId = owner && (await ownerIdOf(api, owner, 'owner'));
    const [{ body }, { body: pipelines }] = await Promise.all([
      // https://developers.hubspot.com/docs/guides/api/crm/objects/deals
      api.post(path`/crm/v3/objects/deals/search`, {
        json: searchBody({ ...idleDealSearch(idle_days, ownerId), properties: dealProperties, page }),
        response: DealsResponse,
      }),
      // https://developers.hubspot.com/docs/guides/api/crm/pipelines
      api.get(path`/crm/v3/pipelines/deals`, { response: PipelinesResponse }),
    ]);
    const deals = body.results;
    const [owners, contacts] = await Promise.all([
      ownerNames(
        api,
        deals.map(({ properties }) => properties.hubspot_owner_id),
      ),
      associatedRecords(
        api,
        'deals',
        deals.map(({ id }) => id),
        'contact',
        CONTACTS_MAX,
      ),
    ]);
    return {
      items: deals.map((deal) => toDeal(deal, pipelines, owners.names, contacts.of(deal.id))),
      next: body.paging?.next?.after,
      total: body.total,
      ...completeness([owners.missing, contacts.missing]),
    };
  },
});

export const handler = createHandler(tool);
