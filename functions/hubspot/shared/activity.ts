import { htmlToText } from 'scalekit-lambda-tools';
import * as z from 'zod';
import type { ActivityRecord } from './read-activities.ts';

/** The kinds of entries on a timeline: what HubSpot calls each, and the properties that describe it. */
export const ACTIVITIES = {
  note: { objects: 'notes', bodies: ['hs_note_body'] },
  call: {
    objects: 'calls',
    bodies: ['hs_call_body'],
    title: 'hs_call_title',
    direction: 'hs_call_direction',
    outcomes: ['hs_call_disposition', 'hs_call_status'],
  },
  email: {
    objects: 'emails',
    bodies: ['hs_email_text', 'hs_email_html'],
    title: 'hs_email_subject',
    direction: 'hs_email_direction',
    outcomes: ['hs_email_status'],
    from: 'hs_email_from_email',
    to: 'hs_email_to_email',
  },
  meeting: {
    objects: 'meetings',
    bodies: ['hs_meeting_body'],
    title: 'hs_meeting_title',
    outcomes: ['hs_meeting_outcome'],
  },
  task: {
    objects: 'tasks',
    bodies: ['hs_task_body'],
    title: 'hs_task_subject',
    outcomes: ['hs_task_status'],
  },
  message: {
    objects: 'communications',
    bodies: ['hs_communication_body'],
    title: 'hs_communication_channel_type',
  },
} as const satisfies Record<string, ActivityProperties>;

interface ActivityProperties {
  objects: string;
  /** The first one with a value is returned. */
  bodies: readonly string[];
  /** The first one with a value is returned. */
  outcomes?: readonly string[];
  title?: string;
  direction?: string;
  from?: string;
  to?: string;
}

export const ActivityKind = z.enum(['note', 'call', 'email', 'meeting', 'task', 'message']);
export type ActivityKind = z.output<typeof ActivityKind>;

// Tags of HubSpot's editor and of mail programs. An e-mail address in angle brackets is not one.
const TAG = /<\/?(?:a|b|blockquote|body|br|div|em|h[1-6]|i|li|ol|p|span|strong|table|u|ul)[\s/>]/i;

const OWNER = 'hubspot_owner_id';

// FORWARDED_EMAIL is left out: somebody sent it to HubSpot to log it, and either side may have written it.
const DIRECTIONS = new Map<string, 'inbound' | 'outbound'>([
  ['INBOUND', 'inbound'],
  ['INCOMING_EMAIL', 'inbound'],
  ['OUTBOUND', 'outbound'],
  ['EMAIL', 'outbound'],
]);

/** The outcomes of calls that every account has: https://developers.hubspot.com/docs/guides/api/crm/engagements/calls */
const DISPOSITIONS = new Map([
  ['9d9162e7-6cf3-4944-bf63-82dff4258764', 'Busy'],
  ['f240bbac-87c9-4f6e-bf70-924b57d47db7', 'Connected'],
  ['a4c4c377-d246-4b32-a13b-75a56a4cd0ff', 'Left live message'],
  ['b2cf5968-551e-4856-9783-52b3da59a7d0', 'Left voicemail'],
  ['73a0d17f-1163-4015-bdd5-ec830791da20', 'No answer'],
  ['17b47fee-58de-441e-a44c-c6300d46f273', 'Wrong number'],
]);
// An outcome that the account added itself. The record has only its ID.
const OWN_DISPOSITION = /^[\da-f]{8}-[\da-f-]{27}$/;

export function activityProperties(kind: ActivityKind): string[] {
  const { objects: _, bodies, outcomes = [], ...others }: ActivityProperties = ACTIVITIES[kind];
  return [OWNER, ...bodies, ...outcomes, ...Object.values(others)];
}

/** Returns the ID of the activity's owner. */
export function ownerOf({ properties }: ActivityRecord): string | null {
  return properties[OWNER] ?? null;
}

/** @param owners names of owners, by ID */
export function toActivity(record: ActivityRecord, owners: ReadonlyMap<string, string>) {
  const { kind, at, plannedAt, properties } = record;
  const { bodies, outcomes = [], title, direction, from, to }: ActivityProperties = ACTIVITIES[kind];
  const read = (property: string | undefined) => (property && properties[property]) || null;
  const first = (names: readonly string[]) => names.map(read).find((value) => value !== null) ?? null;
  const body = first(bodies);
  return {
    id: record.id,
    kind,
    happened_at: at,
    planned_at: plannedAt,
    title: read(title),
    body: body === null ? null : bodyText(body),
    author: owners.get(ownerOf(record) ?? '') ?? null,
    direction: DIRECTIONS.get(read(direction) ?? '') ?? null,
    from: read(from),
    to: read(to),
    outcome: outcomeText(first(outcomes)),
  };
}

function outcomeText(outcome: string | null): string | null {
  if (outcome === null) return null;
  return DISPOSITIONS.get(outcome) ?? (OWN_DISPOSITION.test(outcome) ? null : outcome);
}

/** Returns a body as plain text. It is HTML if it was written in HubSpot, and mostly plain text if it came over the API. */
export function bodyText(body: string): string {
  return TAG.test(body) ? htmlToText(body) : body;
}
