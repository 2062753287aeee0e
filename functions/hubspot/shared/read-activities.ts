import pMap from 'p-map';
import { id, path, providerTime, type RunContext } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ACTIVITIES, type ActivityKind } from './activity.ts';
import { textProperty, timeProperty } from './property.ts';

// HubSpot allows an app 110 calls in ten seconds, all users of a company together.
export const PARALLEL_READS_MAX = 6;
const BATCH_SIZE_MAX = 100;

export interface ActivityReference {
  id: string;
  kind: ActivityKind;
}
export interface ActivityRecord extends ActivityReference {
  at: string;
  properties: Readonly<Record<string, string | null>>;
}

const Batch = z.object({
  results: z.array(
    z.object({
      id: id(),
      createdAt: providerTime(),
      properties: z.object({ hs_timestamp: timeProperty }).catchall(textProperty),
    }),
  ),
});

/** Reads records of any kinds, of each kind the properties that are asked for; one that is gone is left out. */
export async function readActivities(
  { api, signal }: RunContext,
  references: readonly ActivityReference[],
  propertiesOf: (kind: ActivityKind) => readonly string[],
): Promise<ActivityRecord[]> {
  const batches = [...Map.groupBy(references, ({ kind }) => kind)].flatMap(([kind, ofKind]) =>
    chunks(ofKind).map((inputs) => ({ kind, inputs })),
  );
  const records = await pMap(
    batches,
    async ({ kind, inputs }) => {
      // https://developers.hubspot.com/docs/guides/api/crm/engagements/notes, and likewise for the other kinds
      const { body } = await api.post(path`/crm/v3/objects/${ACTIVITIES[kind].objects}/batch/read`, {
        json: {
          inputs: inputs.map(({ id }) => ({ id })),
          properties: ['hs_timestamp', ...propertiesOf(kind)],
        },
        response: Batch,
      });
      return body.results.map(({ id, createdAt, properties }) => ({
        id,
        kind,
        at: properties.hs_timestamp ?? createdAt,
        properties,
      }));
    },
    { concurrency: PARALLEL_READS_MAX, signal },
  );
  return records.flat();
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH_SIZE_MAX) }, (_, index) =>
    items.slice(index * BATCH_SIZE_MAX, (index + 1) * BATCH_SIZE_MAX),
  );
}
