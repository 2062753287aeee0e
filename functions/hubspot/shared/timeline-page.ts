import type { Page, RunContext } from 'scalekit-lambda-tools';
import { type ActivityKind, activityProperties } from './activity.ts';
import { associatedActivities } from './associated-activities.ts';
import type { RecordKind } from './named-record.ts';
import { newestFirst, positionOf } from './newest-first.ts';
import { type ActivityRecord, readActivities } from './read-activities.ts';

interface TimelinePage {
  activities: ActivityRecord[];
  /** The position of the last one, if there are older ones. */
  next: string | undefined;
  missing: string | false;
}

/**
 * One page of a record's activities, newest first. HubSpot returns associations in no order of time, so the times of all
 * are read first. A page begins after a position, so that activities that are logged meanwhile move nothing.
 */
export async function timelinePage(
  context: RunContext,
  record: { kind: RecordKind; id: string },
  kinds: ReadonlySet<ActivityKind>,
  page: Page,
): Promise<TimelinePage> {
  const { references, missing } = await associatedActivities(context, record, kinds);
  const dated = newestFirst(await readActivities(context, references, () => []), page.cursor);
  const chosen = dated.slice(0, page.size);
  const last = chosen.at(-1);
  return {
    // Bodies can be long, so that only those of this page are read.
    activities: newestFirst(await readActivities(context, chosen, activityProperties)),
    next: last && dated.length > chosen.length ? positionOf(last) : undefined,
    missing,
  };
}
