import ICAL from 'ical.js';
import { text } from 'scalekit-lambda-tools';
import * as z from 'zod';

const CALENDAR_LENGTH_MAX = 200_000;

/** An entry of a calendar that came with a mail. */
export const InvitationOutput = z.strictObject({
  title: text(300).nullable(),
  starts: text(80).nullable().describe('ISO 8601 in UTC, a day, or a local time with the name of its zone.'),
  ends: text(80).nullable(),
  place: text(300).nullable(),
  method: text(20).nullable().describe('REQUEST, CANCEL, REPLY, …'),
  is_recurring: z.boolean(),
});

/** Its description is read as the text of a mail that has no other. */
export interface Invitation extends z.input<typeof InvitationOutput> {
  description: string;
}

/**
 * Reads the first event of a calendar: https://www.rfc-editor.org/rfc/rfc5545
 * @returns the invitation, or undefined if the text holds none that can be read
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

/** A day, a moment in UTC, or a local time with its zone's own name. */
function timeOf(event: ICAL.Component, name: string): string | null {
  const property = event.getFirstProperty(name);
  const time = property?.getFirstValue();
  if (!property || !(time instanceof ICAL.Time)) return null;
  const local = time.toString();
  if (time.isDate || local.endsWith('Z')) return local;
  const zone = String(property.getParameter('tzid') ?? '');
  return utcOf(local, zone) ?? (zone === '' ? local : `${local} (${zone})`);
}

/** Undefined for a zone that is not in the IANA database, such as one of Windows. */
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
    // The second look is right also close to a change of the clocks.
    const ms = asUtc - offsetAt(asUtc - offsetAt(asUtc));
    return `${new Date(ms).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`;
  } catch {
    return undefined;
  }
}
