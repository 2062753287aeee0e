import ICAL from 'ical.js';
import { utcTime } from 'scalekit-lambda-tools';

const CALENDAR_LENGTH_MAX = 200_000;

/** The first event of a calendar that came with an e-mail. */
export interface Invitation {
  title: string | null;
  /** ISO 8601: a day, a time in UTC, or a local time and its zone. */
  starts: string | null;
  ends: string | null;
  place: string | null;
  /** Such as `REQUEST` or `CANCEL`. */
  method: string | null;
  is_recurring: boolean;
  /** Stands for the text of an e-mail that has none. */
  description: string;
}

/**
 * Reads the first event of a calendar: https://www.rfc-editor.org/rfc/rfc5545
 * @returns undefined if the text holds no event that can be read
 */
export function toInvitation(calendar: string): Invitation | undefined {
  try {
    const root = new ICAL.Component(ICAL.parse(calendar.slice(0, CALENDAR_LENGTH_MAX)));
    const event = root.getFirstSubcomponent('vevent');
    if (!event) return undefined;
    return {
      title: propertyOf(event, 'summary'),
      starts: timeOf(event, 'dtstart'),
      ends: timeOf(event, 'dtend'),
      place: propertyOf(event, 'location'),
      method: propertyOf(root, 'method'),
      is_recurring: event.getFirstProperty('rrule') !== null,
      description: propertyOf(event, 'description') ?? '',
    };
  } catch {
    return undefined;
  }
}

function propertyOf(component: ICAL.Component, name: string): string | null {
  const value = component.getFirstPropertyValue(name);
  return value === null ? null : String(value).trim() || null;
}

/** Returns a day, a time in UTC, or a local time with the name of its zone. */
function timeOf(event: ICAL.Component, name: string): string | null {
  const property = event.getFirstProperty(name);
  const time = property?.getFirstValue();
  if (!property || !(time instanceof ICAL.Time)) return null;
  const local = time.toString();
  if (time.isDate || local.endsWith('Z')) return local;
  const zone = String(property.getParameter('tzid') ?? '');
  return utcOf(local, zone) ?? (zone === '' ? local : `${local} (${zone})`);
}

/** Returns undefined for a zone that is not in the IANA database, such as one of Windows. */
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
    // The first offset can be wrong close to a change of the clocks.
    const ms = asUtc - offsetAt(asUtc - offsetAt(asUtc));
    return utcTime(ms);
  } catch {
    return undefined;
  }
}
