import {
  defineTool,
  emailInput,
  id,
  momentInput,
  path,
  providerTime,
  readInput,
  text,
  time,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { meetingLinkInput, slugOf, suggestLinks } from './shared/meeting-link.ts';

const MS_PER_MINUTE = 60_000;
const REFUSED =
  'HubSpot did not book this: the slot may be taken, or a required question has no answer. List the slots again to see both.';

const ANSWERS_MAX = 20;
const ANSWER = /^\s*([^:\s][^:]{0,199}?)\s*:\s*(.{0,2000}?)\s*$/s;

/**
 * If a response has no times, nothing was booked.
 * https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
 */
const BookingResponse = z.object({
  start: providerTime(),
  end: providerTime(),
  calendarEventId: z.string().nullish(),
  bookingTimezone: z.string().nullish(),
  subject: z.string().nullish(),
  contactId: z.string().nullish(),
  location: z.string().nullish(),
  webConferenceUrl: z.string().nullish(),
});

const BookingOutput = z.strictObject({
  booking_id: id().nullable().describe("ID of the event in the organizer's calendar."),
  start_at: time(),
  end_at: time(),
  time_zone: text(64).nullable(),
  subject: text(200).nullable(),
  contact_id: id().nullable().describe("The guest's record."),
  location: text(300).nullable(),
  url: text(500).nullable().describe('Where to join by video.'),
});

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_book_meeting',
  effect: 'create',
  confirm: true, // HubSpot invites the guest at once.
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
    answers: z
      .array(
        z.string().refine((text) => ANSWER.test(text), {
          error: 'must be the name of a question, a colon and the answer, such as company: Acme',
        }),
      )
      .refine(({ length }) => length <= ANSWERS_MAX, { error: `must have at most ${ANSWERS_MAX} answers` })
      .optional()
      .describe("Answers to the form's questions, each as name: answer."),
    consent_ids: z.array(z.string()).optional().describe('IDs of the consents that the guest gave.'),
  },
  output: BookingOutput.shape,
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
      // HubSpot requires the next three fields, even if they are empty.
      formFields: answers.map(toAnswer),
      legalConsentResponses: consent_ids.map(toConsent),
      likelyAvailableUserIds: [],
    };
    // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
    const { body } = await api
      .post(path`/scheduler/v3/meetings/meeting-links/book`, {
        json,
        response: BookingResponse,
        errors: { VALIDATION_ERROR: { code: 'rejected_by_provider', message: REFUSED } },
      })
      .catch((error) => suggestLinks(api, json.slug, error));
    return toBooking(body);
  },
});

/**
 * Returns the input for a first or last name. HubSpot writes the name into e-mails, where a URL would become a link.
 */
function personNameInput(description: string) {
  return readInput(description, (name) => name, {
    pattern: /^[^\r\n<>/@]+$/,
    expected: 'must be a name, without < > / @ or line breaks',
    maximum: 100,
  });
}

/** Returns a time zone in the spelling of the IANA database, or an empty text if the zone is unknown. */
function timeZoneOf(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
}

/** Splits `name: value` into the name of the question and its answer. */
function toAnswer(text: string): { name: string; value: string } {
  const [, name = '', value = ''] = ANSWER.exec(text) ?? [];
  return { name, value };
}

function toConsent(communicationTypeId: string) {
  return { communicationTypeId, consented: true };
}

function toBooking(response: z.output<typeof BookingResponse>): z.input<typeof BookingOutput> {
  return {
    booking_id: response.calendarEventId || null,
    start_at: response.start,
    end_at: response.end,
    time_zone: response.bookingTimezone ?? null,
    subject: response.subject ?? null,
    contact_id: response.contactId || null,
    location: response.location ?? null,
    url: response.webConferenceUrl ?? null,
  };
}

export const handler = createHandler(tool);
