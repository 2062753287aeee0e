import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import type { OfficialAnswers } from '../../../test/support/official-answers.ts';
import {
  type DocumentedObject,
  documentedAssociations,
  documentedBatch,
  documentedBooking,
  documentedConference,
  documentedGuest,
  documentedProperties,
  documentedRecord,
  documentedSearch,
  documentedStatus,
} from './documented.ts';

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;
const HALF_AN_HOUR = MS_PER_HOUR / 2;
// The tools ignore slots in the past, so these slots are in the future.
const tomorrow = (Math.floor(Date.now() / MS_PER_DAY) + 1) * MS_PER_DAY;
const atHour = (hour: number) => tomorrow + hour * MS_PER_HOUR;

// HubSpot's documentation lists these fields, but has no example. The values describe two slots, in the morning and
// in the afternoon.
const availability = {
  allUsersBusyTimes: [
    {
      busyTimes: [{ start: atHour(11), end: atHour(13) }],
      isOffline: false,
      meetingsUser: {
        calendarProvider: 'GOOGLE',
        id: '2024519',
        isSalesStarter: false,
        userId: '7654321',
        userProfile: {
          email: 'ada@example.com',
          firstName: 'Ada',
          fullName: 'Ada Lovelace',
          lastName: 'Lovelace',
        },
      },
    },
  ],
  linkAvailability: {
    hasMore: true,
    linkAvailabilityByDuration: {
      [HALF_AN_HOUR]: {
        meetingDurationMillis: HALF_AN_HOUR,
        availabilities: [8, 9, 10, 13, 14, 15].map((hour) => ({
          startMillisUtc: atHour(hour),
          endMillisUtc: atHour(hour) + HALF_AN_HOUR,
        })),
      },
    },
  },
};

// HubSpot's documentation has no example of pipeline stages. These are the stages of a new account.
const made = { createdAt: '1970-01-01T00:00:00Z', updatedAt: '1970-01-01T00:00:00Z', archived: false };
const STAGES = [
  ['appointmentscheduled', 'Appointment Scheduled', '0.2'],
  ['qualifiedtobuy', 'Qualified To Buy', '0.4'],
  ['presentationscheduled', 'Presentation Scheduled', '0.6'],
  ['decisionmakerboughtin', 'Decision Maker Bought-In', '0.8'],
  ['contractsent', 'Contract Sent', '0.9'],
  ['closedwon', 'Closed Won', '1.0'],
  ['closedlost', 'Closed Lost', '0.0'],
] as const;
const stages = STAGES.map(([id, label, probability], displayOrder) => ({
  id,
  label,
  displayOrder,
  metadata: { isClosed: String(id.startsWith('closed')), probability },
  writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  ...made,
}));
const pipelines = {
  results: [{ id: 'default', label: 'Sales Pipeline', displayOrder: 0, stages, ...made }],
};

const isDocumented = (object: string): object is DocumentedObject => object in documentedProperties;

/**
 * Returns the response to each request of a timeline. The contact has one activity of each kind. The tool reads each
 * kind with two requests.
 */
function timelineAnswer(url: string): ScriptedAnswer {
  if (url.includes('/associations/')) return { body: documentedAssociations(512) };
  const [, object = ''] = /^\/crm\/v3\/objects\/(\w+)/.exec(url) ?? [];
  if (!isDocumented(object)) return { status: 404 };
  const record = documentedRecord(object);
  return { body: url.includes('/batch/read') ? documentedBatch(record) : record };
}

/** Responds to a search that finds one record, and to requests for the records that are associated with it. */
const searched =
  (object: DocumentedObject) =>
  ({ url = '' }): ScriptedAnswer => {
    if (url.startsWith('/crm/v4/associations/')) {
      const to = [{ toObjectId: 9001, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 279 }] }];
      return { body: documentedBatch({ from: { id: '512' }, to }) };
    }
    if (url.includes('/contacts/batch/read')) {
      return { body: documentedBatch({ ...documentedRecord('contacts'), id: '9001' }) };
    }
    if (url.includes('/batch/read')) return { body: documentedBatch() };
    return url.includes('/pipelines/') ? { body: pipelines } : documentedSearch(object);
  };

export const officialAnswers: OfficialAnswers = {
  hubspot_book_meeting: {
    input: documentedGuest,
    script: () => ({ body: { ...documentedBooking, ...documentedConference } }),
  },
  hubspot_get_contact_timeline: {
    input: { contact_id: '512' },
    script: ({ url = '' }) => timelineAnswer(url),
  },
  hubspot_list_invoices: { input: {}, script: searched('invoices') },
  hubspot_list_meeting_slots: { input: { slug: 'ada-lovelace' }, script: () => ({ body: availability }) },
  hubspot_list_stale_deals: {
    input: { idle_days: 30 },
    script: searched('deals'),
  },
  hubspot_log_communication: {
    input: {
      contact_id: '9001',
      channel: 'SMS',
      text: 'Texted the customer that the order shipped.',
      sent_at: '2026-03-02T09:30:17.883Z',
    },
    script: () => ({ status: 201, body: documentedRecord('communications') }),
  },
  hubspot_search_orders: { input: { query: 'Camping supplies' }, script: searched('orders') },
  hubspot_set_subscription_status: {
    input: {
      email: 'grace@example.com',
      subscription: '7890',
      status: 'UNSUBSCRIBED',
      legal_basis: 'LEGITIMATE_INTEREST_CLIENT',
      explanation: 'Asked by phone',
    },
    script: () => ({ body: documentedBatch(documentedStatus) }),
  },
};
