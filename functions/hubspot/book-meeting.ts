import { defineTool, momentInput, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { BookingAnswer, booking, bookingOf } from './shared/booking.ts';
import { emailAddress } from './shared/email-address.ts';
import { meetingSlug } from './shared/meeting-slug.ts';
import { personName } from './shared/person-name.ts';

const MS_PER_MINUTE = 60_000;
const REFUSED =
  'HubSpot does not book this. The slot may be gone, or the link asks for more than name and email. List its slots and choose another.';
const GUEST = { email: 'grace@example.com', first_name: 'Grace', last_name: 'Hopper' };

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_book_meeting',
  effect: 'create',
  confirm: true, // The guest is invited at once.
  scopes: ['crm.objects.contacts.write'],
  description: 'Books a slot of a HubSpot meeting link for a guest, who is invited by email at once.',
  input: {
    slug: meetingSlug.describe('As for hubspot_list_meeting_slots.'),
    start: momentInput('One of its slots: 2026-12-03T09:00:00Z.'),
    duration_minutes: z.int().min(1).max(1_440).describe('One that the link offers: 30.'),
    email: emailAddress.describe("The guest's: lena@cityferries.example."),
    first_name: personName.describe("The guest's."),
    last_name: personName.describe("The guest's."),
  },
  output: booking,
  examples: [
    {
      input: { slug: 'ada', start: '2026-03-09T09:00:00Z', duration_minutes: 30, ...GUEST },
      output: { subject: 'Intro', contact_id: '9001', location: null, url: null },
    },
  ],

  async run({ slug, start, duration_minutes, email, first_name, last_name }, { api }) {
    // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
    const { body } = await api.post(path`/scheduler/v3/meetings/meeting-links/book`, {
      json: {
        slug,
        email,
        firstName: first_name,
        lastName: last_name,
        startTime: start,
        duration: duration_minutes * MS_PER_MINUTE,
        formFields: [], // This and the next two are required, also where there is nothing to tell.
        legalConsentResponses: [],
        likelyAvailableUserIds: [],
      },
      response: BookingAnswer,
      errors: { 400: { code: 'rejected_by_provider', message: REFUSED } },
    });
    return bookingOf(body);
  },
});

export const handler = createHandler(tool);
