const MADE = '2026-03-02T09:30:17.883Z';
const CHANGED = '2026-03-04T11:02:11.120Z';
const COMPLETE = { status: 'COMPLETE', startedAt: '2026-03-04T11:02:11.100Z', completedAt: CHANGED };

/** The properties of the example records in HubSpot's documentation, by type of record. */
export const documentedProperties = {
  contacts: { email: 'grace@example.com', firstname: 'Grace', lastname: 'Hopper', lifecyclestage: 'lead' },
  notes: { hs_timestamp: MADE, hs_note_body: 'Spoke with the decision maker.', hubspot_owner_id: '1234567' },
  calls: {
    hs_timestamp: MADE,
    hs_call_title: 'Support call',
    hs_call_body: 'Solved the issue',
    hs_call_direction: 'OUTBOUND',
    hs_call_duration: '38000',
    hs_call_status: 'COMPLETED',
    hubspot_owner_id: '1234567',
  },
  emails: {
    hs_timestamp: MADE,
    hs_email_direction: 'EMAIL',
    hs_email_status: 'SENT',
    hs_email_subject: "Let's talk",
    hs_email_text: 'Thanks for your interest',
  },
  meetings: {
    hs_timestamp: MADE,
    hs_meeting_title: 'Intro meeting',
    hs_meeting_start_time: '2026-03-02T09:30:00Z',
    hs_meeting_end_time: '2026-03-02T10:00:00Z',
    hs_meeting_outcome: 'SCHEDULED',
  },
  tasks: {
    hs_timestamp: MADE,
    hs_task_subject: 'Follow up',
    hs_task_body: 'Send the proposal',
    hs_task_status: 'NOT_STARTED',
    hs_task_priority: 'HIGH',
    hs_task_type: 'CALL',
    hubspot_owner_id: '1234567',
  },
  communications: {
    hs_communication_channel_type: 'SMS',
    hs_communication_logged_from: 'CRM',
    hs_communication_body: 'Texted the customer that the order shipped.',
    hs_timestamp: MADE,
    hubspot_owner_id: '1234567',
  },
  postal_mail: {
    hs_timestamp: '2021-11-12',
    hs_postal_mail_body: 'Sent a copy of the contract.',
    hubspot_owner_id: '1234567',
  },
  orders: {
    hs_order_name: 'Camping supplies',
    hs_currency_code: 'USD',
    hs_source_store: 'Example Store',
    hs_fulfillment_status: 'Packing',
  },
  invoices: {
    hs_currency: 'USD',
    hs_invoice_date: '2026-10-03T00:00:00Z',
    hs_due_date: '2026-10-24T00:00:00Z',
  },
  deals: {
    dealname: 'New deal',
    pipeline: 'default',
    dealstage: 'appointmentscheduled',
    amount: '1500.00',
    closedate: '2026-12-07T16:50:06.678Z',
  },
};
export type DocumentedObject = keyof typeof documentedProperties;

/** Returns the example record in HubSpot's documentation. */
export function documentedRecord(object: DocumentedObject) {
  return {
    id: '512',
    properties: {
      ...documentedProperties[object],
      createdate: MADE,
      hs_lastmodifieddate: CHANGED,
      hs_object_id: '512',
    },
    createdAt: MADE,
    updatedAt: CHANGED,
    archived: false,
  };
}

/** Returns the response to a search that finds the example record. */
export function documentedSearch(object: DocumentedObject) {
  return {
    body: { total: 1, results: [documentedRecord(object)], paging: { next: { after: '20' } } },
  };
}

/** Returns the response to a batch request. */
export function documentedBatch(...results: object[]) {
  return { ...COMPLETE, results };
}

/** Returns the associations of a contact, with the given ID instead of the documented ID. */
export function documentedAssociations(toObjectId: number) {
  return {
    results: [{ toObjectId, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 279, label: null }] }],
    paging: { next: { after: '9002' } },
  };
}

/** The example request in HubSpot's documentation, as the input of a tool. */
export const documentedGuest = {
  slug: 'ada-lovelace/intro',
  start: '2026-03-09T09:00:00Z',
  duration_minutes: 30,
  email: 'grace@example.com',
  first_name: 'Grace',
  last_name: 'Hopper',
};

// HubSpot's documentation lists these fields, but has no example of a booking.

export const documentedBooking = {
  bookingTimezone: 'Europe/Paris',
  calendarEventId: 'event-1',
  contactId: '9001',
  duration: 1_800_000,
  end: '2026-03-09T09:30:00Z',
  formFields: [],
  guestEmails: [],
  isOffline: false,
  legalConsentResponses: [],
  locale: 'en-us',
  start: '2026-03-09T09:00:00Z',
  subject: 'Intro',
};

export const documentedConference = {
  location: 'Zoom',
  webConferenceMeetingId: '7',
  webConferenceUrl: 'https://zoom.example/7',
};

export const documentedStatus = {
  businessUnitId: 0,
  channel: 'EMAIL',
  legalBasis: 'LEGITIMATE_INTEREST_CLIENT',
  legalBasisExplanation: 'Asked by phone',
  setStatusSuccessReason: 'UNSUBSCRIBE_FROM_ALL_OCCURRED',
  source: 'API',
  status: 'UNSUBSCRIBED',
  subscriberIdString: 'grace@example.com',
  subscriptionId: 7890,
  subscriptionName: 'Marketing Information',
  timestamp: CHANGED,
};
