import pMap from 'p-map';
import { path, type RunContext } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ACTIVITIES, type ActivityKind } from './activity.ts';
import { NAMED_RECORDS, type RecordKind } from './named-record.ts';
import { type ActivityReference, PARALLEL_READS_MAX } from './read-activities.ts';

/** The most that HubSpot returns at once. */
const ASSOCIATIONS_MAX = 500;

const AssociationsResponse = z.object({
  results: z.array(z.object({ toObjectId: z.union([z.string(), z.int()]).transform(String) })),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
});

/** The activities of a record, in no order; of each kind the first `ASSOCIATIONS_MAX`. */
export async function associatedActivities(
  { api, signal }: RunContext,
  record: { kind: RecordKind; id: string },
  kinds: ReadonlySet<ActivityKind>,
): Promise<{ references: ActivityReference[]; missing: string | false }> {
  const lists = await pMap(
    kinds,
    async (kind) => {
      const { objects } = ACTIVITIES[kind];
      const { objects: from } = NAMED_RECORDS[record.kind];
      // https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4
      const { body } = await api.get(path`/crm/v4/objects/${from}/${record.id}/associations/${objects}`, {
        query: { limit: ASSOCIATIONS_MAX },
        response: AssociationsResponse,
      });
      // One that has several labels comes once for each.
      const ids = new Set(body.results.map(({ toObjectId }) => toObjectId));
      return {
        references: [...ids].map((id) => ({ id, kind })),
        cut: body.paging?.next ? [objects] : [],
      };
    },
    { concurrency: PARALLEL_READS_MAX, signal },
  );
  const cut = lists.flatMap((list) => list.cut);
  return {
    references: lists.flatMap(({ references }) => references),
    missing: cut.length > 0 && `All but ${ASSOCIATIONS_MAX} of the ${cut.join(', ')}, perhaps newer ones.`,
  };
}
