import {
  completeness,
  defineTool,
  id,
  type Page,
  type ProviderClient,
  path,
  text,
  time,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { type AssociatedRecord, associatedRecords } from './shared/associated-records.ts';
import { numberProperty, textProperty, timeProperty } from './shared/crm-records.ts';
import { ownerIdOf, ownerInput, ownerNames } from './shared/owners.ts';
import {
  daysAgo,
  ONE_RECORD,
  recordResponse,
  type SearchFilter,
  searchContract,
  searchRecords,
} from './shared/search.ts';

const CONTACTS_MAX = 3;
const IDLE_DAYS_MAX = 3_650;
const LAST_ACTIVITY = 'notes_last_updated';

/** https://developers.hubspot.com/docs/guides/api/crm/objects/deals */
const DealResponse = recordResponse({
  dealname: textProperty,
  pipeline: textProperty,
  dealstage: textProperty,
  amount: numberProperty,
  deal_currency_code: textProperty,
  hubspot_owner_id: textProperty,
  notes_last_updated: timeProperty,
  notes_next_activity_date: timeProperty,
});

/** https://developers.hubspot.com/docs/guides/api/crm/pipelines */
const PipelinesResponse = z.object({
  results: z.array(
    z.object({
      id: z.string().nullish(),
      stages: z.array(z.object({ id: z.string(), label: z.string() })),
    }),
  ),
});

const DealOutput = z.strictObject({
  id: id(),
  name: text(200).nullable(),
  stage: text(100).nullable(),
  amount: z.number().nullable(),
  currency: text(10).nullable(),
  owner_id: id().nullable(),
  owner_name: text(200).nullable(),
  contacts: z
    .array(z.strictObject({ id: id(), name: text(200).nullable(), email: text(254).nullable() }))
    .describe(`The first ${CONTACTS_MAX}.`),
  created_at: time(),
  last_activity_at: time().nullable().describe('null if there never was one.'),
  next_activity_at: time().nullable(),
  url: text(300).nullable(),
});

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_list_stale_deals',
  effect: 'read',
  scopes: ['crm.objects.deals.read', 'crm.objects.contacts.read', 'crm.objects.owners.read'],
  description:
    'Lists open deals in HubSpot without activity for some days, the longest idle first, with owner and contacts. Deals that never had an activity (last_activity_at is null) are idle since created_at.',
  input: {
    idle_days: z
      .int()
      .min(1)
      .refine((days) => days <= IDLE_DAYS_MAX, { error: `must be at most ${IDLE_DAYS_MAX}` })
      .describe('Days without activity, such as 30.'),
    owner: ownerInput('Only deals of this HubSpot user: e-mail address, name or ID.').optional(),
  },
  ...searchContract('deals', DealOutput),
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
            created_at: '2026-01-12T09:30:17Z',
            last_activity_at: '2026-02-01T09:30:17Z',
            next_activity_at: null,
            url: null,
          },
        ],
        ...ONE_RECORD,
      },
    },
  ],

  async run({ page, idle_days, owner }, { api }) {
    const ownerId = owner && (await ownerIdOf(api, owner, 'owner'));
    const [{ records, ...found }, { body: pipelines }] = await Promise.all([
      idleDeals(api, idleDealFilters(idle_days, ownerId), page),
      // https://developers.hubspot.com/docs/guides/api/crm/pipelines
      api.get(path`/crm/v3/pipelines/deals`, { response: PipelinesResponse }),
    ]);
    const ids = records.map((record) => record.id);
    const ownerIds = records.map(({ properties }) => properties.hubspot_owner_id);
    const [owners, contacts] = await Promise.all([
      ownerNames(api, ownerIds),
      associatedRecords(api, 'deals', ids, 'contact', CONTACTS_MAX),
    ]);
    return {
      items: records.map((deal) => toDeal(deal, pipelines, owners.names, contacts.of(deal.id))),
      ...found,
      ...completeness([owners.missing, contacts.missing]),
    };
  },
});

/**
 * Returns the filters of two searches for open deals that were created more than `idleDays` days ago.
 * `active` finds deals whose last activity is also older than that. `untouched` finds deals without any
 * activity.
 */
function idleDealFilters(idleDays: number, ownerId: string | undefined) {
  const value = daysAgo(idleDays);
  const open: SearchFilter[] = [
    { propertyName: 'hs_is_closed', operator: 'EQ', value: 'false' },
    { propertyName: 'hubspot_owner_id', operator: 'EQ', value: ownerId },
    { propertyName: 'createdate', operator: 'LT', value },
  ];
  return {
    active: [...open, { propertyName: LAST_ACTIVITY, operator: 'LT', value }],
    untouched: [...open, { propertyName: LAST_ACTIVITY, operator: 'NOT_HAS_PROPERTY' }],
  } satisfies Record<string, SearchFilter[]>;
}

type Deal = z.output<typeof DealResponse>;

/**
 * Reads one page of idle deals, longest idle first. A search that sorts by activity puts all deals without
 * activity at one end. A second search therefore reads these deals by creation date, and this function merges
 * both results.
 */
async function idleDeals(
  api: ProviderClient,
  { active, untouched }: ReturnType<typeof idleDealFilters>,
  { size, cursor = '0 0' }: Page,
) {
  const [activeStart = 0, untouchedStart = 0] = cursor.split(' ').map(Number);
  const search = (filters: SearchFilter[], propertyName: string, start: number) =>
    // https://developers.hubspot.com/docs/guides/api/crm/objects/deals
    searchRecords(api, 'deals', DealResponse, {
      groups: [filters],
      sort: { propertyName, direction: 'ASCENDING' },
      page: { size, cursor: start === 0 ? undefined : String(start) },
    });
  const [touched, others] = await Promise.all([
    search(active, LAST_ACTIVITY, activeStart),
    search(untouched, 'createdate', untouchedStart),
  ]);
  // A deal is in both results if it gets its first activity between the two requests.
  const records = new Map<string, Deal>();
  let [activeEnd, untouchedEnd] = [0, 0];
  while (records.size < size) {
    const [one, other] = [touched.records[activeEnd], others.records[untouchedEnd]];
    const next = other === undefined || (one && idleSince(one) <= idleSince(other)) ? one : other;
    if (!next) break;
    records.set(next.id, next);
    if (next === one) activeEnd += 1;
    else untouchedEnd += 1;
  }
  const total = touched.total + others.total;
  const [activeNext, untouchedNext] = [activeStart + activeEnd, untouchedStart + untouchedEnd];
  const isEnd = activeNext + untouchedNext >= total || records.size === 0;
  return {
    records: [...records.values()],
    total,
    next: isEnd ? undefined : `${activeNext} ${untouchedNext}`,
  };
}

function idleSince({ createdAt, properties }: Deal): string {
  return properties.notes_last_updated ?? createdAt;
}

/**
 * Returns the output for a deal. The record has only the IDs of its stage, owner and contacts, so their names
 * are added.
 */
function toDeal(
  { id: dealId, url, createdAt, properties }: Deal,
  pipelines: z.output<typeof PipelinesResponse>,
  owners: ReadonlyMap<string, string>,
  contacts: AssociatedRecord[],
) {
  const own = pipelines.results.filter((pipeline) => pipeline.id === properties.pipeline);
  // Two pipelines may have stages with the same ID, so the deal's own pipeline comes first.
  const stage = [...own, ...pipelines.results]
    .flatMap(({ stages }) => stages)
    .find((candidate) => candidate.id === properties.dealstage);
  return {
    id: dealId,
    name: properties.dealname,
    stage: stage?.label ?? properties.dealstage,
    amount: properties.amount,
    currency: properties.deal_currency_code,
    owner_id: properties.hubspot_owner_id,
    owner_name: owners.get(properties.hubspot_owner_id ?? '') ?? null,
    contacts,
    created_at: createdAt,
    last_activity_at: properties.notes_last_updated,
    next_activity_at: properties.notes_next_activity_date,
    url: url ?? null,
  };
}

export const handler = createHandler(tool);
