import { describe, expect, test } from 'vitest';
import { toInvitation } from '../shared/invitation.ts';
import { readMessage } from '../shared/message-text.ts';
import { message, part } from './mail-parts.ts';

const STARTS = 'DTSTART:20261109T080000Z';
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\n');
const calendar = (...components: string[]) =>
  ['BEGIN:VCALENDAR', 'METHOD:REQUEST', ...components, 'END:VCALENDAR', ''].join('\n');

// The form in which Outlook and Exchange write zones:
// https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxcical/a685a040-5b69-4c84-b084-795113fb4012
const observance = (kind: string, from: string, to: string, rule: string) =>
  [
    `BEGIN:${kind}`,
    'DTSTART:16010101T030000',
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    ...(rule ? [`RRULE:${rule}`] : []),
    `END:${kind}`,
  ].join('\n');
const zone = (name: string, ...rules: string[]) =>
  ['BEGIN:VTIMEZONE', `TZID:${name}`, ...rules, 'END:VTIMEZONE'].join('\n');
const EUROPE = zone(
  'W. Europe Standard Time',
  observance('STANDARD', '+0200', '+0100', 'FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10'),
  observance('DAYLIGHT', '+0100', '+0200', 'FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3'),
);

describe('a zone that comes with its rules', () => {
  test.each([
    ['W. Europe Standard Time', EUROPE, '20261109T090000', '2026-11-09T08:00:00Z'],
    ['W. Europe Standard Time', EUROPE, '20260709T090000', '2026-07-09T07:00:00Z'],
    [
      'Customized Time Zone',
      zone('Customized Time Zone', observance('STANDARD', '+0530', '+0530', '')),
      '20261109T090000',
      '2026-11-09T03:30:00Z',
    ],
  ])('%s gives the moment', (name, rules, local, starts) => {
    const text = calendar(rules, event(`DTSTART;TZID=${name}:${local}`));

    expect(toInvitation(text)).toMatchObject({ starts });
  });

  test.each([
    'FREQ=SECONDLY',
    'FREQ=YEARLY;BYSECOND=1,2,3',
    'FREQ=YEARLY;INTERVAL=2',
    'FREQ=YEARLY;BYDAY=SU,MO',
  ])('is not reckoned by the rule %s', (rule) => {
    const rules = zone('Odd', observance('STANDARD', '+0100', '+0200', rule));
    const started = process.cpuUsage();

    expect(toInvitation(calendar(rules, event('DTSTART;TZID=Odd:20261109T090000')))).toMatchObject({
      starts: '2026-11-09T09:00:00 (Odd)',
    });
    expect(process.cpuUsage(started).user).toBeLessThan(500_000);
  });
});

test('an event with a duration ends after it', () => {
  // https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1
  expect(toInvitation(calendar(event(STARTS, 'DURATION:PT1H30M')))).toMatchObject({
    ends: '2026-11-09T09:30:00Z',
  });
});

test('a series is read, not the one day of it that was moved', () => {
  // https://www.rfc-editor.org/rfc/rfc5545#section-3.8.4.4
  const moved = event('RECURRENCE-ID:20261110T080000Z', 'DTSTART:20261110T100000Z', 'SUMMARY:Moved');
  const series = event(STARTS, 'RRULE:FREQ=DAILY', 'SUMMARY:Daily');

  expect(toInvitation(calendar(moved, series))).toMatchObject({ title: 'Daily', is_recurring: true });
  expect(toInvitation(calendar(moved))).toMatchObject({ title: 'Moved' });
});

test.each([
  // https://github.com/collective/icalendar/pull/700
  ['a byte order mark', `\ufeff${calendar(event(STARTS, 'SUMMARY:Fit out'))}`],
  // https://github.com/derekantrican/GAS-ICS-Sync/issues/108
  ['a line that is none', calendar(event('SUMMARY:Fit out', STARTS, 'Jane Doe'))],
  // https://github.com/kewisch/ical.js/issues/1015
  [
    'a quotation mark in a parameter',
    calendar(event(STARTS, 'ATTENDEE;X-RESPONSE-COMMENT="see "you":mailto:a@x.example', 'SUMMARY:Fit out')),
  ],
  // https://github.com/tutao/tutanota/issues/7700
  ['a semicolon at the end', calendar(event(STARTS, 'RRULE:FREQ=WEEKLY;INTERVAL=1;', 'SUMMARY:Fit out'))],
  // https://github.com/derekantrican/GAS-ICS-Sync/issues/390
  ['an end that is missing', `BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Fit out\n${STARTS}\n`],
  ['an end too many', calendar('END:VEVENT', event('SUMMARY:Fit out', STARTS))],
  // https://www.rfc-editor.org/rfc/rfc5545#section-2
  [
    'small letters',
    `begin:vcalendar\nmethod:request\nbegin:vevent\nsummary:Fit out\ndtstart:20261109T080000Z\nend:vevent\nend:vcalendar`,
  ],
])('a calendar with %s is read', (_, text) => {
  expect(toInvitation(text)).toMatchObject({
    title: 'Fit out',
    starts: '2026-11-09T08:00:00Z',
    method: 'REQUEST',
  });
});

test('a time that is none costs nothing else', () => {
  expect(
    toInvitation(calendar(event('DTSTART:2026-11-09', 'SUMMARY:Fit out', 'LOCATION:Pier 3'))),
  ).toMatchObject({
    title: 'Fit out',
    starts: null,
    ends: null,
    place: 'Pier 3',
  });
});

test('a description in HTML is read as text', () => {
  // https://developers.google.com/workspace/calendar/api/v3/reference/events#description
  const text = calendar(
    event(STARTS, 'DESCRIPTION:<p>Join <a href="https://x.example/j/1">the call</a></p>Bring tea'),
  );

  expect(readMessage(message(part('text/calendar', text)), new Map(), null).text).toBe(
    'Join the call <https://x.example/j/1>\n\nBring tea',
  );
});
