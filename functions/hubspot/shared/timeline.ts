import pMap from 'p-map';
import { ifReadable, type Page, path, type RunContext } from 'scalekit-lambda-tools';
import * as z from 'zod';
import {
  ACTIVITIES,
  type ActivityKind,
  type ActivityRecord,
  type ActivityReference,
  activityProperties,
} from './activity.ts';
import { NAMED_RECORDS, type RecordKind } from './named-record.ts';
import { PARALLEL_READS_MAX, readActivities } from './read-activities.ts';

// HubSpot returns at most this many associations in one response.
const ASSOCIATIONS_MAX = 500;
const ID_LENGTH_MAX = 20;

const AssociationsResponse = z.object({
  results: z.array(z.object({ toObjectId: z.union([z.string(), z.int()]).transform(String) })),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
});

interface TimelinePage {
  activities: ActivityRecord[];
  /** The position of the last activity on this page; undefined if there are no older activities. */
  next: string | undefined;
  missing: string | false;
}

/**
 * Returns one page of a record's activities, newest first. HubSpot returns associations unsorted, so the times of all
 * activities are read first. A page starts after the last activity of the previous page, so new activities do not shift
 * the pages.
 */
export async function timelinePage(
  context: RunContext,
  record: { kind: RecordKind; id: string },
  kinds: ReadonlySet<ActivityKind>,
  page: Page,
): Promise<TimelinePage> {
  const { references, missing } = await associatedActivities(context, record, kinds);
  const read = await readActivities(context, references, () => []);
  const dated = newestFirst(read.activities, page.cursor);
  const chosen = dated.slice(0, page.size);
  const last = chosen.at(-1);
  // Bodies can be long, so they are read only for the activities of this page.
  const shown = await readActivities(context, chosen, activityProperties);
  return {
    activities: newestFirst(shown.activities),
    next: last && dated.length > chosen.length ? positionOf(last) : undefined,
    missing: missing || read.missing || shown.missing,
  };
}

/** Returns the activities of a record, unsorted, at most `ASSOCIATIONS_MAX` of each kind. */
async function associatedActivities(
  { api, signal }: RunContext,
  record: { kind: RecordKind; id: string },
  kinds: ReadonlySet<ActivityKind>,
): Promise<{ references: ActivityReference[]; missing: string | false }> {
  const lists = await pMap(
    kinds,
    async (kind) => {
      const { objects } = ACTIVITIES[kind];
      const { objects: from } = NAMED_RECORDS[record.kind];
      // HubSpot returns 404 if the account does not have this kind of activity, so that error is ignored. If
      // the record does not exist, the request for its name fails.
      const answer = await ifReadable(
        // https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4
        api.get(path`/crm/v4/objects/${from}/${record.id}/associations/${objects}`, {
          query: { limit: ASSOCIATIONS_MAX },
          response: AssociationsResponse,
        }),
        ['not_found'],
      );
      // HubSpot lists an activity once for each of its labels.
      const ids = new Set(answer?.body.results.map(({ toObjectId }) => toObjectId));
      return {
        references: [...ids].map((id) => ({ id, kind })),
        cut: answer?.body.paging?.next ? [objects] : [],
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

/** Returns the position of an activity in the timeline. Sorted as text, positions are in order of time. */
function positionOf({ id, kind, at }: ActivityRecord): string {
  return `${at} ${id.padStart(ID_LENGTH_MAX, '0')} ${kind}`;
}

/** @param before excludes the activity at this position and all newer activities */
function newestFirst(activities: readonly ActivityRecord[], before?: string): ActivityRecord[] {
  return activities
    .map((activity) => ({ activity, position: positionOf(activity) }))
    .filter(({ position }) => before === undefined || position < before)
    .sort((one, other) => (one.position < other.position ? 1 : -1))
    .map(({ activity }) => activity);
}
