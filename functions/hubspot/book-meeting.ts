import { defineTool, emailInput, momentInput, path, readInput } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { BookingResponse, bookingOutput, toBooking } from './shared/booking.ts';
import { answerOf, answersInput } from './shared/form-answers.ts';
import { meetingLinkInput, slugOf } from './shared/meeting-link.ts';
import { personNameInput } from './shared/person-name.ts';
import { timeZoneOf } from './shared/time-zone.ts';

const MS_PER_MINUTE = 60_000;
const REFUSED =
  'HubSpot does not book this: the slot may be gone, or a question of the form has no answer. List the slots again, which shows both.';

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_book_meeting',
  effect: 'create',
  confirm: true, // The guest is invited at once.
  scopes: ['crm.objects.contacts.write', 'scheduler.meetings.meeting-link.read'],
  description:
    'Books a slot of a HubSpot meeting link for a guest, who is invited by e-mail at once. hubspot_list_meeting_slots has the slots, questions and consents.',
  input: {
    slug: meetingLinkInput('Meeting link, as for hubspot_list_meeting_slots.'),
    start: momentInput('Start of a slot.'),
    duration_minutes: z.int().min(1).describe('A length that the link offers.'),
    email: emailInput('E-mail address of the guest.'),
    first_name: personNameInput('First name of the guest.'),
    last_name: personNameInput('Last name of the guest.'),
    time_zone: readInput("The guest's time zone, such as Europe/Madrid.", timeZoneOf, {
      pattern: /^[\w+-]+(?:\/[\w+-]+)*$/,
      expected: 'must be a time zone of the IANA database, such as Europe/Madrid',
      maximum: 64,
    }).optional(),
    answers: answersInput("Answers to the form's questions, each as name: answer.").optional(),
    consent_ids: z.array(z.string()).optional().describe('IDs of the consents that the guest gave.'),
  },
  output: bookingOutput,
  examples: [
    {
      input: {
        slug: 'rosa-marin/intro',
        start: '2026-12-03T09:00:00Z',
        duration_minutes: 30,
        email: 'hopper@example.com',
        first_name: 'Grace',
        last_name: 'Hopper',
      },
      output: {
        booking_id: 'event-1',
        start_at: '2026-12-03T09:00:00Z',
        end_at: '2026-12-03T09:30:00Z',
        time_zone: 'UTC',
        subject: 'Intro',
        contact_id: '512',
        location: null,
        url: null,
      },
    },
  ],

  async run({ slug, start, duration_minutes, email, first_name, last_name, ...form }, { api }) {
    const { time_zone = 'UTC', answers = [], consent_ids = [] } = form;
    const json = {
      slug: await slugOf(api, slug),
      email,
      firstName: first_name,
      lastName: last_name,
      startTime: start,
      duration: duration_minutes * MS_PER_MINUTE,
      timezone: time_zone,
      // This and the next two are required, also if they are empty.
      formFields: answers.map(answerOf),
      legalConsentResponses: consent_ids.map((communicationTypeId) => ({
        communicationTypeId,
        consented: true,
      })),
      likelyAvailableUserIds: [],
    };
    // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
    const { body } = await api.post(path`/scheduler/v3/meetings/meeting-links/book`, {
      json,
      response: BookingResponse,
      errors: { 400: { code: 'rejected_by_provider', message: REFUSED } },
    });
    return toBooking(body);
  },
});

export const handler = createHandler(tool);
