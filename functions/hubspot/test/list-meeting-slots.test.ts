import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../list-meeting-slots.ts';
import { monthsAfter, nextMonth } from '../shared/meeting-slots.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonErrors, nothingThere, wrongValue } from './provider-errors.ts';
import { everySlot, inDays } from './slots.ts';

const hubspot = hubspotForTest(tool);
const ADA = { slug: 'ada-okafor' };
const noForm = { questions: [], consents: [], is_complete: true, missing: [] };
const availabilityPath = '/scheduler/v3/meetings/meeting-links/book/availability-page/ada-okafor';

/** Returns HubSpot's response with these slots of 30 minutes. */
const slots = (starts: readonly string[], hasMore = false) => ({
  body: {
    allUsersBusyTimes: [],
    linkAvailability: {
      hasMore,
      linkAvailabilityByDuration: {
        '1800000': {
          meetingDurationMillis: 1_800_000,
          availabilities: starts.map((start) => ({
            startMillisUtc: Date.parse(start),
            endMillisUtc: Date.parse(start) + 1_800_000,
          })),
        },
      },
    },
  },
});

describe('hubspot_list_meeting_slots', () => {
  test('lists free slots, and sends the documented requests', async () => {
    const all = await everySlot(hubspot.atProvider, 'ada-okafor', 30);
    const [since = ''] = all;

    const { status, json } = await hubspot.call({ ...ADA, since, max_results: 5 });

    expect(status).toBe(200);
    expect(json).toEqual({
      slots: all.slice(0, 5),
      slug: 'ada-okafor',
      duration_minutes: 30,
      durations_offered: [30, 60],
      ...noForm,
      count: 5,
      next_cursor: expect.any(String),
      omitted: 0,
    });
    const monthOffset = monthsAfter(inDays(0), since.slice(0, 7));
    expect(
      hubspot
        .requests()
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([
      '/scheduler/v3/meetings/meeting-links/book/ada-okafor?timezone=UTC',
      `${availabilityPath}?timezone=UTC&monthOffset=${monthOffset}`,
    ]);
  });

  test.each([7, 60, 200])('returns every slot of every month once if max_results is %i', async (size) => {
    const pages = await everyPage(hubspot.call, 'slots', { ...ADA, max_results: size });

    expect(pages.flat()).toEqual(await everySlot(hubspot.atProvider, 'ada-okafor', 30));
    expect(pages.length).toBeGreaterThan(1);
  });

  test('starts at the time in `since`, even if that time is in a later month', async () => {
    const since = inDays(33);

    const pages = await everyPage(hubspot.call, 'slots', { ...ADA, duration_minutes: 60, since });

    const all = await everySlot(hubspot.atProvider, 'ada-okafor', 60);
    expect(pages.flat()).toEqual(all.filter((start) => start >= since));
    expect(pages.flat()).not.toEqual([]);
  });

  test('leaves out a booked slot, and longer slots that overlap with the booked slot', async () => {
    const [start = ''] = await everySlot(hubspot.atProvider, 'ada-okafor', 30);
    const guest = { email: 'lena@cityferries.example', first_name: 'Lena', last_name: 'Fuchs' };
    await hubspot.callOther('hubspot_book_meeting', { ...ADA, start, duration_minutes: 30, ...guest });

    for (const duration_minutes of [30, 60]) {
      const { json } = await hubspot.call({ ...ADA, duration_minutes });
      expect(Object(json).slots).not.toContain(start);
    }
  });

  test.each([
    ['an unknown link', { slug: 'nobody' }, 'user_ada', 'invalid_input', [{ path: 'slug' }]],
    [
      'a duration that is not offered',
      { ...ADA, duration_minutes: 45 },
      'user_ada',
      'rejected_by_provider',
      [{ path: 'duration_minutes', issue: 'is not a value that the provider accepts' }],
    ],
    [
      'a missing scope',
      ADA,
      'user_grace',
      'permission_denied',
      [{ path: '', issue: 'needs the scope scheduler.meetings.meeting-link.read' }],
    ],
  ])('reports an error for %s', async (_, input, user, code, details) => {
    const { error } = await hubspot.call(input, user);

    expect(error).toMatchObject({ code, details });
  });

  test.each([
    [
      'a link without availability',
      { body: { allUsersBusyTimes: [] } },
      { duration_minutes: null, durations_offered: [] },
    ],
    ['a month without a slot', slots([]), { duration_minutes: 30, durations_offered: [30] }],
  ])('returns an empty list for %s', async (_, answer, more) => {
    const { json } = await hubspot.answered(ADA, answer);

    expect(json).toEqual({
      slots: [],
      slug: 'ada-okafor',
      ...more,
      ...noForm,
      count: 0,
      next_cursor: null,
      omitted: 0,
    });
  });

  test('skips months without slots, and returns the first slot after these months', async () => {
    const month = nextMonth(nextMonth(inDays(0).slice(0, 7)));
    const later = `${month}-15T10:00:00Z`;

    const { json } = await hubspot.answered(ADA, ({ url = '' }) =>
      url.includes('monthOffset=2') ? slots([later]) : slots([], true),
    );

    expect(json).toMatchObject({ slots: [later], next_cursor: null, is_complete: true });
  });

  test('marks an empty page after many empty months as incomplete, and returns a cursor', async () => {
    const { json } = await hubspot.answered(ADA, slots([], true));

    expect(json).toMatchObject({
      slots: [],
      next_cursor: expect.any(String),
      is_complete: false,
      missing: [expect.stringMatching(/^Slots from \d{4}-\d{2} on: next_cursor continues there\.$/)],
    });
  });

  test('stops after two years if HubSpot always reports more slots', async () => {
    const asked = new Set<string>();
    const pages = await everyPage(
      (input) =>
        hubspot.answered(input, ({ url = '' }) => {
          asked.add(/monthOffset=(\d+)/.exec(url)?.[1] ?? 'form');
          return slots([], true);
        }),
      'slots',
      ADA,
    );

    expect(pages).toHaveLength(5);
    expect(asked.size).toBe(26);
  });

  test('sorts slots, and leaves out slots in the past', async () => {
    const [first, second] = [inDays(1), inDays(2)];

    const { json } = await hubspot.answered(ADA, slots([second, inDays(-1), first]));

    expect(json).toMatchObject({ slots: [first, second] });
  });

  hubspot.testBadInputs({
    'a missing link': [{}, 'slug'],
    'a link with three parts': [{ slug: 'a/b/c' }, 'slug'],
    'a link whose second part is two dots': [{ slug: 'a/..' }, 'slug'],
    'a parent folder': [{ slug: '../book' }, 'slug'],
    'a duration of zero minutes': [{ ...ADA, duration_minutes: 0 }, 'duration_minutes'],
    'a time without a zone': [{ ...ADA, since: 'tomorrow' }, 'since'],
  });

  // These slugs and URLs are from HubSpot's guide, from HubSpot's pages and from companies' own pages:
  // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide,
  // https://knowledge.hubspot.com/meetings-tool/create-and-edit-scheduling-pages
  test.each([
    ['ada-okafor/first-visit'],
    ['/ada-okafor/first-visit/'],
    ['https://meetings.hubspot.com/ada-okafor/first-visit'],
    ['https://meetings-eu1.hubspot.com/ada-okafor/first-visit?uuid=1&embed=true'],
    ['meetings.hubspot.com/ada-okafor/first-visit'],
    ['https://www.example.com/meetings/ada-okafor/first-visit/#top'],
    ['First visit'],
    ['first VISIT'],
  ])('finds the slug with two parts for “%s”', async (slug) => {
    const { json } = await hubspot.call({ slug });

    expect(json).toMatchObject({
      slug: 'ada-okafor/first-visit',
      durations_offered: [30],
      questions: [{ name: 'company', label: 'company', is_required: true, options: [] }],
    });
    expect(hubspot.requests().map(({ path }) => path)).toContain(
      '/scheduler/v3/meetings/meeting-links/book/ada-okafor%2Ffirst-visit?timezone=UTC',
    );
  });

  test('lists the existing links in the error for an unknown link', async () => {
    const { error } = await hubspot.call({ slug: 'ada-lovelace/intro' });

    expect(error?.details[0]?.candidates?.map(({ value }) => value)).toEqual([
      'ada-okafor',
      'ada-okafor/first-visit',
      'workshop',
    ]);
  });

  test('lists the links of a person in the error for the name of this person', async () => {
    const { error } = await hubspot.call({ slug: 'Ada Okafor' });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'slug' }] });
    expect(error?.details[0]?.candidates?.map(({ value }) => value)).toEqual([
      'ada-okafor',
      'ada-okafor/first-visit',
    ]);
  });

  test('reads the questions of a form and the texts of consents as HubSpot documents them', async () => {
    const question = {
      name: 'size',
      label: 'Team size',
      isRequired: false,
      isCustom: true,
      type: 'enumeration',
    };
    const options = [
      { value: '1-10', label: '1-10', hidden: false },
      { value: 'old', label: 'Old', hidden: true },
    ];
    const link = {
      customParams: {
        formFields: [
          { name: 'email', isRequired: true },
          { ...question, options },
        ],
        legalConsentOptions: {
          communicationConsentCheckboxes: [{ communicationTypeId: '77', label: 'News', required: true }],
        },
      },
    };

    const { json } = await hubspot.answered(ADA, ({ url = '' }) =>
      url.includes('availability-page') ? slots([]) : { body: link },
    );

    expect(json).toMatchObject({
      questions: [{ name: 'size', label: 'Team size', is_required: false, options: ['1-10'] }],
      consents: [{ id: '77', label: 'News', is_required: true }],
    });
  });

  test('reports the questions as missing if HubSpot does not return them', async () => {
    const { json } = await hubspot.answered(ADA, ({ url = '' }) =>
      url.includes('availability-page') ? slots([]) : { status: 404 },
    );

    expect(json).toMatchObject({
      questions: [],
      is_complete: false,
      missing: [expect.stringContaining('form')],
    });
  });
});

test.each([
  ['2026-11', '2026-12', 1],
  ['2026-12', '2027-01', 2],
])('nextMonth returns the month after %s', (month, next, offset) => {
  expect(nextMonth(month)).toBe(next);
  expect(monthsAfter('2026-11-30T23:59:59Z', next)).toBe(offset);
});

testProviderErrors(tool, ADA, {
  ...commonErrors('scheduler.meetings.meeting-link.read'),
  'a wrong value': wrongValue,
  'a missing link': nothingThere,
});
