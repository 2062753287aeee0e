import pMap from 'p-map';
import { path, type RunContext } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ACTIVITIES, type ActivityKind } from './activity.ts';
import { type ActivityReference, PARALLEL_READS_MAX } from './read-activities.ts';

/** The most that HubSpot gives at once. */
export const ASSOCIATIONS_MAX = 500;

const Associations = z.object({
  results: z.array(z.object({ toObjectId: z.union([z.string(), z.int()]).transform(String) })),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
});

/** What is logged on a contact, in no order; of each kind the first `ASSOCIATIONS_MAX`. */
export async function associatedActivities(
  { api, signal }: RunContext,
  contactId: string,
  kinds: ReadonlySet<ActivityKind>,
): Promise<{ references: ActivityReference[]; incomplete: boolean }> {
  const lists = await pMap(
    kinds,
    async (kind) => {
      const { objects } = ACTIVITIES[kind];
      // https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4
      const { body } = await api.get(path`/crm/v4/objects/contacts/${contactId}/associations/${objects}`, {
        query: { limit: ASSOCIATIONS_MAX },
        response: Associations,
      });
      // One that has several labels stands there once for each.
      const ids = new Set(body.results.map(({ toObjectId }) => toObjectId));
      return { references: [...ids].map((id) => ({ id, kind })), incomplete: Boolean(body.paging?.next) };
    },
    { concurrency: PARALLEL_READS_MAX, signal },
  );
  return {
    references: lists.flatMap(({ references }) => references),
    incomplete: lists.some(({ incomplete }) => incomplete),
  };
}
