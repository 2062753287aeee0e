import { describe, expect, test } from 'vitest';
import type { Tool } from '../../../lib/contract/define-tool.ts';
import { parseJson } from '../../../lib/text/json.ts';
import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool as bookMeeting } from '../book-meeting.ts';
import { tool as getTimeline } from '../get-contact-timeline.ts';
import { tool as listInvoices } from '../list-invoices.ts';
import { tool as listMeetingSlots } from '../list-meeting-slots.ts';
import { tool as listStaleDeals } from '../list-stale-deals.ts';
import { tool as logCommunication } from '../log-communication.ts';
import { tool as searchOrders } from '../search-orders.ts';

// Responses in formats that HubSpot documents or that users of its API have reported. Each case links to its source.

const AT = '2026-03-02T09:30:17.883Z';
const DAY_MS = 86_400_000;
const complete = { is_complete: true, missing: [] };

type Answers = (
  path: string,
  body: Record<string, unknown>,
  query: URLSearchParams,
) => ScriptedAnswer | undefined;
const found = (results: object[], more: object = {}) => ({
  body: { total: results.length, results, ...more },
});
const batch = (results: object[], more: object = {}) => ({ body: { status: 'COMPLETE', results, ...more } });
/** Each response belongs to a part of a path. Returns the first response whose part is in the path of the request. */
const byPart =
  (answers: readonly (readonly [part: string, answer: ScriptedAnswer])[]): Answers =>
  (path) =>
    answers.find(([part]) => path.includes(part))?.[1];
const refused = (category: string, message: string, more: object = {}) => ({
  status: 400,
  body: {
    status: 'error',
    message,
    correlationId: '87795a28-3da1-4f1f-8a0e-5f0e2b5f4a01',
    category,
    ...more,
  },
});

describe('with responses that users reported,', () => {
  const local = useStackAndBed();

  /** Calls a tool. HubSpot's responses depend on the path. All other searches and batches find nothing. */
  const call = async (tool: Tool, input: object, answers: Answers) => {
    const { bed } = local;
    bed.provider.script = ({ url = '', body }) => {
      const { pathname, searchParams } = new URL(url, 'http://hubspot.example');
      const answer = answers(pathname, Object(parseJson(body)), searchParams);
      if (answer) return answer;
      return pathname.includes('/batch/read') ? batch([]) : found([]);
    };
    const { json, error } = await bed.environment(tool)({ input });
    const paths = bed.provider.requests.map(({ method, url = '' }) => `${method} ${url}`);
    const bodies = bed.provider.requests.flatMap(({ body }) => (body === '' ? [] : [parseJson(body)]));
    return { json, error, paths, bodies };
  };

  describe('hubspot_list_meeting_slots', () => {
    const slots = {
      body: {
        allUsersBusyTimes: [],
        linkAvailability: {
          hasMore: false,
          linkAvailabilityByDuration: {
            1800000: {
              meetingDurationMillis: 1_800_000,
              availabilities: [
                { startMillisUtc: Date.now() + DAY_MS, endMillisUtc: Date.now() + DAY_MS + 1_800_000 },
              ],
            },
          },
        },
      },
    };
    const availability: Answers = (path) => (path.includes('/availability-page/') ? slots : undefined);

    test.each([
      // https://developers.hubspot.com/docs/api-reference/legacy/scheduler/guide
      ['ada-lovelace/intro', 'ada-lovelace%2Fintro'],
      // https://github.com/PipedreamHQ/pipedream/pull/20861
      ['ashwin-srinivas', 'ashwin-srinivas'],
      // https://knowledge.hubspot.com/meetings-tool/share-scheduling-pages
      ['https://meetings-eu1.hubspot.com/ada-lovelace/intro?embed=true&uuid=4f1f', 'ada-lovelace%2Fintro'],
      ['meetings.hubspot.com/ada-lovelace/intro/', 'ada-lovelace%2Fintro'],
      // https://knowledge.hubspot.com/meetings-tool/customize-your-scheduling-page-domain
      ['https://www.acme.example/meetings/ada-lovelace/intro', 'ada-lovelace%2Fintro'],
      // Somebody copied this slug from the URL of a request.
      ['ada-lovelace%2Fintro', 'ada-lovelace%2Fintro'],
      // Slugs can contain accents: https://knowledge.hubspot.com/meetings-tool/create-and-edit-scheduling-pages
      ['https://meetings.hubspot.com/jos%C3%A9-l%C3%B3pez/intro', 'jos%C3%A9-l%C3%B3pez%2Fintro'],
      ['josé-lópez/intro', 'jos%C3%A9-l%C3%B3pez%2Fintro'],
    ])('reads the meeting link %s', async (slug, segment) => {
      const { json, paths } = await call(listMeetingSlots, { slug }, availability);

      expect(paths).toContainEqual(expect.stringContaining(`/availability-page/${segment}?`));
      expect(json).toMatchObject({ count: 1 });
    });

    // HubSpot returns 404 for a slug that does not exist: https://github.com/PipedreamHQ/pipedream/pull/20861
    test('finds a link by a name that has the form of a slug', async () => {
      const noSlug = { status: 404, body: { status: 'error', message: 'slug does not exist' } };
      const answers = byPart([
        ['/availability-page/Intro', noSlug],
        ['/book/Intro', noSlug],
        ['/availability-page/', slots],
        ['/book/', { body: {} }],
        ['', found([{ slug: 'ada-lovelace/call', name: 'Intro' }])],
      ]);

      const { json } = await call(listMeetingSlots, { slug: 'Intro' }, answers);

      expect(json).toMatchObject({ slug: 'ada-lovelace/call', count: 1 });
    });

    // The tool reads this list in pages, with the parameters `limit` and `after`:
    // https://developers.hubspot.com/docs/api-reference/latest/meetings/scheduler/guide
    test('finds a link by a name on the second page of links', async () => {
      const pages: Answers = (path, body, query) => {
        if (path !== '/scheduler/v3/meetings/meeting-links') return availability(path, body, query);
        if (query.get('after') === null)
          return found([{ slug: 'x', name: 'Other' }], { paging: { next: { after: '100' } } });
        return found([{ slug: 'ada-lovelace/intro', name: 'Intro call' }]);
      };

      const { json } = await call(listMeetingSlots, { slug: 'Intro call' }, pages);

      expect(json).toMatchObject({ slug: 'ada-lovelace/intro' });
    });
  });

  describe('hubspot_book_meeting', () => {
    const input = {
      slug: 'ada-lovelace/intro',
      start: '2026-12-03T09:00:00Z',
      duration_minutes: 30,
      email: 'ann@example.com',
      first_name: 'Ann',
      last_name: 'Lee',
    };
    const booked = {
      start: '2026-12-03T09:00:00Z',
      end: '2026-12-03T09:30:00Z',
      calendarEventId: 'event-1',
      contactId: '512',
      bookingTimezone: 'UTC',
      subject: 'Intro',
    };

    test.each<[what: string, answer: object, expected: object]>([
      // https://developers.hubspot.com/docs/api-reference/legacy/scheduler/meetings/book-meeting
      [
        'a video conference',
        {
          ...booked,
          webConferenceUrl: 'https://meet.example.com/abc',
          location: 'https://meet.example.com/abc',
        },
        { url: 'https://meet.example.com/abc', booking_id: 'event-1' },
      ],
      [
        'an offline calendar',
        { ...booked, isOffline: true, calendarEventId: '', contactId: '' },
        { booking_id: null, contact_id: null, start_at: '2026-12-03T09:00:00Z' },
      ],
      [
        'times in another zone',
        {
          ...booked,
          start: '2026-12-03T10:00:00+01:00',
          end: '2026-12-03T10:30:00+01:00',
          bookingTimezone: 'Europe/Madrid',
        },
        { start_at: '2026-12-03T09:00:00Z', end_at: '2026-12-03T09:30:00Z', time_zone: 'Europe/Madrid' },
      ],
    ])('reads a booking with %s', async (_, body, expected) => {
      expect((await call(bookMeeting, input, () => ({ body }))).json).toMatchObject(expected);
    });

    // https://github.com/PipedreamHQ/pipedream/pull/20861
    test.each<[what: string, answer: ScriptedAnswer, message: RegExp]>([
      [
        'a slot that is gone',
        refused('VALIDATION_ERROR', 'Start time must be contained in availability settings', {
          subCategory: 'MeetingsBookingSchedulingError.MEETING_START_TIME_NOT_VALID',
        }),
        /slot/,
      ],
      [
        'an address that a filter rejects',
        refused('VALIDATION_ERROR', 'Invalid email', {
          subCategory: 'MeetingsBookingSchedulingError.INVALID_EMAIL',
        }),
        /e-mail address/,
      ],
      ['another reason', refused('VALIDATION_ERROR', 'There was a problem'), /question/],
    ])('reports the reason for a failed booking: %s', async (_, answer, message) => {
      const { error } = await call(bookMeeting, input, () => answer);

      expect(error).toMatchObject({ code: 'rejected_by_provider', message: expect.stringMatching(message) });
    });
  });

  describe('hubspot_get_contact_timeline', () => {
    const timeline = (objects: string, properties: object, more: { owners?: Answers; batch?: object } = {}) =>
      call(getTimeline, { contact_id: '512' }, (path, body, query) => {
        if (path === '/crm/v3/owners') return more.owners?.(path, body, query);
        return byPart([
          [`/associations/${objects}`, { body: { results: [{ toObjectId: 7 }] } }],
          ['/associations/', { body: { results: [] } }],
          ['/batch/read', batch([{ id: '7', createdAt: AT, properties }], more.batch)],
          ['', { body: { id: '512', properties: { firstname: 'Ann', lastname: 'Lee' } } }],
        ])(path, body, query);
      });

    test.each<[what: string, objects: string, properties: object, expected: object]>([
      // https://developers.hubspot.com/docs/api-reference/crm-postal-mail-v3/guide
      [
        'a letter whose time is only a day',
        'postal_mail',
        { hs_timestamp: '2021-11-12', hs_postal_mail_body: 'Sent the contract.' },
        { kind: 'letter', happened_at: '2021-11-12T00:00:00Z', body: 'Sent the contract.' },
      ],
      // https://github.com/margince/margince/pull/174
      [
        'a task that is due later',
        'tasks',
        { hs_timestamp: '2099-01-01T10:00:00Z', hs_task_status: 'WAITING' },
        { happened_at: '2026-03-02T09:30:17Z', planned_at: '2099-01-01T10:00:00Z', outcome: 'WAITING' },
      ],
      // The program that wrote this meeting used `Date.now()`: https://github.com/calcom/cal.diy/pull/18670
      [
        'a meeting with a time in milliseconds',
        'meetings',
        { hs_timestamp: '1772443817883', hs_meeting_title: 'Intro', hs_meeting_body: '' },
        { happened_at: '2026-03-02T09:30:17Z', title: 'Intro', body: null },
      ],
      // https://developers.hubspot.com/docs/api-reference/crm-meetings-v3/guide
      [
        'a meeting that has only internal notes',
        'meetings',
        {
          hs_timestamp: AT,
          hs_meeting_body: null,
          hs_internal_meeting_notes: '<p>Wants 12.</p>',
          hs_meeting_outcome: 'NO_SHOW',
        },
        { body: 'Wants 12.', outcome: 'NO_SHOW' },
      ],
      // https://developers.hubspot.com/docs/api-reference/crm-calls-v3/guide
      [
        'a call with its numbers',
        'calls',
        {
          hs_timestamp: AT,
          hs_call_direction: 'INBOUND',
          hs_call_from_number: '+34 600 000 001',
          hs_call_to_number: '+34 600 000 002',
          hs_call_status: 'MISSED',
        },
        { direction: 'inbound', from: '+34 600 000 001', to: '+34 600 000 002', outcome: 'MISSED' },
      ],
      // https://github.com/HGData/mk-node-hubspot/pull/102
      [
        'a call with a custom outcome of the account',
        'calls',
        { hs_timestamp: AT, hs_call_disposition: '0b3ff1e6-4f5a-4a5e-9a5b-6f2c1d7e8a90' },
        { outcome: null },
      ],
      // https://developers.hubspot.com/docs/api-reference/crm-emails-v3/guide
      [
        'an e-mail that bounced',
        'emails',
        {
          hs_timestamp: AT,
          hs_email_direction: 'EMAIL',
          hs_email_status: 'BOUNCED',
          hs_email_headers: '{"from":{"email":"rosa@example.com"},"to":[{"email":"ann@example.com"}]}',
        },
        { direction: 'outbound', outcome: 'BOUNCED', from: 'rosa@example.com', to: 'ann@example.com' },
      ],
      [
        'an e-mail that somebody forwarded',
        'emails',
        {
          hs_timestamp: AT,
          hs_email_direction: 'FORWARDED_EMAIL',
          hs_email_status: 'SENT',
          hs_email_from_email: 'ann@example.com',
        },
        { direction: null, author: 'ann@example.com', outcome: null },
      ],
      // https://developers.hubspot.com/docs/api-reference/crm-communications-v3/guide
      [
        'a message on LinkedIn',
        'communications',
        {
          hs_timestamp: AT,
          hs_communication_channel_type: 'LINKEDIN_MESSAGE',
          hs_communication_body: 'Hello',
        },
        { kind: 'message', title: 'LINKEDIN_MESSAGE', body: 'Hello' },
      ],
      // An imported note has its original date: https://developers.hubspot.com/docs/api-reference/crm-notes-v3/guide
      [
        'a note that was imported later',
        'notes',
        { hs_timestamp: '2019-05-01T08:00:00Z', hs_note_body: 'Met at a fair.' },
        { happened_at: '2019-05-01T08:00:00Z', planned_at: null },
      ],
    ])('returns %s', async (_, objects, properties, expected) => {
      expect((await timeline(objects, properties)).json).toMatchObject({ activities: [expected] });
    });

    // https://github.com/simstudioai/sim/pull/7359
    test('finds the name of an author on the second page of owners', async () => {
      const owners: Answers = (_path, _body, query) => {
        if (query.get('archived') === 'true') return found([]);
        if (query.get('after') === null)
          return found([{ id: '1', firstName: 'Other' }], { paging: { next: { after: '500' } } });
        return found([{ id: '77', firstName: 'Rosa', lastName: 'Marin' }]);
      };

      const { json } = await timeline('notes', { hs_timestamp: AT, hubspot_owner_id: '77' }, { owners });

      expect(json).toMatchObject({ activities: [{ author: 'Rosa Marin' }], ...complete });
    });

    // https://developers.hubspot.com/docs/api-reference/error-handling#multi-status-errors
    test('reports an incomplete list if HubSpot returned only a part of a batch', async () => {
      const errors = [
        { status: 'error', category: 'INTERNAL', message: 'internal error', context: { ids: ['8'] } },
      ];

      const { json } = await timeline('notes', { hs_timestamp: AT }, { batch: { numErrors: 1, errors } });

      expect(json).toMatchObject({ activities: [{ id: '7' }], is_complete: false });
    });

    test('reports a complete list if records of a batch were deleted', async () => {
      const errors = [
        {
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          message: 'Could not get some objects',
          context: { ids: ['8'] },
        },
      ];

      expect(
        (await timeline('notes', { hs_timestamp: AT }, { batch: { numErrors: 1, errors } })).json,
      ).toMatchObject(complete);
    });
  });

  describe('hubspot_search_orders', () => {
    const orders = (properties: object, others: Answers = () => undefined) =>
      call(searchOrders, {}, (path, body, query) =>
        path === '/crm/v3/objects/orders/search'
          ? found([{ id: '512', createdAt: AT, properties }])
          : others(path, body, query),
      );

    test.each<[what: string, properties: object, expected: object]>([
      // HubSpot sends dates and times as text: https://developers.hubspot.com/docs/api-reference/crm-objects-v3/guide
      [
        'a date without a time',
        { hs_external_created_date: '2024-07-08' },
        { ordered_at: '2024-07-08T00:00:00Z' },
      ],
      [
        'a time in milliseconds',
        { hs_external_created_date: '1720396800000' },
        { ordered_at: '2024-07-08T00:00:00Z' },
      ],
      ['an empty date of the shop', { hs_external_created_date: '' }, { ordered_at: '2026-03-02T09:30:17Z' }],
      // https://github.com/revertinc/revert/pull/552
      [
        'a price with many digits',
        {
          hs_total_price: '0.200000000000000011102230246251565404236316680908203125',
          hs_currency_code: 'EUR',
        },
        { total: 0.2, currency: 'EUR' },
      ],
      ['a price that is not a number', { hs_total_price: '1,200.00' }, { total: null }],
      // https://developers.hubspot.com/docs/api-reference/legacy/crm/objects/orders/guide
      [
        'a buyer only in the billing address',
        { hs_billing_address_name: 'Ann Lee', hs_billing_address_email: 'ann@example.com' },
        { buyer_id: null, buyer_name: 'Ann Lee', buyer_email: 'ann@example.com' },
      ],
    ])('reads an order with %s', async (_, properties, expected) => {
      expect((await orders(properties)).json).toMatchObject({ orders: [expected], ...complete });
    });

    // HubSpot lists an association once for each label: https://github.com/amp-labs/connectors/pull/1271
    test('returns a buyer with two labels once, and takes the name from the billing address', async () => {
      const { json } = await orders({ hs_billing_address_name: 'Office' }, (path) => {
        if (path.startsWith('/crm/v4/associations')) {
          const associationTypes = [
            { category: 'HUBSPOT_DEFINED', typeId: 507, label: null },
            { category: 'USER_DEFINED', typeId: 9, label: 'Payer' },
          ];
          return batch([
            {
              from: { id: '512' },
              to: [
                { toObjectId: 513, associationTypes },
                { toObjectId: 513, associationTypes },
              ],
            },
          ]);
        }
        return path === '/crm/v3/objects/contacts/batch/read'
          ? batch([{ id: '513', properties: { firstname: null, lastname: '', email: 'ann@example.com' } }])
          : undefined;
      });

      expect(json).toMatchObject({
        orders: [{ buyer_id: '513', buyer_name: 'Office', buyer_email: 'ann@example.com' }],
      });
    });
  });

  describe('hubspot_list_invoices', () => {
    test.each<[what: string, properties: object, expected: object]>([
      // https://developers.hubspot.com/docs/api-reference/2026-03/crm/objects/invoices/guide
      [
        'a due date at midnight',
        { hs_due_date: '2026-10-24T00:00:00Z', hs_invoice_status: 'open' },
        { due_on: '2026-10-24' },
      ],
      // HubSpot sends dates as midnights in UTC:
      // https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide
      ['a due date in milliseconds', { hs_due_date: '1792800000000' }, { due_on: '2026-10-24' }],
      ['a due date without a time', { hs_due_date: '2026-10-24' }, { due_on: '2026-10-24' }],
      ['no due date', { hs_due_date: null, hs_invoice_status: 'open' }, { due_on: null, is_overdue: false }],
      [
        'a due date in the past, which is already paid',
        { hs_due_date: '2020-01-01', hs_invoice_status: 'paid', hs_balance_due: '0' },
        { is_overdue: false, balance_due: 0 },
      ],
    ])('reads an invoice with %s', async (_, properties, expected) => {
      const { json } = await call(listInvoices, {}, (path) =>
        path === '/crm/v3/objects/invoices/search'
          ? found([{ id: '512', createdAt: AT, properties }])
          : undefined,
      );

      expect(json).toMatchObject({ invoices: [expected] });
    });

    // An invoice can have a company and no contact:
    // https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4
    test("returns the company of an invoice that has no contact, and ignores HubSpot's error about the missing contact", async () => {
      const error = {
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message: 'No contact is associated with invoice 512.',
      };
      const answers = byPart([
        ['/invoices/search', found([{ id: '512', createdAt: AT, properties: {} }])],
        ['/invoices/contacts/batch/read', { status: 207, ...batch([], { numErrors: 1, errors: [error] }) }],
        ['/invoices/companies/batch/read', batch([{ from: { id: '512' }, to: [{ toObjectId: 600 }] }])],
        ['/companies/batch/read', batch([{ id: '600', properties: { name: 'Acme' } }])],
      ]);

      const { json } = await call(listInvoices, {}, answers);

      expect(json).toMatchObject({ invoices: [{ customer_id: null, company: 'Acme' }], ...complete });
    });
  });

  describe('hubspot_log_communication', () => {
    const message = { channel: 'SMS', text: 'On my way', sent_at: AT };
    const contact = (id: string, properties: object) => ({ id, createdAt: AT, properties });

    test.each<[what: string, contact_id: string, contacts: object[]]>([
      // One property lists all additional addresses: https://integrate.hubspot.com/t/email-or-pk-for-contact-api/11846
      [
        'an additional address of a merged contact',
        'ann@old.example',
        [
          contact('513', {
            email: 'ann@new.example',
            hs_additional_emails: 'lee@old.example;ann@old.example',
          }),
        ],
      ],
      // A text search finds contacts by parts of their addresses, too:
      // https://legacydocs.hubspot.com/docs/methods/contacts/search_contacts
      [
        'an address that is a part of another address',
        'ann@example.com',
        [contact('514', { email: 'joann@example.com' }), contact('513', { email: 'ann@example.com' })],
      ],
      // HubSpot stores addresses in lower case: https://developers.hubspot.com/docs/api-reference/crm-objects-v3/guide
      [
        'an address in capital letters',
        'Ann Lee <Ann@Example.com>',
        [contact('513', { email: 'ann@example.com' })],
      ],
    ])('finds the contact by %s', async (_, contact_id, contacts) => {
      const { json, bodies } = await call(logCommunication, { ...message, contact_id }, (path) => {
        if (path.endsWith('/contacts/search')) return found(contacts);
        return path.endsWith('/communications') ? { status: 201, body: { id: '99' } } : undefined;
      });

      expect(json).toMatchObject({ contact_id: '513' });
      // The tool needs the filters, because a text search returns ten results, and these may not contain the contact.
      expect(bodies[0]).toMatchObject({
        filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ' }] }, {}],
      });
    });

    test.each([
      // https://knowledge.hubspot.com/records/view-and-edit-records
      ['https://app-eu1.hubspot.com/contacts/48112001/record/0-1/513/view/1', '513'],
      ['https://app.hubspot.com/contacts/48112001/contact/513/?engagement=7', '513'],
      ['513', '513'],
    ])('reads the contact ID from %s', async (contact_id, id) => {
      const { json } = await call(logCommunication, { ...message, contact_id }, () => ({
        status: 201,
        body: { id: '99' },
      }));

      expect(json).toMatchObject({ contact_id: id });
    });
  });

  describe('hubspot_list_stale_deals', () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
    const deal = (id: string, createdDaysAgo: number, activeDaysAgo: number | null, more: object = {}) => ({
      id,
      createdAt: daysAgo(createdDaysAgo),
      properties: {
        dealname: id,
        notes_last_updated: activeDaysAgo === null ? null : daysAgo(activeDaysAgo),
        ...more,
      },
    });
    const pipelines = {
      body: {
        results: [
          { id: 'default', stages: [{ id: '1', label: 'Offer' }] },
          { id: 'renewals', stages: [{ id: '1', label: 'First call' }] },
        ],
      },
    };
    /** Responds to the two searches of the tool: for deals with an activity, and for deals without one. */
    const deals =
      (active: object[], untouched: object[], others: Answers = () => undefined): Answers =>
      (path, body, query) => {
        if (path === '/crm/v3/pipelines/deals') return pipelines;
        if (path !== '/crm/v3/objects/deals/search') return others(path, body, query);
        const all = JSON.stringify(body).includes('NOT_HAS_PROPERTY') ? untouched : active;
        const start = Number(body.after ?? 0);
        const end = start + Number(body.limit);
        return {
          body: {
            total: all.length,
            results: all.slice(start, end),
            ...(end < all.length && { paging: { next: { after: String(end) } } }),
          },
        };
      };
    const idsIn = (json: unknown) => Object(json).deals.map(({ id }: { id: string }) => id);

    // A deal without activity has no date of an activity:
    // https://developers.hubspot.com/docs/api-reference/crm-deals-v3/guide
    const all = deals(
      [deal('a', 900, 300), deal('b', 400, 100), deal('c', 80, 40)],
      [deal('x', 500, null), deal('y', 200, null), deal('z', 60, null)],
    );
    test('sorts deals without activity by their creation time', async () => {
      const { json } = await call(listStaleDeals, { idle_days: 30 }, all);

      expect(idsIn(json)).toEqual(['x', 'a', 'y', 'b', 'z', 'c']);
      expect(json).toMatchObject({ total: 6, next_cursor: null });
    });

    test.each([1, 2, 4, 5])(
      'returns every deal once and in order if max_results is %i',
      async (max_results) => {
        const pages: string[] = [];
        let cursor: string | undefined;
        do {
          const { json } = await call(
            listStaleDeals,
            { idle_days: 30, max_results, ...(cursor && { cursor }) },
            all,
          );
          pages.push(...idsIn(json));
          cursor = Object(json).next_cursor ?? undefined;
        } while (cursor);

        expect(pages).toEqual(['x', 'a', 'y', 'b', 'z', 'c']);
      },
    );

    test.each<[what: string, properties: object, expected: object]>([
      // https://developers.hubspot.com/docs/api-reference/crm-pipelines-v3/guide
      ['a stage of another pipeline', { pipeline: 'renewals', dealstage: '1' }, { stage: 'First call' }],
      ['a stage that was deleted', { pipeline: 'gone', dealstage: '9' }, { stage: '9' }],
      // https://developers.hubspot.com/docs/api-reference/crm-deals-v3/guide
      [
        'an amount as text, and no currency',
        { amount: '1500.00', deal_currency_code: null },
        { amount: 1500, currency: null },
      ],
      ['an empty amount', { amount: '' }, { amount: null }],
    ])('reads a deal with %s', async (_, properties, expected) => {
      const { json } = await call(
        listStaleDeals,
        { idle_days: 30 },
        deals([deal('a', 90, 60, properties)], []),
      );

      expect(json).toMatchObject({ deals: [expected] });
    });

    // https://github.com/HubSpot/hubspot-api-python/issues/64
    test('returns the e-mail address of an owner who has left and has no name', async () => {
      const { json } = await call(
        listStaleDeals,
        { idle_days: 30 },
        deals([deal('a', 90, 60, { hubspot_owner_id: '77' })], [], (path, _body, query) =>
          path === '/crm/v3/owners' && query.get('archived') === 'true'
            ? found([{ id: '77', email: 'rosa@example.com', firstName: '', lastName: '' }])
            : undefined,
        ),
      );

      expect(json).toMatchObject({
        deals: [{ owner_id: '77', owner_name: 'rosa@example.com' }],
        ...complete,
      });
    });

    // https://github.com/simstudioai/sim/pull/7359
    test('finds an owner by name on the second page of owners', async () => {
      const { bodies } = await call(
        listStaleDeals,
        { idle_days: 30, owner: 'Rosa Marin' },
        deals([], [], (path, _body, query) => {
          if (path !== '/crm/v3/owners' || query.get('archived') === 'true') return undefined;
          return query.get('after') === null
            ? found([{ id: '1', firstName: 'Other' }], { paging: { next: { after: '500' } } })
            : found([{ id: '77', firstName: 'Rosa', lastName: 'Marin' }]);
        }),
      );

      expect(JSON.stringify(bodies)).toContain(
        '{"propertyName":"hubspot_owner_id","operator":"EQ","value":"77"}',
      );
    });
  });
});
