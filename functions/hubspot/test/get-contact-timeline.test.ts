import { describe, expect, test } from 'vitest';
import { timeAt } from '../../../local/providers/story-time.ts';
import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../get-contact-timeline.ts';
import { bodyText } from '../shared/activity.ts';
import { documentedRecord } from './documented.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonErrors, nothingThere, wrongValue } from './provider-errors.ts';

const hubspot = hubspotForTest(tool);
// The task and the meeting have dates in the future. The tool therefore sorts them by their creation times.
const LENAS = ['5501', '5401', '5201', '5101', '5302', '5301', '5601', '5102'];
const activity = (id: string) => expect.objectContaining({ id });
const idsOf = (json: unknown) => Object(json).activities.map(({ id }: { id: string }) => id);

describe('hubspot_get_contact_timeline', () => {
  test('lists activities of all kinds, newest first, and converts their bodies to plain text', async () => {
    const { status, json } = await hubspot.call({ contact_id: '9001' });

    expect(status).toBe(200);
    expect(json).toMatchObject({
      name: 'Lena Fuchs',
      url: 'https://app.hubspot.com/contacts/48112001/record/0-1/9001',
      is_complete: true,
      count: 8,
      next_cursor: null,
    });
    expect(idsOf(json)).toEqual(LENAS);
    expect(Object(json).activities).toEqual(
      expect.arrayContaining([
        {
          id: '5401',
          kind: 'meeting',
          happened_at: timeAt(-1, '13:30').replace('.000', ''),
          planned_at: timeAt(5, '13:00').replace('.000', ''),
          title: 'City Ferries: the offer',
          body: 'At the ferry terminal, room 2',
          author: null,
          direction: null,
          from: null,
          to: null,
          outcome: 'SCHEDULED',
        },
        {
          id: '5201',
          kind: 'call',
          happened_at: timeAt(-1, '11:30').replace('.000', ''),
          planned_at: null,
          title: 'Frame sizes',
          body: 'Most are between 165 and 190 cm.',
          author: 'Ada Okafor',
          direction: 'outbound',
          from: '+49 40 5550 100',
          to: '+49 40 5550 120',
          outcome: 'Connected',
        },
        {
          id: '5101',
          kind: 'note',
          happened_at: timeAt(-1, '09:15').replace('.000', ''),
          planned_at: null,
          title: null,
          body: expect.stringMatching(
            /^Wants 12 bikes from January & 3 child seats\.\n+- Offer by Wednesday\n+- Fitting at unit 7$/,
          ),
          author: null,
          direction: null,
          from: null,
          to: null,
          outcome: null,
        },
        // The direction is null, because a forwarded e-mail can be from the user or from the contact.
        expect.objectContaining({
          id: '5302',
          body: expect.stringMatching(/^And could three of them have a child seat\?\n+Lena$/),
          direction: null,
        }),
        expect.objectContaining({
          id: '5301',
          direction: 'inbound',
          from: 'lena@cityferries.example',
          to: 'ada@harborbikes.example',
          author: 'lena@cityferries.example',
          outcome: null,
        }),
      ]),
    );
  });

  test('requests the times of all activities, and the bodies of only one page', async () => {
    await hubspot.call({ contact_id: '9001', kinds: ['note', 'task', 'note'], max_results: 1 });

    const requests = hubspot.requests();
    const inputs = (...ids: string[]) => ids.map((id) => ({ id }));
    expect(requests).toHaveLength(7);
    expect(requests).toEqual(
      expect.arrayContaining([
        {
          method: 'GET',
          path: '/crm/v3/objects/contacts/9001?properties=firstname&properties=lastname',
        },
        { method: 'GET', path: '/crm/v4/objects/contacts/9001/associations/notes?limit=500' },
        { method: 'GET', path: '/crm/v4/objects/contacts/9001/associations/tasks?limit=500' },
        {
          method: 'POST',
          path: '/crm/v3/objects/notes/batch/read',
          json: { inputs: inputs('5101', '5102'), properties: ['hs_timestamp'] },
        },
        {
          method: 'POST',
          path: '/crm/v3/objects/tasks/batch/read',
          json: {
            inputs: inputs('5501'),
            properties: ['hs_timestamp', 'hs_task_completion_date', 'hs_task_status'],
          },
        },
        {
          method: 'POST',
          path: '/crm/v3/objects/tasks/batch/read',
          json: {
            inputs: inputs('5501'),
            properties: [
              'hs_timestamp',
              'hs_task_completion_date',
              'hs_task_status',
              'hubspot_owner_id',
              'hs_task_body',
              'hs_task_subject',
            ],
          },
        },
      ]),
    );
  });

  test.each([2, 3, 50])('returns every activity once if max_results is %i', async (size) => {
    const pages = await everyPage(hubspot.call, 'activities', { contact_id: '9001', max_results: size });

    expect(pages).toHaveLength(Math.ceil(LENAS.length / size));
    expect(pages.flat()).toEqual(LENAS.map(activity));
  });

  test('does not shift the pages if an activity is added', async () => {
    const input = { contact_id: '9001', max_results: 3 };
    const first = await hubspot.call(input);
    const message = {
      contact_id: '9001',
      channel: 'SMS',
      text: 'On my way',
    };
    await hubspot.callOther('hubspot_log_communication', message);

    const second = await hubspot.call({ ...input, cursor: Object(first.json).next_cursor });

    expect([...idsOf(first.json), ...idsOf(second.json)]).toEqual(LENAS.slice(0, 6));
    expect(idsOf((await hubspot.call(input)).json)).toEqual(['80001', ...LENAS.slice(0, 2)]);
  });

  test.each([
    ['a contact without activities', { contact_id: '9002' }, 'Marta Silva'],
    [
      'a ticket without activities',
      { ticket_id: 'Repair ticket 5120 is late' },
      'Repair ticket 5120 is late',
    ],
    ['kinds without activities', { contact_id: '9003', kinds: ['email', 'message'] }, 'Tomas Berg'],
  ])('returns an empty list for %s', async (_, input, name) => {
    const { json } = await hubspot.call(input);

    expect(json).toEqual({
      activities: [],
      name,
      url: expect.stringMatching(/\/\d+$/),
      is_complete: true,
      missing: [],
      count: 0,
      next_cursor: null,
      omitted: 0,
    });
  });

  test('returns not_found for a missing contact', async () => {
    const { status, error } = await hubspot.call({ contact_id: '9999' });

    expect(status).toBe(404);
    expect(error).toMatchObject({ code: 'not_found', retryable: false });
  });

  test('lists notes if the account may not read e-mails', async () => {
    const all = await hubspot.call({ contact_id: '9001' }, 'user_grace');
    const notes = await hubspot.call({ contact_id: '9001', kinds: ['note'] }, 'user_grace');

    expect(all.error).toMatchObject({
      code: 'permission_denied',
      details: [
        { path: '', issue: 'needs the scope crm.objects.contacts.read' },
        { path: '', issue: 'needs the scope crm.objects.owners.read' },
        { path: '', issue: 'needs the scope sales-email-read' },
      ],
    });
    expect(idsOf(notes.json)).toEqual(['5101', '5102']);
  });

  /** Responds as HubSpot does for a contact with these notes. */
  const contactWith =
    (notes: readonly object[], ids: readonly (string | number)[], next?: object) =>
    ({ url = '', body }: { url: string | undefined; body: string }): ScriptedAnswer => {
      if (url.includes('/associations/'))
        return {
          body: {
            results: ids.map((toObjectId) => ({
              toObjectId,
              associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 279, label: null }],
            })),
            ...(next && { paging: { next } }),
          },
        };
      if (url.startsWith('/crm/v3/owners'))
        return { body: { results: [{ id: '1234567', firstName: 'Ada', lastName: 'Lovelace' }] } };
      if (!url.includes('/batch/read'))
        return { body: { id: '9001', properties: {}, createdAt: '2026-03-02T09:30:17.883Z' } };
      const asked = JSON.parse(body).inputs.map(({ id }: { id: string }) => id);
      const results = notes.filter((note) => asked.includes(Object(note).id));
      return { body: { status: 'COMPLETE', results } };
    };
  const input = { contact_id: '9001', kinds: ['note'] };

  test("accepts HubSpot's documented response", async () => {
    const note = documentedRecord('notes');

    const { json } = await hubspot.answered(input, contactWith([note], [512], { after: '9002' }));

    expect(json).toEqual({
      activities: [
        {
          id: '512',
          kind: 'note',
          happened_at: '2026-03-02T09:30:17Z',
          planned_at: null,
          title: null,
          body: 'Spoke with the decision maker.',
          author: 'Ada Lovelace',
          direction: null,
          from: null,
          to: null,
          outcome: null,
        },
      ],
      name: null,
      url: null,
      is_complete: false,
      missing: ['All but 500 of the notes, perhaps newer ones.'],
      count: 1,
      next_cursor: null,
      omitted: 0,
    });
  });

  test('sorts a record without properties by its creation time', async () => {
    const note = { id: '1', createdAt: '2026-03-02T09:30:17Z', properties: {} };

    const { json } = await hubspot.answered(input, contactWith([note], ['1', 1, 2]));

    expect(json).toMatchObject({
      activities: [{ id: '1', happened_at: '2026-03-02T09:30:17Z', body: null }],
      is_complete: true,
    });
  });

  test('reads 500 notes in batches of 100, and sorts equal times by ID', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => String(index + 1));
    const notes = ids.map((id) => ({ id, createdAt: '2026-03-02T09:30:17Z', properties: {} }));

    const { json } = await hubspot.answered({ ...input, max_results: 3 }, contactWith(notes, ids));

    expect(idsOf(json)).toEqual(['500', '499', '498']);
    const batches = hubspot.bodiesSent().filter((body) => body !== undefined);
    expect(batches.map((body) => Object(body).inputs.length)).toEqual([100, 100, 100, 100, 100, 3]);
  });

  // The field `hs_timestamp` of a task is its due date:
  // https://developers.hubspot.com/docs/guides/api/crm/engagements/tasks
  test.each([
    ['an open task for next month', { hs_task_status: 'NOT_STARTED' }, '2026-03-02T09:30:17Z'],
    [
      'an open task with its due date as completion date',
      { hs_task_status: 'WAITING', hs_task_completion_date: '2099-01-01T10:00:00Z' },
      '2026-03-02T09:30:17Z',
    ],
    [
      'a completed task',
      { hs_task_status: 'COMPLETED', hs_task_completion_date: '2026-03-05T08:00:00Z' },
      '2026-03-05T08:00:00Z',
    ],
    [
      'a completed task with times in milliseconds',
      { hs_task_status: 'COMPLETED', hs_task_completion_date: '1772697600000' },
      '2026-03-05T08:00:00Z',
    ],
  ])('sorts %s by the time of the activity', async (_, more, at) => {
    const properties = { hs_timestamp: '2099-01-01T10:00:00Z', ...more };
    const task = { id: '1', createdAt: '2026-03-02T09:30:17Z', properties };

    const { json } = await hubspot.answered({ ...input, kinds: ['task'] }, contactWith([task], ['1']));

    expect(json).toMatchObject({ activities: [{ happened_at: at, planned_at: '2099-01-01T10:00:00Z' }] });
  });

  // https://developers.hubspot.com/docs/guides/api/crm/engagements/email
  test.each([
    ['INCOMING_EMAIL', 'inbound'],
    ['EMAIL', 'outbound'],
    ['FORWARDED_EMAIL', null],
    ['DRAFT_EMAIL', null],
  ])(
    'if the direction of an e-mail is %s, returns the direction %s',
    async (hs_email_direction, direction) => {
      const email = { id: '1', createdAt: '2026-03-02T09:30:17Z', properties: { hs_email_direction } };

      const { json } = await hubspot.answered({ ...input, kinds: ['email'] }, contactWith([email], ['1']));

      expect(json).toMatchObject({ activities: [{ direction }] });
    },
  );

  const headers = JSON.stringify({
    from: { email: 'Lena Fuchs <lena@cityferries.example>', firstName: 'Lena', lastName: 'Fuchs' },
    to: [{ email: 'ada@harborbikes.example' }, { email: 'Grace <grace@harborbikes.example>' }, 7],
  });
  const FROM = 'lena@cityferries.example';
  const TO = 'ada@harborbikes.example; grace@harborbikes.example';

  // https://developers.hubspot.com/docs/guides/api/crm/engagements/email
  test.each([
    [
      'a received e-mail with headers',
      { hs_email_direction: 'INCOMING_EMAIL', hs_email_headers: headers },
      { author: 'Lena Fuchs', from: FROM, to: TO, outcome: null },
    ],
    [
      'a received e-mail that has only an address',
      { hs_email_direction: 'INCOMING_EMAIL', hs_email_from_email: FROM, hs_email_headers: '{"from":7}' },
      { author: FROM, from: FROM, to: null, outcome: null },
    ],
    [
      'a received e-mail with broken headers',
      { hs_email_direction: 'INCOMING_EMAIL', hs_email_headers: '{' },
      { author: null, from: null, to: null, outcome: null },
    ],
    [
      'a forwarded e-mail',
      { hs_email_direction: 'FORWARDED_EMAIL', hs_email_headers: headers },
      { author: 'Lena Fuchs', outcome: null },
    ],
    [
      'a sent e-mail',
      { hs_email_direction: 'EMAIL', hs_email_headers: headers },
      { author: 'Ada Lovelace', from: FROM, outcome: 'BOUNCED' },
    ],
  ])('returns the author of %s', async (_, more, entry) => {
    const properties = { hubspot_owner_id: '1234567', hs_email_status: 'BOUNCED', ...more };
    const email = { id: '1', createdAt: '2026-03-02T09:30:17Z', properties };

    const { json } = await hubspot.answered({ ...input, kinds: ['email'] }, contactWith([email], ['1']));

    expect(json).toMatchObject({ activities: [entry] });
  });

  test('lists an activity for each deal with a known last activity, and for no other deal', async () => {
    const { json } = await hubspot.callOther('hubspot_list_stale_deals', { idle_days: 1 });
    const deals: { id: string; last_activity_at: string | null }[] = Object(json).deals;

    const latest = await Promise.all(
      deals.map(async ({ id }) => {
        const timeline = await hubspot.call({ deal_id: id, max_results: 1 });
        return Object(timeline.json).activities[0]?.happened_at.slice(0, 10) ?? null;
      }),
    );

    expect(deals.length).toBeGreaterThan(0);
    expect(latest.map((day) => day === null)).toEqual(
      deals.map(({ last_activity_at }) => last_activity_at === null),
    );
  });

  // https://developers.hubspot.com/docs/guides/api/crm/engagements/calls
  test.each([
    ['b2cf5968-551e-4856-9783-52b3da59a7d0', 'Left voicemail'],
    ['73a0d17f-1163-4015-bdd5-ec830791da20', 'No answer'],
    ['00000000-1111-2222-3333-444444444444', null],
  ])('if the disposition of a call is %s, returns the outcome %s', async (hs_call_disposition, outcome) => {
    const properties = { hs_call_disposition };
    const call = { id: '1', createdAt: '2026-03-02T09:30:17Z', properties };

    const { json } = await hubspot.answered({ ...input, kinds: ['call'] }, contactWith([call], ['1']));

    expect(json).toMatchObject({ activities: [{ outcome }] });
  });

  test('returns the name of an author who has left the company', async () => {
    const { json } = await hubspot.call({ contact_id: '9003', kinds: ['task'] });

    expect(json).toMatchObject({
      activities: [{ author: 'Emil Brandt', happened_at: timeAt(-3, '10:20').replace('.000', '') }],
    });
  });

  test.each([
    ['a company by its domain', { company_id: 'cityferries.example' }, 'City Ferries'],
    ['a deal by its name', { deal_id: 'City Ferries: 12 bikes on lease' }, 'City Ferries: 12 bikes on lease'],
    [
      'a deal by the URL of its page',
      { deal_id: 'https://app.hubspot.com/contacts/1/record/0-3/6001' },
      'City Ferries: 12 bikes on lease',
    ],
  ])('reads the timeline of %s', async (_, record, name) => {
    const { json } = await hubspot.call(record);

    expect(json).toMatchObject({ name, count: 8 });
    expect(idsOf(json)).toEqual(LENAS);
  });

  test.each([[{}], [{ contact_id: '9001', deal_id: '6001' }]])(
    'rejects %j, because exactly one record is required',
    async (records) => {
      const { error } = await hubspot.call(records);

      expect(error).toMatchObject({
        code: 'invalid_input',
        details: [{ issue: expect.stringContaining('exactly one') }],
      });
      expect(hubspot.requests()).toEqual([]);
    },
  );

  hubspot.testBadInputs({
    'a blank contact': [{ contact_id: ' ' }, 'contact_id'],
    'an unknown kind of activity': [{ contact_id: '9001', kinds: ['note', 'fax'] }, 'kinds.1'],
    'an empty list of kinds': [{ contact_id: '9001', kinds: [] }, 'kinds'],
  });
});

test.each([
  [
    'plain text',
    'a < b & c\n<lena@cityferries.example>\n2 > 1',
    'a < b & c\n<lena@cityferries.example>\n2 > 1',
  ],
  ['HTML', '<p>Tea &amp; <b>cake</b></p><script>alert(1)</script>', 'Tea & cake'],
  ['a line of HTML', 'one <i>two</i> &lt;three&gt;', 'one two <three>'],
  ['an unclosed tag', '<p>open <b', 'open'],
  ['an empty text', '', ''],
])('bodyText reads %s', (_, given, text) => {
  expect(bodyText(given)).toBe(text);
});

test.each([
  ['tags that never end', '<p'.repeat(500_000)],
  ['brackets', '<'.repeat(1_000_000)],
  ['nested tags', '<div>'.repeat(200_000)],
  ['comments', '<p><!--'.repeat(150_000)],
])('bodyText reads 1 MB of %s within two seconds', (_, given) => {
  const start = performance.now();

  bodyText(given);

  expect(performance.now() - start).toBeLessThan(2_000);
});

testProviderErrors(
  tool,
  { contact_id: '9001' },
  {
    ...commonErrors('crm.objects.contacts.read'),
    'a wrong value': wrongValue,
    'a missing contact': nothingThere,
  },
);
