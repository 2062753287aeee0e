import {
  boundInput,
  completeness,
  completenessOutput,
  defineTool,
  id,
  text,
  time,
  utcTime,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { bookingForm } from './shared/booking-form.ts';
import { meetingLinkInput, withLink } from './shared/meeting-link.ts';
import { readSlots } from './shared/meeting-slots.ts';

const QuestionOutput = z.strictObject({
  name: id(),
  label: text(200),
  is_required: z.boolean(),
  options: z.array(text(100)).describe('Allowed values; empty if any text is allowed.'),
});
const ConsentOutput = z.strictObject({ id: id(), label: text(300), is_required: z.boolean() });

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_list_meeting_slots',
  effect: 'read',
  scopes: ['scheduler.meetings.meeting-link.read'],
  description:
    'Lists the free slots of a HubSpot meeting link, by their start in UTC, and the questions of its form. hubspot_book_meeting books one. An empty page with next_cursor is not the end.',
  input: {
    slug: meetingLinkInput(
      "Address of the meeting page, its end, such as rosa-marin/intro, or its name; for a person's name, the error lists the links.",
    ),
    duration_minutes: z.int().min(1).optional().describe('Length of the slots; the shortest by default.'),
    since: boundInput('Earliest start, a time or a day in UTC; now by default.').optional(),
  },
  output: {
    slug: z.string().max(256).describe('For hubspot_book_meeting.'),
    duration_minutes: z.int().nullable().describe('Length of these slots.'),
    durations_offered: z.array(z.int()),
    questions: z.array(QuestionOutput).describe('Questions of the form, without name and e-mail address.'),
    consents: z.array(ConsentOutput).describe('Consents that the form asks for.'),
    ...completenessOutput,
  },
  list: { key: 'slots', item: time(), default: 20, maximum: 200 },
  examples: [
    {
      input: { slug: 'rosa-marin/intro' },
      output: {
        slots: ['2026-12-03T09:00:00Z', '2026-12-03T10:00:00Z'],
        slug: 'rosa-marin/intro',
        duration_minutes: 30,
        durations_offered: [30, 60],
        questions: [{ name: 'company', label: 'Company', is_required: true, options: [] }],
        consents: [],
        is_complete: true,
        missing: [],
        count: 2,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ slug: link, duration_minutes, since = '', page }, { api }) {
    const now = utcTime(Date.now());
    // The cursor is a time, or a month such as `2026-12`, which sorts before all times in that month.
    const from = page.cursor ?? (since > now ? since : now);
    const { slug, result } = await withLink(api, link, (slug) =>
      Promise.all([
        readSlots(api, slug, { from, size: page.size, minutes: duration_minutes }),
        bookingForm(api, slug),
      ]),
    );
    const [{ missing: later, ...slots }, { missing: unread, ...form }] = result;
    return { slug, ...slots, ...form, ...completeness([unread, later]) };
  },
});

export const handler = createHandler(tool);
