import type { Page, RunContext } from 'scalekit-lambda-tools';
import { type ActivityKind, activityProperties } from './activity.ts';
import { associatedActivities } from './associated-activities.ts';
import { newestFirst, positionOf } from './newest-first.ts';
import { type ActivityRecord, readActivities } from './read-activities.ts';

interface TimelinePage {
  activities: ActivityRecord[];
  /** The position of the last one, where there are older ones. */
  next: string | undefined;
  incomplete: boolean;
}

/**
 * One page of what is logged on a contact, newest first. HubSpot gives associations in no order of time: which are the
 * newest is known when the time of each is. A page begins after a position, so that what is logged meanwhile moves nothing.
 */
export async function timelinePage(
  context: RunContext,
  contactId: string,
  kinds: ReadonlySet<ActivityKind>,
  page: Page,
): Promise<TimelinePage> {
  const { references, incomplete } = await associatedActivities(context, contactId, kinds);
  const dated = newestFirst(await readActivities(context, references, () => []), page.cursor);
  const chosen = dated.slice(0, page.size);
  const last = chosen.at(-1);
  return {
    // Only of these are the bodies read, which can be long.
    activities: newestFirst(await readActivities(context, chosen, activityProperties)),
    next: last && dated.length > chosen.length ? positionOf(last) : undefined,
    incomplete,
  };
}
