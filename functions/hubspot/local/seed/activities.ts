import type { CrmRecord } from '../crm-record.ts';
import { seedRecord } from './seed-record.ts';

const LENA = 9001;
const TOMAS = 9003;
const PRIYA = 9004;

/** What Harbor Bikes logged on its contacts, in no order of time. */
export function activities(): CrmRecord[] {
  return [
    activity('notes', 5101, LENA, '2026-11-20T09:15:00.000Z', {
      hs_note_body:
        '<div><p>Wants <strong>12 bikes</strong> from January &amp; 3 child seats.</p><ul><li>Offer by Wednesday</li><li>Fitting at unit 7</li></ul></div>',
    }),
    activity('notes', 5102, LENA, '2026-10-05T10:00:00.000Z', {
      hs_note_body: 'Met at the harbour fair. City Ferries has 40 people on shifts.',
    }),
    activity('calls', 5201, LENA, '2026-11-20T11:30:00.000Z', {
      hs_call_title: 'Frame sizes',
      hs_call_body: 'Most are <i>between 165 and 190 cm</i>.',
      hs_call_direction: 'OUTBOUND',
      hs_call_status: 'COMPLETED',
    }),
    activity('emails', 5301, LENA, '2026-11-19T16:20:00.000Z', {
      hs_email_subject: 'Twelve bikes for our ferry staff',
      hs_email_text:
        'Hello, we would like to lease twelve bikes for our staff from January. Could you send an offer by Wednesday? Lena Fuchs, City Ferries',
      hs_email_direction: 'INCOMING_EMAIL',
      hs_email_status: 'SENT',
    }),
    activity('emails', 5302, LENA, '2026-11-19T17:02:00.000Z', {
      hs_email_subject: 'Re: Twelve bikes for our ferry staff',
      hs_email_html: '<p>And could three of them have a child seat?</p><p>Lena</p>',
      hs_email_direction: 'INCOMING_EMAIL',
      hs_email_status: 'SENT',
    }),
    activity('meetings', 5401, LENA, '2026-11-25T13:00:00.000Z', {
      hs_meeting_title: 'City Ferries: the offer',
      hs_meeting_body: 'At the ferry terminal, room 2',
      hs_meeting_outcome: 'SCHEDULED',
    }),
    activity('tasks', 5501, LENA, '2026-11-25T09:00:00.000Z', {
      hs_task_subject: 'Send the offer for 12 bikes',
      hs_task_body: 'With the service price for a year',
      hs_task_status: 'NOT_STARTED',
    }),
    activity('notes', 5103, TOMAS, '2026-11-18T09:40:00.000Z', {
      hs_note_body: 'Repair ticket 5120 is late. Jonas calls back.',
    }),
    activity('tasks', 5502, TOMAS, '2026-11-18T12:00:00.000Z', {
      hs_task_subject: 'Call Tomas Berg about ticket 5120',
      hs_task_status: 'COMPLETED',
    }),
    activity('emails', 5303, PRIYA, '2026-11-11T15:10:00.000Z', {
      hs_email_subject: 'Repair day at the campus',
      hs_email_text: 'Would Harbor Bikes like to run a repair stand on our campus on 3 December?',
      hs_email_direction: 'INCOMING_EMAIL',
      hs_email_status: 'SENT',
    }),
  ];
}

function activity(
  objects: string,
  id: number,
  contactId: number,
  timestamp: string,
  properties: Record<string, string>,
): CrmRecord {
  return seedRecord(objects, id, timestamp, { hs_timestamp: timestamp, ...properties }, [contactId]);
}
