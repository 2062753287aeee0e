import * as z from 'zod';
import { availability, freeSlots, MEETING_LINKS } from './meeting-slots.ts';
import { HubSpotError, invalid, notFound, page, type Route, read } from './route.ts';
import { addRecord, type HubSpotState } from './state.ts';

const MADE = '2026-01-05T08:00:00.000Z';
const MS_PER_MINUTE = 60_000;

const Booking = z.strictObject({
  slug: z.string(),
  firstName: z.string().min(1),
  lastName: z.string().min(1),
  email: z.email(),
  startTime: z.iso.datetime(),
  duration: z.int(),
  formFields: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  legalConsentResponses: z.array(z.strictObject({ communicationTypeId: z.string(), consented: z.boolean() })),
  likelyAvailableUserIds: z.array(z.string()),
  timezone: z.string().optional(),
  locale: z.string().optional(),
});

export const meetingRoutes: Route[] = [
  {
    method: 'GET',
    path: '/scheduler/v3/meetings/meeting-links',
    scopes: () => ['scheduler.meetings.meeting-link.read'],
    answer: ({ query }) => ({
      total: MEETING_LINKS.length,
      ...page(
        query,
        100,
        MEETING_LINKS.map(({ id, slug, name, userId }) => ({
          id,
          slug,
          name,
          link: `https://meetings.hubspot.com/${slug}`,
          type: 'PERSONAL_LINK',
          organizerUserId: userId,
          userIdsOfLinkMembers: [userId],
          defaultLink: true,
          createdAt: MADE,
          updatedAt: MADE,
        })),
      ),
    }),
  },
  {
    method: 'GET',
    path: '/scheduler/v3/meetings/meeting-links/book/availability-page/:slug',
    scopes: () => ['scheduler.meetings.meeting-link.read'],
    answer({ params, query }, state) {
      if (!query.get('timezone')) throw invalid('timezone is required');
      const link = linkOf(params.slug);
      const monthOffset = Number(query.get('monthOffset') ?? 0);
      return { allUsersBusyTimes: [], linkAvailability: availability(state, link, monthOffset) };
    },
  },
  {
    method: 'GET',
    path: '/scheduler/v3/meetings/meeting-links/book/:slug',
    scopes: () => ['scheduler.meetings.meeting-link.read'],
    answer({ params, query }) {
      if (!query.get('timezone')) throw invalid('timezone is required');
      const { id, questions = [], durationsMinutes } = linkOf(params.slug);
      return {
        linkId: id,
        linkType: 'PERSONAL_LINK',
        isOffline: false,
        customParams: {
          durations: durationsMinutes.map((minutes) => minutes * MS_PER_MINUTE),
          formFields: ['firstname', 'lastname', 'email', ...questions].map((name) => ({
            name,
            label: name,
            isRequired: true,
            isCustom: false,
            type: 'string',
            fieldType: 'text',
            options: [],
          })),
          legalConsentEnabled: false,
        },
        allUsersBusyTimes: [],
      };
    },
  },
  {
    method: 'POST',
    path: '/scheduler/v3/meetings/meeting-links/book',
    scopes: () => ['crm.objects.contacts.write'],
    answer: ({ body }, state) => book(state, read(Booking, body)),
  },
];

function linkOf(slug: string | undefined) {
  const link = MEETING_LINKS.find((candidate) => candidate.slug === slug);
  if (!link) throw notFound('slug does not exist');
  return link;
}

/** Books a free slot, and adds the guest as a contact. */
function book(state: HubSpotState, request: z.output<typeof Booking>) {
  const link = linkOf(request.slug);
  const open = (link.questions ?? []).filter(
    (name) => !request.formFields.some((answer) => answer.name === name && answer.value !== ''),
  );
  if (open.length > 0) throw invalid(`Required form fields are missing: ${open.join(', ')}`);
  const startMs = Date.parse(request.startTime);
  const minutes = request.duration / MS_PER_MINUTE;
  const isOffered =
    link.durationsMinutes.includes(minutes) &&
    freeSlots(state, link, minutes).some(({ startMillisUtc }) => startMillisUtc === startMs);
  if (!isOffered) {
    throw new HubSpotError(400, 'VALIDATION_ERROR', 'Start time must be contained in availability settings', {
      subCategory: 'MeetingsBookingSchedulingError.MEETING_START_TIME_NOT_VALID',
    });
  }
  const endMs = startMs + request.duration;
  const contactId = guestId(state, request);
  const subject = `${link.name}: ${request.firstName} ${request.lastName}`;
  const [start, end] = [startMs, endMs].map((ms) => new Date(ms).toISOString());
  state.bookings.push({ slug: link.slug, startMs, endMs });
  const properties = {
    hs_timestamp: start ?? null,
    hs_meeting_title: subject,
    hs_meeting_outcome: 'SCHEDULED',
  };
  const meeting = addRecord(state, 'meetings', properties, [contactId]);
  return {
    calendarEventId: `event-${meeting.id}`,
    contactId,
    subject,
    start,
    end,
    duration: request.duration,
    bookingTimezone: request.timezone ?? 'UTC',
    location: 'Unit 7, Northport',
    formFields: [],
    guestEmails: [],
    legalConsentResponses: request.legalConsentResponses,
    isOffline: false,
  };
}

function guestId(state: HubSpotState, { email, firstName, lastName }: z.output<typeof Booking>): string {
  const known = state.records.find(
    ({ objects, properties }) => objects === 'contacts' && properties.email === email,
  );
  return known?.id ?? addRecord(state, 'contacts', { email, firstname: firstName, lastname: lastName }).id;
}
