import { id, providerTime, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';

/** https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide */
export const BookingAnswer = z.object({
  start: providerTime(),
  end: providerTime(),
  subject: z.string().nullish(),
  contactId: z.string().nullish(),
  location: z.string().nullish(),
  webConferenceUrl: z.string().nullish(),
});

export const booking = {
  start: time(),
  end: time(),
  subject: text(200).nullable(),
  contact_id: id().nullable().describe("The guest's record."),
  location: text(300).nullable(),
  url: text(500).nullable().describe('Where to join by video.'),
};

export function bookingOf({ start, end, ...answer }: z.output<typeof BookingAnswer>) {
  return {
    start,
    end,
    subject: answer.subject ?? null,
    contact_id: answer.contactId || null,
    location: answer.location ?? null,
    url: answer.webConferenceUrl ?? null,
  };
}
