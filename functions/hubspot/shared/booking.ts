import { id, providerTime, text } from 'scalekit-lambda-tools';
import * as z from 'zod';

/** What is told without its times was not booked: https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide */
export const BookingAnswer = z.object({
  start: providerTime(),
  end: providerTime(),
  subject: z.string().nullish(),
  contactId: z.string().nullish(),
  location: z.string().nullish(),
  webConferenceUrl: z.string().nullish(),
});

export const booking = {
  subject: text(200).nullable(),
  contact_id: id().nullable().describe("The guest's record."),
  location: text(300).nullable(),
  url: text(500).nullable().describe('Where to join by video.'),
};

export function bookingOf(answer: z.output<typeof BookingAnswer>) {
  return {
    subject: answer.subject ?? null,
    contact_id: answer.contactId || null,
    location: answer.location ?? null,
    url: answer.webConferenceUrl ?? null,
  };
}
