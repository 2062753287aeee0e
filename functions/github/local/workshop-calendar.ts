import { pullRequest, sha, shopRepository } from './repository-of-shop.ts';
import type { ReviewComment } from './state.ts';

type GivenComment = Omit<ReviewComment, 'inReplyTo'>;

/** Returns the comments of a thread. All replies are on the line of the first comment. */
function thread(first: GivenComment, replies: Pick<GivenComment, 'author' | 'body' | 'createdAt'>[] = []) {
  return [
    { ...first, inReplyTo: null },
    ...replies.map((reply, index) => ({
      ...reply,
      id: first.id + index + 1,
      path: first.path,
      line: first.line,
      inReplyTo: first.id,
    })),
  ];
}

const SLOT_HUNK = `@@ -12,9 +12,14 @@ export function freeSlots(day: Day, bookings: Booking[]) {
   const slots = openingHours(day);
-  return slots.filter((slot) => !bookings.some(({ start }) => start === slot.start));
+  const taken = bookings.filter(({ isCancelled }) => !isCancelled);
+  // A repair of 90 minutes takes two slots.
+  return slots.filter((slot) =>
+    taken.every(({ start, end }) => end <= slot.start || start >= slot.end),
+  );
+}`;

const LONG_HUNK = ['@@ -0,0 +1,40 @@']
  .concat(
    Array.from(
      { length: 40 },
      (_, index) => `+  ['${8 + Math.floor(index / 4)}:${String((index % 4) * 15).padStart(2, '0')}', 1],`,
    ),
  )
  .join('\n');

/** The calendar of the workshop, with a pull request that people have discussed for weeks. */
export const workshopCalendar = () =>
  shopRepository({
    id: 886,
    name: 'workshop-calendar',
    formerNames: ['repair-calendar'],
    roles: { 'ada-okafor': 'admin', 'grace-lindqvist': 'push', 'jonas-keller': 'push' },
    branches: { main: sha('workshop-calendar main') },
    pulls: [
      pullRequest({
        number: 31,
        title: 'Offer only slots that are long enough',
        body: 'Customers booked 30 minutes for a wheel that takes 90.',
        author: 'ada-okafor',
        createdAt: '2026-11-10T09:15:00Z',
        reviews: [
          {
            id: 9_310,
            author: 'grace-lindqvist',
            state: 'PENDING',
            body: '',
            submittedAt: '',
            commit: sha('workshop-calendar slots'),
          },
        ],
        comments: [
          ...thread(
            {
              id: 531_000,
              author: 'jonas-keller',
              body: 'Typo: “calender”.',
              path: 'README.md',
              line: 3,
              createdAt: '2026-11-10T10:02:00Z',
              thread: { isResolved: true, hunk: '@@ -1,3 +1,3 @@\n # Workshop\n \n+A calender.' },
            },
            [{ author: 'ada-okafor', body: 'Fixed.', createdAt: '2026-11-10T10:05:00Z' }],
          ),
          ...thread(
            {
              id: 531_100,
              author: 'grace-lindqvist',
              body: 'Does this count the lunch break?\r\n\r\n```suggestion\r\n  const slots = openingHours(day, { lunch: false });\r\n```',
              path: 'src/free-slots.ts',
              line: 18,
              createdAt: '2026-11-11T08:30:00Z',
              thread: { originalLine: 18, originalStartLine: 16, hunk: SLOT_HUNK },
            },
            [
              { author: 'ada-okafor', body: 'Not yet.', createdAt: '2026-11-11T08:41:00Z' },
              { author: 'jonas-keller', body: 'Saturdays have none.', createdAt: '2026-11-11T09:00:00Z' },
              { author: 'jonas-keller', body: '👍', createdAt: '2026-11-11T09:01:00Z' },
              { author: null, body: 'In Malmö they do.', createdAt: '2026-11-12T07:10:00Z' },
              { author: 'ada-okafor', body: 'Then it is a setting.', createdAt: '2026-11-12T07:45:00Z' },
              { author: 'grace-lindqvist', body: 'Per workshop, please.', createdAt: '2026-11-12T12:20:00Z' },
            ],
          ),
          ...thread({
            id: 531_200,
            author: null,
            body: 'Why a map, and not a list?',
            path: 'src/opening-hours.ts',
            line: null,
            createdAt: '2026-11-09T16:00:00Z',
            thread: { originalLine: 40, hunk: LONG_HUNK },
          }),
          ...thread({
            id: 531_300,
            author: 'jonas-keller',
            body: 'This file has no test.',
            path: 'src/reminder-mail.ts',
            line: null,
            createdAt: '2026-11-13T14:00:00Z',
            thread: { subject: 'FILE', hunk: '' },
          }),
          ...thread({
            id: 531_400,
            author: 'grace-lindqvist',
            body: 'Note to myself: ask Tomas.',
            path: 'src/free-slots.ts',
            line: 21,
            createdAt: '2026-11-14T09:00:00Z',
            isPending: true,
            thread: { hunk: SLOT_HUNK },
          }),
        ],
      }),
    ],
  });
