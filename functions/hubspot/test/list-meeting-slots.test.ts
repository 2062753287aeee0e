import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { tool } from '../list-meeting-slots.ts';
import { monthsAfter, nextMonth } from '../shared/meeting-month.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonRefusals, nothingThere, wrongValue } from './refusals.ts';
import { everySlot, inDays } from './slots.ts';

const hubspot = hubspotForTest(tool);
const ADA = { slug: 'ada-okafor' };
const availabilityPath = '/scheduler/v3/meetings/meeting-links/book/availability-page/ada-okafor';

/** An answer of HubSpot with these slots of half an hour. */
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
  test('gives what is free, and asks for it as documented', async () => {
    const all = await everySlot(hubspot.atProvider, 'ada-okafor', 30);
    const [from = ''] = all;

    const { status, json } = await hubspot.call({ ...ADA, from, max_results: 5 });

    expect(status).toBe(200);
    expect(json).toEqual({
      slots: all.slice(0, 5),
      duration_minutes: 30,
      durations_offered: [30, 60],
      count: 5,
      next_cursor: expect.any(String),
      omitted: 0,
    });
    const monthOffset = monthsAfter(inDays(0), from.slice(0, 7));
    expect(hubspot.requests()[0]).toEqual({
      method: 'GET',
      path: `${availabilityPath}?timezone=UTC&monthOffset=${monthOffset}`,
    });
  });

  test.each([7, 60, 200])(
    'following next_cursor yields every slot of every month once, %i at a time',
    async (size) => {
      const pages = await everyPage(hubspot.call, 'slots', { ...ADA, max_results: size });

      expect(pages.flat()).toEqual(await everySlot(hubspot.atProvider, 'ada-okafor', 30));
      expect(pages.length).toBeGreaterThan(1);
    },
  );

  test('begins where it is told to, in a later month too', async () => {
    const from = inDays(33);

    const pages = await everyPage(hubspot.call, 'slots', { ...ADA, duration_minutes: 60, from });

    const all = await everySlot(hubspot.atProvider, 'ada-okafor', 60);
    expect(pages.flat()).toEqual(all.filter((start) => start >= from));
    expect(pages.flat()).not.toEqual([]);
  });

  test('a slot that was booked is gone, and so are those that it overlaps', async () => {
    const [start = ''] = await everySlot(hubspot.atProvider, 'ada-okafor', 30);
    const guest = { email: 'lena@cityferries.example', first_name: 'Lena', last_name: 'Fuchs' };
    await hubspot.callOther('hubspot_book_meeting', { ...ADA, start, duration_minutes: 30, ...guest });

    for (const duration_minutes of [30, 60]) {
      const { json } = await hubspot.call({ ...ADA, duration_minutes });
      expect(Object(json).slots).not.toContain(start);
    }
  });

  test.each([
    ['a link that is not there', { slug: 'nobody' }, 'user_ada', 'not_found', []],
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
  ])('%s', async (_, input, user, code, details) => {
    const { error } = await hubspot.call(input, user);

    expect(error).toMatchObject({ code, details });
  });

  test.each([
    [
      'no availability',
      { body: { allUsersBusyTimes: [] } },
      { duration_minutes: null, durations_offered: [] },
    ],
    ['a month without a slot', slots([]), { duration_minutes: 30, durations_offered: [30] }],
  ])('%s is an empty list', async (_, answer, more) => {
    const { json } = await hubspot.answered(ADA, answer);

    expect(json).toEqual({ slots: [], ...more, count: 0, next_cursor: null, omitted: 0 });
  });

  test('a month without a slot before one with some has a next page', async () => {
    const later = `${nextMonth(inDays(0).slice(0, 7))}-15T10:00:00Z`;
    const pages = await everyPage(
      (input) =>
        hubspot.answered(input, ({ url = '' }) =>
          url.includes('monthOffset=0') ? slots([], true) : slots([later]),
        ),
      'slots',
      ADA,
    );

    expect(pages).toEqual([[], [later]]);
  });

  test('a link that has always more is read for two years', async () => {
    const pages = await everyPage((input) => hubspot.answered(input, slots([], true)), 'slots', ADA);

    expect(pages).toHaveLength(25);
  });

  test('what is in no order, or past, is put right', async () => {
    const [first, second] = [inDays(1), inDays(2)];

    const { json } = await hubspot.answered(ADA, slots([second, inDays(-1), first]));

    expect(json).toMatchObject({ slots: [first, second] });
  });

  hubspot.testBadInputs({
    'no link': [{}, 'slug'],
    'a URL': [{ slug: 'https://meetings.hubspot.com/ada' }, 'slug'],
    'a parent folder': [{ slug: '../book' }, 'slug'],
    'no minutes': [{ ...ADA, duration_minutes: 0 }, 'duration_minutes'],
    'a time without a zone': [{ ...ADA, from: 'tomorrow' }, 'from'],
  });

  test('a link of two parts is no segment of a path', async () => {
    const { error } = await hubspot.call({ slug: 'ada-lovelace/intro' });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'slug' }] });
    expect(hubspot.requests()).toEqual([]);
  });
});

test.each([
  ['2026-11', '2026-12', 1],
  ['2026-12', '2027-01', 2],
])('the month after %s', (month, next, offset) => {
  expect(nextMonth(month)).toBe(next);
  expect(monthsAfter('2026-11-30T23:59:59Z', next)).toBe(offset);
});

testRefusals(tool, ADA, {
  ...commonRefusals('scheduler.meetings.meeting-link.read'),
  'a wrong value': wrongValue,
  'a missing link': nothingThere,
});
