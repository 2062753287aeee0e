import { id, providerTime, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';

/** A response without times is no booking: https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide */
export const BookingResponse = z.object({
  start: providerTime(),
  end: providerTime(),
  calendarEventId: z.string().nullish(),
  bookingTimezone: z.string().nullish(),
  subject: z.string().nullish(),
  contactId: z.string().nullish(),
  location: z.string().nullish(),
  webConferenceUrl: z.string().nullish(),
});

export const bookingOutput = {
  booking_id: id().nullable().describe("ID of the event in the organizer's calendar."),
  start_at: time(),
  end_at: time(),
  time_zone: text(64).nullable(),
  subject: text(200).nullable(),
  contact_id: id().nullable().describe("The guest's record."),
  location: text(300).nullable(),
  url: text(500).nullable().describe('Where to join by video.'),
};

export function toBooking(response: z.output<typeof BookingResponse>) {
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
