import ICAL from 'ical.js';
import { utcTime } from 'scalekit-lambda-tools';

const CALENDAR_LENGTH_MAX = 200_000;
const DEPTH_MAX = 5;
// Calendars with more rules are not evaluated, because that could take long. Real time zones have fewer
// rules.
const RULES_OF_ZONE_MAX = 20;
const PARTS_OF_RULE = new Set(['BYMONTH', 'BYDAY']);
// The parser rejects an entire calendar if it cannot read one line, so only lines with these properties are
// passed to the parser.
const READ_LINE =
  /^(?:attendee|comment|conference|description|dtend|dtstart|due|duration|location|method|rdate|recurrence-id|rrule|summary|tzid|tzoffsetfrom|tzoffsetto|url|x-alt-desc|x-google-conference|x-microsoft-cdo-alldayevent|x-microsoft-skypeteamsmeetingurl)[;:]/i;
// The properties that may contain a link to join. The first is from
// https://www.rfc-editor.org/rfc/rfc7986#section-5.11, and the next two are from Google and Microsoft.
const MEETING_LINKS = ['conference', 'x-google-conference', 'x-microsoft-skypeteamsmeetingurl', 'url'];
const HTTP = /^https?:\/\/\S{1,1000}$/;
// Some programs write their own name before the name of the IANA zone, such as `/mozilla.org/20050126_1/Europe/Berlin`.
const ZONE_PREFIX = /^\/[^/\s]{1,80}\/(?:\d[^/\s]{0,40}\/)?(?=[A-Z])/;
const ANSWERS_MAX = 5;
const DAY = /^\d{4}-\d\d-\d\d$/;
const MIDNIGHT = '00:00:00';
const MS_OF_DAY = 86_400_000;

/** The first event of a calendar that came with an e-mail. */
export interface Invitation {
  title: string | null;
  /** ISO 8601: a day, a time in UTC, or a local time followed by its zone. */
  starts: string | null;
  /** In the same form as `starts`. If the event takes whole days, this is the last day. */
  ends: string | null;
  place: string | null;
  /** The calendar's method, such as `REQUEST` or `CANCEL`. */
  method: string | null;
  is_recurring: boolean;
  /** The link by which people join, if it is not in `place`. */
  link: string | null;
  /** Shown if the e-mail has no other text. */
  description: string;
  /** The number of other events in the calendar, which are not returned. */
  otherCount: number;
}

/**
 * Reads the first event of a calendar: https://www.rfc-editor.org/rfc/rfc5545
 * @returns undefined if the text contains no readable event
 */
export function toInvitation(calendar: string): Invitation | undefined {
  try {
    const root = new ICAL.Component(ICAL.parse(repaired(calendar.slice(0, CALENDAR_LENGTH_MAX))));
    const events = ['vevent', 'vtodo'].flatMap((kind) => root.getAllSubcomponents(kind));
    // A calendar may contain a changed date of a series before the series itself.
    const series = events.filter((one) => !one.hasProperty('recurrence-id'));
    const event = series[0] ?? events[0];
    if (!event) return undefined;
    const method = propertyOf(root, 'method')?.toUpperCase() ?? null;
    const starts = orNull(() => timeOf(event, 'dtstart', root));
    const ends = orNull(() => timeOf(event, 'dtend', root) ?? endByDuration(event, root));
    const place = propertyOf(event, 'location');
    return {
      title: propertyOf(event, 'summary'),
      starts,
      ends: ends ? lastDay(starts, ends) : orNull(() => timeOf(event, 'due', root)),
      place,
      link: linkOf(event, place ?? ''),
      method,
      is_recurring: event.getFirstProperty('rrule') !== null,
      description:
        (method === 'REPLY' || method === 'COUNTER' ? answersIn(event) : '') ||
        (propertyOf(event, 'description') ?? propertyOf(event, 'x-alt-desc') ?? ''),
      otherCount: Math.max(0, (series.length || events.length) - 1),
    };
  } catch {
    return undefined;
  }
}

/** Returns the link by which people join, or null if the place contains it. */
function linkOf(event: ICAL.Component, place: string): string | null {
  const link = MEETING_LINKS.map((name) => propertyOf(event, name)).find((value) => HTTP.test(value ?? ''));
  return link && !place.includes(link) ? link : null;
}

/**
 * Returns the end of an event. For an event of whole days, a calendar contains the day after the last day, so
 * this function returns the day before that.
 */
function lastDay(starts: string | null, ends: string): string {
  if (!DAY.test(ends) || starts === null || starts >= ends) return ends;
  return new Date(Date.parse(ends) - MS_OF_DAY).toISOString().slice(0, ends.length);
}

/** Returns the names of people and their answers: https://www.rfc-editor.org/rfc/rfc5546#section-3.2.3 */
function answersIn(event: ICAL.Component): string {
  const answers = event
    .getAllProperties('attendee')
    .slice(0, ANSWERS_MAX)
    .map((attendee) => {
      const address = String(attendee.getFirstValue()).replace(/^mailto:/i, '');
      const name = String(attendee.getParameter('cn') ?? address);
      const status = String(attendee.getParameter('partstat') ?? '').toLowerCase();
      return status && `${name}: ${status}`;
    });
  return [...answers, propertyOf(event, 'comment') ?? ''].filter(Boolean).join('\n');
}

function propertyOf(component: ICAL.Component, name: string): string | null {
  const value = component.getFirstPropertyValue(name);
  return value === null ? null : String(value).trim() || null;
}

/** Returns only the lines of a calendar that the parser needs, and adds missing END lines. */
function repaired(calendar: string): string {
  const open: string[] = [];
  let isKept = true;
  const lines = calendar
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => {
      if (!/^[ \t]/.test(line)) isKept = isRead(line, open);
      return isKept;
    });
  return [...lines, ...open.toReversed().map((name) => `END:${name}`)].join('\r\n');
}

/**
 * Returns whether the parser needs a line.
 * @param open the names of the components that have begun and not ended. A BEGIN or END line changes this
 * list.
 */
function isRead(line: string, open: string[]): boolean {
  const [, mark, name = ''] = /^(BEGIN|END):([A-Z0-9-]{1,40})\s{0,9}$/.exec(line.toUpperCase()) ?? [];
  if (mark === undefined) return READ_LINE.test(line);
  const isInPlace = mark === 'BEGIN' ? open.length < DEPTH_MAX : open.at(-1) === name;
  if (isInPlace && mark === 'BEGIN') open.push(name);
  else if (isInPlace) open.pop();
  return isInPlace;
}

/** Returns the result of `read`, or null if the parser throws an error. */
function orNull<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** Returns a day, a time in UTC, or a local time with the name of its zone. */
function timeOf(event: ICAL.Component, name: string, root: ICAL.Component): string | null {
  const property = event.getFirstProperty(name);
  const time = property?.getFirstValue();
  if (!property || !(time instanceof ICAL.Time)) return null;
  return dayOf(event, time) ?? inUtc(time, String(property.getParameter('tzid') ?? ''), root);
}

/**
 * Returns the day if the time stands for a whole day. Outlook writes such a day as midnight in some time zone.
 * https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcical
 */
function dayOf(event: ICAL.Component, time: ICAL.Time): string | undefined {
  const [day, clock = MIDNIGHT] = time.toString().split('T');
  const isMarked = propertyOf(event, 'x-microsoft-cdo-alldayevent')?.toUpperCase() === 'TRUE';
  return time.isDate || (isMarked && clock.startsWith(MIDNIGHT)) ? day : undefined;
}

function endByDuration(event: ICAL.Component, root: ICAL.Component): string | null {
  const start = event.getFirstProperty('dtstart');
  const time = start?.getFirstValue();
  const duration = event.getFirstPropertyValue('duration');
  if (!start || !(time instanceof ICAL.Time) || !(duration instanceof ICAL.Duration)) return null;
  const end = time.clone();
  end.addDuration(duration);
  return dayOf(event, end) ?? inUtc(end, String(start.getParameter('tzid') ?? ''), root);
}

function inUtc(time: ICAL.Time, zone: string, root: ICAL.Component): string {
  const local = time.toString();
  if (local.endsWith('Z')) return local;
  return (
    utcOf(local, zone.replace(ZONE_PREFIX, '')) ??
    utcByRules(time, zone, root) ??
    (zone === '' ? local : `${local} (${zone})`)
  );
}

/**
 * Converts a time to UTC with the time zone rules in the calendar. Returns undefined if the calendar has no rules for
 * the zone, or more rules than a real zone has. https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5
 */
function utcByRules(time: ICAL.Time, zone: string, root: ICAL.Component): string | undefined {
  const component = root
    .getAllSubcomponents('vtimezone')
    .find((one) => one.getFirstPropertyValue('tzid') === zone);
  const rules = component?.getAllSubcomponents() ?? [];
  if (!component || rules.length === 0 || rules.length > RULES_OF_ZONE_MAX || !rules.every(isYearly))
    return undefined;
  const zoned = time.clone();
  zoned.zone = new ICAL.Timezone(component);
  return zoned.convertToZone(ICAL.Timezone.utcTimezone).toString();
}

/** Returns whether a rule applies once, or on a fixed date of each year. Other rules may take long to evaluate. */
function isYearly(rule: ICAL.Component): boolean {
  const recurrence = rule.getFirstPropertyValue('rrule');
  if (rule.hasProperty('rdate') || recurrence === null) return recurrence === null;
  return (
    recurrence instanceof ICAL.Recur &&
    recurrence.freq === 'YEARLY' &&
    recurrence.interval === 1 &&
    Object.entries(recurrence.parts).every(
      ([part, values]) => PARTS_OF_RULE.has(part) && values?.length === 1,
    )
  );
}

/**
 * Converts a local time to UTC. Returns undefined if the zone is not in the IANA database, such as a zone of Windows.
 */
function utcOf(local: string, zone: string): string | undefined {
  const asUtc = Date.parse(`${local}Z`);
  if (zone === '' || Number.isNaN(asUtc)) return undefined;
  try {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const offsetAt = (ms: number) => Date.parse(`${format.format(ms).replace(' ', 'T')}Z`) - ms;
    // The inner offset is a first estimate. Near a change between summer and winter time it can be wrong, so
    // the outer offset corrects it.
    const ms = asUtc - offsetAt(asUtc - offsetAt(asUtc));
    return utcTime(ms);
  } catch {
    return undefined;
  }
}
