import { id, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { bodyText } from './body-text.ts';
import type { ActivityRecord } from './read-activities.ts';

/** What stands on a timeline: where HubSpot keeps each kind, and the properties that tell about it. */
export const ACTIVITIES = {
  note: { objects: 'notes', bodies: ['hs_note_body'] },
  call: {
    objects: 'calls',
    bodies: ['hs_call_body'],
    title: 'hs_call_title',
    direction: 'hs_call_direction',
    status: 'hs_call_status',
  },
  email: {
    objects: 'emails',
    bodies: ['hs_email_text', 'hs_email_html'],
    title: 'hs_email_subject',
    direction: 'hs_email_direction',
    status: 'hs_email_status',
  },
  meeting: {
    objects: 'meetings',
    bodies: ['hs_meeting_body'],
    title: 'hs_meeting_title',
    status: 'hs_meeting_outcome',
  },
  task: { objects: 'tasks', bodies: ['hs_task_body'], title: 'hs_task_subject', status: 'hs_task_status' },
  message: {
    objects: 'communications',
    bodies: ['hs_communication_body'],
    title: 'hs_communication_channel_type',
  },
} as const satisfies Record<string, ActivityProperties>;

interface ActivityProperties {
  objects: string;
  /** The first that is filled in is given. */
  bodies: readonly string[];
  title?: string;
  direction?: string;
  status?: string;
}

export const ActivityKind = z.enum(['note', 'call', 'email', 'meeting', 'task', 'message']);
export type ActivityKind = z.output<typeof ActivityKind>;

export const Activity = z.strictObject({
  id: id(),
  kind: ActivityKind,
  at: time(),
  title: text(200).nullable(),
  body: text(500).nullable(),
  direction: z.enum(['inbound', 'outbound']).nullable(),
  status: text(40).nullable(),
});

const DIRECTIONS = new Map<string, 'inbound' | 'outbound'>([
  ['INBOUND', 'inbound'],
  ['INCOMING_EMAIL', 'inbound'],
  ['OUTBOUND', 'outbound'],
  ['EMAIL', 'outbound'],
  ['FORWARDED_EMAIL', 'outbound'],
]);

export function activityProperties(kind: ActivityKind): string[] {
  const { objects: _, bodies, ...others } = ACTIVITIES[kind];
  return [...bodies, ...Object.values(others)];
}

export function activityOf({ id, kind, at, properties }: ActivityRecord): z.input<typeof Activity> {
  const { bodies, title, direction, status }: ActivityProperties = ACTIVITIES[kind];
  const read = (property: string | undefined) => (property && properties[property]) || null;
  const body = bodies.map(read).find((candidate) => candidate !== null);
  return {
    id,
    kind,
    at,
    title: read(title),
    body: body === undefined ? null : bodyText(body),
    direction: DIRECTIONS.get(read(direction) ?? '') ?? null,
    status: read(status),
  };
}
