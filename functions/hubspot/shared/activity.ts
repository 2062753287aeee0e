import { emailAddressOf, htmlToText, lenientList, maybeText, parseJson } from 'scalekit-lambda-tools';
import * as z from 'zod';

/** The kinds of activities on a timeline: HubSpot's name for each kind, and the properties that describe it. */
export const ACTIVITIES = {
  note: { objects: 'notes', bodies: ['hs_note_body'] },
  call: {
    objects: 'calls',
    bodies: ['hs_call_body'],
    title: 'hs_call_title',
    direction: 'hs_call_direction',
    from: 'hs_call_from_number',
    to: 'hs_call_to_number',
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
    headers: 'hs_email_headers',
  },
  meeting: {
    objects: 'meetings',
    bodies: ['hs_meeting_body', 'hs_internal_meeting_notes'],
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
  letter: { objects: 'postal_mail', bodies: ['hs_postal_mail_body'] },
} as const satisfies Record<string, ActivityProperties>;

interface ActivityProperties {
  objects: string;
  /** Properties that may contain the text. The tool returns the first property that has a value. */
  bodies: readonly string[];
  /** Properties that may contain the outcome. The tool returns the first property that has a value. */
  outcomes?: readonly string[];
  title?: string;
  direction?: string;
  from?: string;
  to?: string;
  headers?: string;
}

export const ActivityKind = z.enum(['note', 'call', 'email', 'meeting', 'task', 'message', 'letter']);
export type ActivityKind = z.output<typeof ActivityKind>;

export interface ActivityReference {
  id: string;
  kind: ActivityKind;
}
export interface ActivityRecord extends ActivityReference {
  /** The time of the activity. */
  at: string;
  /** The due time of a task, or the start of a future activity. */
  plannedAt: string | null;
  properties: Readonly<Record<string, string | null>>;
}

// Common HTML tags in bodies. An e-mail address in angle brackets is not a tag.
const TAG = /<\/?(?:a|b|blockquote|body|br|div|em|h[1-6]|i|li|ol|p|span|strong|table|u|ul)[\s/>]/i;

const OWNER = 'hubspot_owner_id';

// FORWARDED_EMAIL is not in this map: somebody forwarded the e-mail to HubSpot to log it, and either side may have
// written it.
const DIRECTIONS = new Map<string, 'inbound' | 'outbound'>([
  ['INBOUND', 'inbound'],
  ['INCOMING_EMAIL', 'inbound'],
  ['OUTBOUND', 'outbound'],
  ['EMAIL', 'outbound'],
]);

// For these e-mails, the owner is the HubSpot user who received or logged the e-mail, not its author. The
// status shows only that the e-mail was logged, so it is not an outcome.
const WRITTEN_BY_OTHERS = new Set(['INCOMING_EMAIL', 'FORWARDED_EMAIL']);

/**
 * The headers of an e-mail, with names and addresses:
 * https://developers.hubspot.com/docs/guides/api/crm/engagements/email
 */
const AddressResponse = z.object({ email: maybeText, firstName: maybeText, lastName: maybeText });
const HeadersResponse = z.object({ from: AddressResponse.optional(), to: lenientList(AddressResponse) });

/** The call outcomes that every account has: https://developers.hubspot.com/docs/guides/api/crm/engagements/calls */
const DISPOSITIONS = new Map([
  ['9d9162e7-6cf3-4944-bf63-82dff4258764', 'Busy'],
  ['f240bbac-87c9-4f6e-bf70-924b57d47db7', 'Connected'],
  ['a4c4c377-d246-4b32-a13b-75a56a4cd0ff', 'Left live message'],
  ['b2cf5968-551e-4856-9783-52b3da59a7d0', 'Left voicemail'],
  ['73a0d17f-1163-4015-bdd5-ec830791da20', 'No answer'],
  ['17b47fee-58de-441e-a44c-c6300d46f273', 'Wrong number'],
]);
// Matches the ID of an outcome that the account defined. The record does not contain the name of that
// outcome.
const OWN_DISPOSITION = /^[\da-f]{8}-[\da-f-]{27}$/;

export function activityProperties(kind: ActivityKind): string[] {
  const { objects: _, bodies, outcomes = [], ...others }: ActivityProperties = ACTIVITIES[kind];
  return [OWNER, ...bodies, ...outcomes, ...Object.values(others)];
}

/** Returns the ID of the HubSpot user who wrote the activity, or null if somebody else wrote it. */
export function ownerOf({ properties }: ActivityRecord): string | null {
  return isWrittenByOthers(properties) ? null : (properties[OWNER] ?? null);
}

function isWrittenByOthers({ hs_email_direction: direction }: ActivityRecord['properties']): boolean {
  return WRITTEN_BY_OTHERS.has(direction ?? '');
}

/** @param owners the names of owners, by owner ID */
export function toActivity(record: ActivityRecord, owners: ReadonlyMap<string, string>) {
  const { kind, at, plannedAt, properties } = record;
  const { bodies, outcomes = [], title, direction, from, to, headers }: ActivityProperties = ACTIVITIES[kind];
  const read = (property: string | undefined) => (property && properties[property]) || null;
  const first = (names: readonly string[]) => names.map(read).find((value) => value !== null) ?? null;
  const body = first(bodies);
  const named = namesIn(read(headers));
  const sender = read(from) ?? named.from;
  const isByOthers = isWrittenByOthers(properties);
  return {
    id: record.id,
    kind,
    happened_at: at,
    planned_at: plannedAt,
    title: read(title),
    body: body === null ? null : bodyText(body),
    author: isByOthers ? (named.sender ?? sender) : (owners.get(ownerOf(record) ?? '') ?? null),
    direction: DIRECTIONS.get(read(direction) ?? '') ?? null,
    from: sender,
    to: read(to) ?? named.to,
    outcome: isByOthers ? null : outcomeText(first(outcomes)),
  };
}

/**
 * Returns the addresses in the headers of an e-mail, and the sender's name. A field is null if the headers do not
 * contain it.
 */
function namesIn(headers: string | null) {
  const { from, to = [] } = HeadersResponse.safeParse(parseJson(headers ?? '')).data ?? {};
  const addressIn = ({ email }: z.output<typeof AddressResponse>) => emailAddressOf(email?.trim() ?? '');
  return {
    sender: [from?.firstName, from?.lastName].filter(Boolean).join(' ') || null,
    from: (from && addressIn(from)) || null,
    to: to.map(addressIn).filter(Boolean).join('; ') || null,
  };
}

function outcomeText(outcome: string | null): string | null {
  if (outcome === null) return null;
  return DISPOSITIONS.get(outcome) ?? (OWN_DISPOSITION.test(outcome) ? null : outcome);
}

/**
 * Returns a body as plain text. Bodies that were written in HubSpot are HTML. Most bodies from the API are plain text.
 */
export function bodyText(body: string): string {
  return TAG.test(body) ? htmlToText(body) : body;
}
