import { beforeEach, describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../book-meeting.ts';
import { documentedBooking, documentedConference, documentedGuest } from './documented.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonErrors, nothingThere, wrongValue } from './provider-errors.ts';
import { everySlot } from './slots.ts';

const hubspot = hubspotForTest(tool);
const anySlot = { start: '2026-12-03T09:00:00Z', end: '2026-12-03T09:30:00Z' };

let lenas: Record<string, unknown> & { start: string };
beforeEach(async () => {
  const [start = ''] = await everySlot(hubspot.atProvider, 'ada-okafor', 30);
  lenas = { ...documentedGuest, slug: 'ada-okafor', start, email: 'lena@cityferries.example' };
});

describe('hubspot_book_meeting', () => {
  test('books the slot with one documented request', async () => {
    const { status, json } = await hubspot.call(lenas);

    expect(status).toBe(200);
    expect(json).toEqual({
      booking_id: 'event-80001',
      start_at: lenas.start,
      end_at: new Date(Date.parse(lenas.start) + 1_800_000).toISOString().replace('.000', ''),
      time_zone: 'UTC',
      subject: 'Fleets and leases: Grace Hopper',
      contact_id: '9001',
      location: 'Unit 7, Northport',
      url: null,
    });
    expect(hubspot.requests()).toEqual([
      {
        method: 'POST',
        path: '/scheduler/v3/meetings/meeting-links/book',
        json: {
          slug: 'ada-okafor',
          firstName: 'Grace',
          lastName: 'Hopper',
          email: 'lena@cityferries.example',
          startTime: lenas.start,
          duration: 1_800_000,
          timezone: 'UTC',
          formFields: [],
          legalConsentResponses: [],
          likelyAvailableUserIds: [],
        },
      },
    ]);
    const timeline = await hubspot.callOther('hubspot_get_contact_timeline', { contact_id: '9001' });
    expect(Object(timeline.json).activities).toContainEqual(
      expect.objectContaining({
        kind: 'meeting',
        planned_at: lenas.start,
        title: 'Fleets and leases: Grace Hopper',
      }),
    );
  });

  test('adds an unknown guest as a contact', async () => {
    const { json } = await hubspot.call({ ...lenas, email: 'grace@example.com' });

    const contact = await hubspot.atProvider('/crm/v3/objects/contacts/grace@example.com?idProperty=email');
    expect(contact).toMatchObject({ id: Object(json).contact_id, properties: { firstname: 'Grace' } });
  });

  test('sends the time zone and the form answers of the guest', async () => {
    const link = { ...lenas, slug: 'https://meetings.hubspot.com/ada-okafor/first-visit' };

    const refused = await hubspot.call(link);
    const { json } = await hubspot.call({
      ...link,
      answers: ['company: City Ferries: Northport'],
      consent_ids: ['77'],
      time_zone: 'Europe/Berlin',
    });

    expect(refused.error).toMatchObject({
      code: 'rejected_by_provider',
      message: expect.stringContaining('question'),
    });
    expect(json).toMatchObject({ start_at: lenas.start, time_zone: 'Europe/Berlin' });
    expect(hubspot.requests().at(-1)?.json).toMatchObject({
      slug: 'ada-okafor/first-visit',
      timezone: 'Europe/Berlin',
      formFields: [{ name: 'company', value: 'City Ferries: Northport' }],
      legalConsentResponses: [{ communicationTypeId: '77', consented: true }],
    });
  });

  test('rejects a slot that is already booked', async () => {
    await hubspot.call(lenas);

    const { status, error } = await hubspot.call({ ...lenas, email: 'otto@fixedgear.example' });

    expect(status).toBe(422);
    expect(error).toMatchObject({
      code: 'rejected_by_provider',
      message: expect.stringContaining('List the slots again'),
      retryable: false,
    });
  });

  test.each([
    ['a time that is not offered', { start: '2020-01-01T10:00:00Z' }, 'user_ada', 'rejected_by_provider'],
    ['a duration that is not offered', { duration_minutes: 45 }, 'user_ada', 'rejected_by_provider'],
    ['an unknown link', { slug: 'nobody' }, 'user_ada', 'invalid_input'],
    ['a call without the scope', {}, 'user_grace', 'permission_denied'],
  ])('rejects %s, and books nothing', async (_, input, user, code) => {
    const { error } = await hubspot.call({ ...lenas, ...input }, user);

    expect(error?.code).toBe(code);
    expect(await everySlot(hubspot.atProvider, 'ada-okafor', 30)).toContain(lenas.start);
  });

  test.each([
    ['nobody', ['ada-okafor', 'ada-okafor/first-visit', 'workshop']],
    ['ada-okafor/first', ['ada-okafor/first-visit']],
    ['WORKSHOP', ['workshop']],
  ])(
    'after one write for the unknown slug “%s”, lists the existing links in the error',
    async (slug, links) => {
      const { error } = await hubspot.call({ ...lenas, slug });

      expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'slug' }] });
      expect(error?.details[0]?.candidates?.map(({ value }) => value)).toEqual(links);
      expect(hubspot.requests().map(({ method }) => method)).toEqual(['POST', 'GET']);
    },
  );

  test.each([
    [
      'every field that HubSpot documents',
      { ...documentedBooking, ...documentedConference },
      { location: 'Zoom', url: 'https://zoom.example/7' },
    ],
    ['no optional field', documentedBooking, { location: null, url: null }],
  ])('accepts a response with %s', async (_, body, more) => {
    const { json } = await hubspot.answered(documentedGuest, { body });

    expect(json).toEqual({
      booking_id: 'event-1',
      start_at: '2026-03-09T09:00:00Z',
      end_at: '2026-03-09T09:30:00Z',
      time_zone: 'Europe/Paris',
      subject: 'Intro',
      contact_id: '9001',
      ...more,
    });
    expect(hubspot.bodiesSent()).toMatchObject([
      { slug: 'ada-lovelace/intro', startTime: '2026-03-09T09:00:00Z', duration: 1_800_000 },
    ]);
  });

  test('accepts a response that contains only the start and the end', async () => {
    const { json } = await hubspot.answered(documentedGuest, { body: anySlot });

    expect(json).toEqual({
      booking_id: null,
      start_at: anySlot.start,
      end_at: anySlot.end,
      time_zone: null,
      subject: null,
      contact_id: null,
      location: null,
      url: null,
    });
  });

  test.each([
    ['that is malformed', { body: { start: 'soon' } }],
    ['with an error', { status: 502, body: '<html>' }],
  ])('after a response %s, returns outcome_unknown and does not repeat the write', async (_, answer) => {
    const { error } = await hubspot.answered(documentedGuest, answer);

    expect(error?.code).toBe('outcome_unknown');
    expect(hubspot.bodiesSent()).toHaveLength(1);
  });

  test.each([
    ['a link of three parts', { slug: 'a/b/c' }, 'slug'],
    ['a parent folder', { slug: '../book' }, 'slug'],
    ['a day without a time', { start: '2026-12-03' }, 'start'],
    ['a day in words', { start: '3 December' }, 'start'],
    ['an unknown time zone', { time_zone: 'Europe/Northport' }, 'time_zone'],
    ['an answer without a name', { answers: ['City Ferries'] }, 'answers.0'],
    ['a duration of 0 minutes', { duration_minutes: 0 }, 'duration_minutes'],
    ['an address followed by a header', { email: 'a@b.example\r\nBcc: c@d.example' }, 'email'],
    ['an empty name', { first_name: '' }, 'first_name'],
    ['a link as a name', { first_name: 'Win at http://a.example' }, 'first_name'],
    ['a name of two lines', { last_name: 'Fuchs\r\nBcc: a' }, 'last_name'],
    ['additional guests', { guestEmails: ['x@y.example'] }, 'guestEmails'],
  ])('rejects %s, reports the path of the field, and sends nothing', async (_, input, path) => {
    const { error } = await hubspot.call({ ...documentedGuest, ...input });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path }] });
    expect(hubspot.requests()).toEqual([]);
  });
});

testProviderErrors(tool, documentedGuest, {
  ...commonErrors('crm.objects.contacts.write'),
  'a wrong value': wrongValue,
  'a missing link': nothingThere,
});
