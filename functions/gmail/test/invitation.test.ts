import { describe, expect, test } from 'vitest';
import { toInvitation } from '../shared/invitation.ts';
import { readMessage } from '../shared/message-text.ts';
import { message, multi, part, plain } from './mail-parts.ts';

const STARTS = 'DTSTART:20261109T080000Z';
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\n');
const calendar = (...components: string[]) =>
  ['BEGIN:VCALENDAR', 'METHOD:REQUEST', ...components, 'END:VCALENDAR', ''].join('\n');

// Outlook and Exchange write time zones in this format:
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

describe('a time zone that the calendar defines', () => {
  test.each([
    ['W. Europe Standard Time', EUROPE, '20261109T090000', '2026-11-09T08:00:00Z'],
    ['W. Europe Standard Time', EUROPE, '20260709T090000', '2026-07-09T07:00:00Z'],
    [
      'Customized Time Zone',
      zone('Customized Time Zone', observance('STANDARD', '+0530', '+0530', '')),
      '20261109T090000',
      '2026-11-09T03:30:00Z',
    ],
  ])('gives the right time in UTC if its name is %s', (name, rules, local, starts) => {
    const text = calendar(rules, event(`DTSTART;TZID=${name}:${local}`));

    expect(toInvitation(text)).toMatchObject({ starts });
  });

  test.each([
    'FREQ=SECONDLY',
    'FREQ=YEARLY;BYSECOND=1,2,3',
    'FREQ=YEARLY;INTERVAL=2',
    'FREQ=YEARLY;BYDAY=SU,MO',
  ])('is not used if its rule is %s', (rule) => {
    const rules = zone('Odd', observance('STANDARD', '+0100', '+0200', rule));
    const started = process.cpuUsage();

    expect(toInvitation(calendar(rules, event('DTSTART;TZID=Odd:20261109T090000')))).toMatchObject({
      starts: '2026-11-09T09:00:00 (Odd)',
    });
    expect(process.cpuUsage(started).user).toBeLessThan(500_000);
  });
});

test('toInvitation computes the end of an event from its duration', () => {
  // https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1
  expect(toInvitation(calendar(event(STARTS, 'DURATION:PT1H30M')))).toMatchObject({
    ends: '2026-11-09T09:30:00Z',
  });
});

test('toInvitation reads the series, and ignores a moved day of the series', () => {
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
  ['an invalid line', calendar(event('SUMMARY:Fit out', STARTS, 'Jane Doe'))],
  // https://github.com/kewisch/ical.js/issues/1015
  [
    'a quotation mark in a parameter',
    calendar(event(STARTS, 'ATTENDEE;X-RESPONSE-COMMENT="see "you":mailto:a@x.example', 'SUMMARY:Fit out')),
  ],
  // https://github.com/tutao/tutanota/issues/7700
  ['a semicolon at the end', calendar(event(STARTS, 'RRULE:FREQ=WEEKLY;INTERVAL=1;', 'SUMMARY:Fit out'))],
  // https://github.com/derekantrican/GAS-ICS-Sync/issues/390
  ['a missing END line', `BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Fit out\n${STARTS}\n`],
  ['an additional END line', calendar('END:VEVENT', event('SUMMARY:Fit out', STARTS))],
  // https://www.rfc-editor.org/rfc/rfc5545#section-2
  [
    'lower-case names',
    `begin:vcalendar\nmethod:request\nbegin:vevent\nsummary:Fit out\ndtstart:20261109T080000Z\nend:vevent\nend:vcalendar`,
  ],
])('toInvitation reads a calendar with %s', (_, text) => {
  expect(toInvitation(text)).toMatchObject({
    title: 'Fit out',
    starts: '2026-11-09T08:00:00Z',
    method: 'REQUEST',
  });
});

test('toInvitation returns all other values if a time is invalid', () => {
  expect(
    toInvitation(calendar(event('DTSTART:2026-11-09', 'SUMMARY:Fit out', 'LOCATION:Pier 3'))),
  ).toMatchObject({
    title: 'Fit out',
    starts: null,
    ends: null,
    place: 'Pier 3',
  });
});

test('toInvitation converts a description in HTML to text', () => {
  // https://developers.google.com/workspace/calendar/api/v3/reference/events#description
  const text = calendar(
    event(STARTS, 'DESCRIPTION:<p>Join <a href="https://x.example/j/1">the call</a></p>Bring tea'),
  );

  expect(readMessage(message(part('text/calendar', text)), new Map(), null).text).toBe(
    'Join the call <https://x.example/j/1>\n\nBring tea',
  );
});

// Formats of other calendar programs: https://www.rfc-editor.org/rfc/rfc5545 and
// https://www.rfc-editor.org/rfc/rfc5546
describe('readMessage with an invitation of a program', () => {
  const read = (method: string, ...components: string[]) =>
    readMessage(
      message(
        part(
          'text/calendar',
          ['BEGIN:VCALENDAR', `METHOD:${method}`, ...components, 'END:VCALENDAR', ''].join('\n'),
        ),
      ),
      new Map(),
      null,
    );

  test.each([
    // These programs write their own names before the zone: https://gitlab.gnome.org/GNOME/evolution-data-server and
    // https://bugzilla.mozilla.org/show_bug.cgi?id=329570
    ['Evolution', '/freeassociation.sourceforge.net/Europe/Berlin'],
    ['Lightning', '/mozilla.org/20050126_1/Europe/Berlin'],
    ['citadel', '/citadel.org/20210210_1/Europe/Berlin'],
  ])('reads a time zone after the prefix that %s writes', (_, name) => {
    expect(read('REQUEST', event(`DTSTART;TZID=${name}:20261203T090000`)).invitation).toMatchObject({
      starts: '2026-12-03T08:00:00Z',
    });
  });

  test.each([
    // https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing
    [
      'a meeting link of Google Calendar',
      'X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij',
      'https://meet.google.com/abc-defg-hij',
    ],
    // https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcical
    [
      'a meeting link of Outlook',
      'X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/7',
      'https://teams.microsoft.com/l/7',
    ],
    // https://www.rfc-editor.org/rfc/rfc7986#section-5.11
    [
      'a meeting link of Zoom',
      'CONFERENCE;VALUE=URI:https://zoom.example/j/123',
      'https://zoom.example/j/123',
    ],
    ['a booking URL of Cal.com', 'URL:https://cal.example/booking/7', 'https://cal.example/booking/7'],
    ['a room and a URL', 'LOCATION:Room 3\nURL:https://meet.example/3', 'Room 3, https://meet.example/3'],
    [
      'a URL that the description contains',
      'DESCRIPTION:Join https://meet.example/3\nURL:https://meet.example/3',
      null,
    ],
    ['a URL that is not a web page', 'URL:javascript:alert(1)', null],
  ])('returns the place $2 for %s', (_, lines, place) => {
    expect(read('REQUEST', event(STARTS, lines)).invitation).toMatchObject({ place });
  });

  test.each([
    // iCloud and Exchange send answers without a text: https://www.rfc-editor.org/rfc/rfc5546#section-3.2.3
    ['REPLY', 'ATTENDEE;CN=Ada Okafor;PARTSTAT=ACCEPTED:mailto:ada@y.example', 'Ada Okafor: accepted'],
    [
      'REPLY',
      'ATTENDEE;PARTSTAT=DECLINED:mailto:ada@y.example\nCOMMENT:I am away',
      'ada@y.example: declined\nI am away',
    ],
    ['COUNTER', 'ATTENDEE;CN=Bo;PARTSTAT=TENTATIVE:mailto:bo@y.example', 'Bo: tentative'],
    // X-ALT-DESC is the description in HTML: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcical
    ['REQUEST', 'X-ALT-DESC;FMTTYPE=text/html:<p>Bring <b>tools</b></p>', 'Bring tools'],
  ])('writes a text for the method %s and the lines %j', (method, lines, text) => {
    expect(read(method, event(STARTS, lines)).text).toBe(text);
  });

  // For an event of whole days, DTEND is the day after the last day:
  // https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1 and https://github.com/formax68/memoChron/issues/26
  test.each([
    ['DTEND;VALUE=DATE:20261204', '2026-12-03'],
    ['DTEND;VALUE=DATE:20261206', '2026-12-05'],
    ['DURATION:P2D', '2026-12-04'],
    // https://github.com/spatie/calendar-links/issues/53
    ['DTEND;VALUE=DATE:20261203', '2026-12-03'],
  ])('returns the last day of an all-day event with the line %s', (line, ends) => {
    expect(read('REQUEST', event('DTSTART;VALUE=DATE:20261203', line)).invitation).toMatchObject({
      starts: '2026-12-03',
      ends,
    });
  });

  // https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcical and
  // https://github.com/microsoftgraph/microsoft-graph-docs/issues/1802
  test.each([
    ['20261203T000000', '20261205T000000', '2026-12-03', '2026-12-04'],
    ['20261203T090000', '20261203T100000', '2026-12-03T08:00:00Z', '2026-12-03T09:00:00Z'],
  ])(
    'for an all-day event of Outlook from %s to %s, returns the start %s and the end %s',
    (from, to, starts, ends) => {
      const lines = [`DTSTART;TZID=Europe/Berlin:${from}`, `DTEND;TZID=Europe/Berlin:${to}`];

      expect(read('REQUEST', event(...lines, 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE')).invitation).toMatchObject({
        starts,
        ends,
      });
    },
  );

  // https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing
  test.each([
    ['You are invited.', 'Room 3, https://meet.example/3'],
    ['Join at https://meet.example/3 please.', 'Room 3'],
  ])('if the text of the mail is “%s”, returns the place “%s”', (text, place) => {
    const lines = [
      'LOCATION:Room 3',
      'DESCRIPTION:Join https://meet.example/3',
      'URL:https://meet.example/3',
    ];
    const mail = multi('alternative', plain(text), part('text/calendar', calendar(event(STARTS, ...lines))));

    expect(readMessage(message(mail), new Map(), null).invitation).toMatchObject({ place });
  });

  // https://www.rfc-editor.org/rfc/rfc5545#section-3.6.2
  test('returns the title and the end of a task', () => {
    const task = 'BEGIN:VTODO\nSUMMARY:Pay the berth\nDUE:20261203T090000Z\nEND:VTODO';

    expect(read('REQUEST', task).invitation).toMatchObject({
      title: 'Pay the berth',
      starts: null,
      ends: '2026-12-03T09:00:00Z',
    });
  });

  test.each([
    [
      'a flight out and a flight back',
      [event(STARTS, 'SUMMARY:Out'), event('DTSTART:20261112T080000Z', 'SUMMARY:Back')],
      1,
    ],
    ['a course of three days', [1, 2, 3].map((day) => event(`DTSTART:2026110${day}T080000Z`)), 2],
    [
      'a series with a moved day',
      [event(STARTS, 'RRULE:FREQ=DAILY'), event(STARTS, 'RECURRENCE-ID:20261110T080000Z')],
      0,
    ],
  ])('returns the number of omitted events ($2) for %s', (_, events, count) => {
    const { missing } = read('PUBLISH', ...events);

    expect(missing).toEqual(count > 0 ? [`More events in the calendar: ${count}.`] : []);
  });

  // https://www.imc.org/pdi/vcal-10.txt
  test('reads the older format vCalendar 1.0', () => {
    const calendar = ['BEGIN:VCALENDAR', 'VERSION:1.0', event(STARTS, 'SUMMARY:Dock'), 'END:VCALENDAR'].join(
      '\n',
    );

    const { text, invitation, attachments } = readMessage(
      message(part('text/x-vcalendar', calendar)),
      new Map(),
      null,
    );

    expect({ text, title: invitation?.title, files: attachments.length }).toEqual({
      text: '',
      title: 'Dock',
      files: 1,
    });
  });
});
