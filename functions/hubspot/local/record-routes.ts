import * as z from 'zod';
import { type CrmRecord, recordView } from './crm-record.ts';
import { newCommunication } from './new-communication.ts';
import { OBJECT_TYPES } from './object-types.ts';
import { notFound, type Route, read } from './route.ts';
import { searchRecords } from './search-records.ts';
import type { HubSpotState } from './state.ts';

const BATCH_MAX = 100;
const ASSOCIATIONS_MAX = 500;

const BatchRead = z.strictObject({
  inputs: z.array(z.strictObject({ id: z.string() })).max(BATCH_MAX),
  properties: z.array(z.string()).default([]),
  propertiesWithHistory: z.array(z.string()).optional(),
});
const AssociationPage = z.object({
  limit: z.coerce.number().int().min(1).max(ASSOCIATIONS_MAX).default(ASSOCIATIONS_MAX),
  after: z.coerce.number().int().min(0).default(0),
});

const readScopes = ({ objects = '' }: Record<string, string>) => OBJECT_TYPES.get(objects)?.readScopes ?? [];

export const recordRoutes: Route[] = [
  {
    method: 'POST',
    path: '/crm/v3/objects/:objects/search',
    scopes: readScopes,
    answer: ({ params, body }, { records }) => searchRecords(objectsOf(params), records, body),
  },
  {
    method: 'POST',
    path: '/crm/v3/objects/:objects/batch/read',
    scopes: readScopes,
    answer({ params, body }, state) {
      const { inputs, properties } = read(BatchRead, body);
      const objects = objectsOf(params);
      const ids = new Set(inputs.map(({ id }) => id));
      const found = state.records.filter((record) => record.objects === objects && ids.has(record.id));
      const lost = [...ids].filter((id) => !found.some((record) => record.id === id));
      const now = new Date().toISOString();
      return {
        status: 'COMPLETE',
        results: found.map((record) => recordView(record, properties)),
        ...(lost.length > 0 && { numErrors: 1, errors: [lostRecords(objects, lost)] }),
        startedAt: now,
        completedAt: now,
      };
    },
  },
  {
    method: 'GET',
    path: '/crm/v3/objects/:objects/:id',
    scopes: readScopes,
    answer: ({ params, query }, state) =>
      recordView(
        recordOf(state, objectsOf(params), params.id ?? '', query.get('idProperty')),
        query.getAll('properties').flatMap((names) => names.split(',')),
      ),
  },
  {
    method: 'GET',
    path: '/crm/v4/objects/:from/:id/associations/:objects',
    scopes: readScopes,
    answer({ params, query }, state) {
      const { limit, after } = read(AssociationPage, Object.fromEntries(query));
      const objects = objectsOf(params);
      const { from = '' } = params;
      const { id } = recordOf(state, from, params.id ?? '');
      const typeId = OBJECT_TYPES.get(objects)?.fromContact;
      const all = relatedTo(state, from, id).filter((record) => record.objects === objects);
      return {
        results: all.slice(after, after + limit).map((record) => ({
          toObjectId: Number(record.id),
          associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId, label: null }],
        })),
        ...(after + limit < all.length && { paging: { next: { after: String(after + limit) } } }),
      };
    },
  },
  {
    method: 'POST',
    path: '/crm/v4/associations/:from/:objects/batch/read',
    scopes: readScopes,
    answer({ params, body }, state) {
      const { inputs } = read(BatchRead, body);
      const objects = objectsOf(params);
      const { from = '' } = params;
      const results = inputs.flatMap(({ id }) => {
        const to = relatedTo(state, from, id).filter((record) => record.objects === objects);
        // HubSpot returns no result for a record without associations.
        return to.length === 0
          ? []
          : [{ from: { id }, to: to.map((record) => ({ toObjectId: Number(record.id) })) }];
      });
      return { status: 'COMPLETE', results };
    },
  },
  {
    method: 'POST',
    path: '/crm/v3/objects/communications',
    scopes: () => ['crm.objects.contacts.write'],
    status: 201,
    answer: ({ body }, state) => newCommunication(state, body),
  },
];

function objectsOf({ objects = '' }: Record<string, string>): string {
  if (!OBJECT_TYPES.has(objects)) throw notFound(`Unable to infer object type from: ${objects}`);
  return objects;
}

/** Returns the records that are associated with the given record, in either direction. */
function relatedTo({ records }: HubSpotState, objects: string, id: string): CrmRecord[] {
  const keysOf = ({ contactIds, links = [] }: CrmRecord) => [
    ...contactIds.map((contactId) => `contacts/${contactId}`),
    ...links,
  ];
  const record = records.find((candidate) => candidate.objects === objects && candidate.id === id);
  const own = new Set(record ? keysOf(record) : []);
  return records.filter(
    (candidate) =>
      own.has(`${candidate.objects}/${candidate.id}`) || keysOf(candidate).includes(`${objects}/${id}`),
  );
}

function recordOf({ records }: HubSpotState, objects: string, id: string, idProperty: string | null = null) {
  const record = records.find(
    (candidate) =>
      candidate.objects === objects &&
      (idProperty === null ? candidate.id : candidate.properties[idProperty]) === id,
  );
  if (!record) throw notFound();
  return record;
}

function lostRecords(objects: string, ids: readonly string[]) {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: `Could not get some ${objects} objects, they may be deleted or not exist. Check that ids are valid.`,
    context: { ids },
    errors: [],
    links: {},
  };
}
