import pMap from 'p-map';
import { id, path, providerTime, type RunContext, utcTime } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ACTIVITIES, type ActivityKind, type ActivityRecord, type ActivityReference } from './activity.ts';
import { batchErrors, batchesOf, isPartial, textProperty, timeProperty } from './crm-records.ts';

// All users of a company share HubSpot's limit of 110 requests in ten seconds, so only a few reads run at the
// same time.
export const PARALLEL_READS_MAX = 6;
const TIMES = ['hs_timestamp', 'hs_task_completion_date', 'hs_task_status'];

const BatchResponse = z.object({
  results: z.array(
    z.object({
      id: id(),
      createdAt: providerTime(),
      properties: z
        .object({ hs_timestamp: timeProperty, hs_task_completion_date: timeProperty })
        .catchall(textProperty),
    }),
  ),
  errors: batchErrors,
});
type Properties = z.output<typeof BatchResponse>['results'][number]['properties'];

/**
 * Reads activities of any kind, each with the properties of its kind. Deleted activities are left out.
 * @returns the activities, and a sentence if HubSpot did not return some of them
 */
export async function readActivities(
  { api, signal }: RunContext,
  references: readonly ActivityReference[],
  propertiesOf: (kind: ActivityKind) => readonly string[],
): Promise<{ activities: ActivityRecord[]; missing: string | false }> {
  const batches = [...Map.groupBy(references, ({ kind }) => kind)].flatMap(([kind, ofKind]) =>
    batchesOf(ofKind).map((inputs) => ({ kind, inputs })),
  );
  const read = await pMap(
    batches,
    async ({ kind, inputs }) => {
      const properties = [...new Set([...TIMES, ...propertiesOf(kind)])];
      // This page is about notes. HubSpot has one such page for each kind:
      // https://developers.hubspot.com/docs/guides/api/crm/engagements/notes
      const { body } = await api.post(path`/crm/v3/objects/${ACTIVITIES[kind].objects}/batch/read`, {
        json: {
          inputs: inputs.map(({ id: recordId }) => ({ id: recordId })),
          properties: kind === 'task' ? properties : properties.filter((name) => !name.startsWith('hs_task')),
        },
        response: BatchResponse,
      });
      const activities = body.results.map((record) => ({
        id: record.id,
        kind,
        ...timesOf(kind, record.createdAt, record.properties),
        properties: record.properties,
      }));
      return { activities, isCut: isPartial(body.errors) };
    },
    { concurrency: PARALLEL_READS_MAX, signal },
  );
  return {
    activities: read.flatMap(({ activities }) => activities),
    missing:
      read.some(({ isCut }) => isCut) && 'Some entries, which HubSpot did not return. Repeat the call.',
  };
}

/**
 * Returns the time at which an activity happened, and the time for which it is planned. `hs_timestamp` can be
 * either of these times: the due date of a task is planned, and a meeting can be in the future.
 */
function timesOf(kind: ActivityKind, createdAt: string, properties: Properties) {
  const {
    hs_timestamp: timestamp,
    hs_task_completion_date: completedAt,
    hs_task_status: status,
  } = properties;
  if (kind === 'task') {
    // In an open task, the completion date may be the due date, so it is used only if the task is completed.
    const isDone = status === 'COMPLETED' && completedAt !== null;
    return { at: isDone ? completedAt : createdAt, plannedAt: timestamp };
  }
  const isAhead = timestamp !== null && timestamp > utcTime(Date.now());
  return { at: isAhead ? createdAt : (timestamp ?? createdAt), plannedAt: isAhead ? timestamp : null };
}
