import { boundInput, defineTool, path, time } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { monthOf, monthsAfter } from './shared/meeting-month.ts';
import { AvailabilityAnswer, slotPage } from './shared/meeting-slots.ts';
import { meetingSlug } from './shared/meeting-slug.ts';
import { utcNow } from './shared/utc-now.ts';

const SLOTS = {
  slots: ['2026-12-03T09:00:00Z', '2026-12-03T10:00:00Z'],
  duration_minutes: 30,
  durations_offered: [30, 60],
  count: 2,
  next_cursor: null,
  omitted: 0,
};

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_list_meeting_slots',
  effect: 'read',
  scopes: ['scheduler.meetings.meeting-link.read'],
  description: 'Lists the free slots of a HubSpot meeting link, by their start. Books nothing.',
  input: {
    slug: meetingSlug.describe('The end of its URL: ada-okafor.'),
    duration_minutes: z.int().min(1).max(1_440).optional().describe('The shortest by default.'),
    from: boundInput('Not before: 2026-12-03. Now by default.').optional(),
  },
  output: {
    duration_minutes: z.int().nullable().describe('How long these slots are.'),
    durations_offered: z.array(z.int()),
  },
  list: { key: 'slots', item: time(), default: 20, maximum: 200 },
  examples: [{ input: { slug: 'ada-okafor' }, output: SLOTS }],

  async run({ slug, duration_minutes, from = '', page }, { api }) {
    const now = utcNow();
    // A time, or a month, which as text is before all its times.
    const earliest = page.cursor ?? (from > now ? from : now);
    const monthOffset = Math.max(0, monthsAfter(now, monthOf(earliest)));
    // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
    const { body } = await api.get(
      path`/scheduler/v3/meetings/meeting-links/book/availability-page/${slug}`,
      {
        query: { timezone: 'UTC', monthOffset },
        response: AvailabilityAnswer,
      },
    );
    return slotPage(body, earliest, page.size, duration_minutes);
  },
});

export const handler = createHandler(tool);
