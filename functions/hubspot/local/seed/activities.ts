import { dayAt, timeAt } from '../../../../local/providers/story-time.ts';
import { type CrmRecord, seedRecord } from '../crm-record.ts';

const LENA = 9001;
const TOMAS = 9003;
const PRIYA = 9004;
const ADA = '1234567';
// This user has left the company, but his records still exist.
const LEFT = '1234569';

/** Returns the activities that Harbor Bikes logged for its contacts, unsorted. */
export function activities(): CrmRecord[] {
  return [
    activity('notes', 5101, LENA, timeAt(-1, '09:15'), {
      hs_note_body:
        '<div><p>Wants <strong>12 bikes</strong> from January &amp; 3 child seats.</p><ul><li>Offer by Wednesday</li><li>Fitting at unit 7</li></ul></div>',
    }),
    activity('notes', 5102, LENA, timeAt(-48, '10:00'), {
      hs_note_body: 'Met at the harbour fair. City Ferries has 40 people on shifts.',
    }),
    activity('calls', 5201, LENA, timeAt(-1, '11:30'), {
      hs_call_title: 'Frame sizes',
      hs_call_body: 'Most are <i>between 165 and 190 cm</i>.',
      hs_call_direction: 'OUTBOUND',
      hs_call_from_number: '+49 40 5550 100',
      hs_call_to_number: '+49 40 5550 120',
      hs_call_status: 'COMPLETED',
      hs_call_disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
      hubspot_owner_id: ADA,
    }),
    activity('emails', 5301, LENA, timeAt(-2, '16:20'), {
      hs_email_subject: 'Twelve bikes for our ferry staff',
      hs_email_text:
        'Hello, we would like to lease twelve bikes for our staff from January. Could you send an offer by Wednesday? Lena Fuchs, City Ferries',
      hs_email_direction: 'INCOMING_EMAIL',
      hs_email_status: 'SENT',
      hs_email_from_email: 'lena@cityferries.example',
      hs_email_to_email: 'ada@harborbikes.example',
      hubspot_owner_id: ADA,
    }),
    activity('emails', 5302, LENA, timeAt(-2, '17:02'), {
      hs_email_subject: 'Re: Twelve bikes for our ferry staff',
      hs_email_html: '<p>And could three of them have a child seat?</p><p>Lena</p>',
      hs_email_direction: 'FORWARDED_EMAIL',
      hs_email_status: 'SENT',
    }),
    activity('meetings', 5401, LENA, timeAt(5, '13:00'), {
      hs_meeting_title: 'City Ferries: the offer',
      hs_meeting_body: 'At the ferry terminal, room 2',
      hs_meeting_outcome: 'SCHEDULED',
    }),
    activity('tasks', 5501, LENA, timeAt(4, '09:00'), {
      hs_task_subject: 'Send the offer for 12 bikes',
      hs_task_body: 'With the service price for a year',
      hs_task_status: 'NOT_STARTED',
      hubspot_owner_id: ADA,
    }),
    // The time of a letter can be a day, without a time of day.
    activity('postal_mail', 5601, LENA, dayAt(-40), { hs_postal_mail_body: 'Sent the catalogue.' }),
    activity('notes', 5103, TOMAS, timeAt(-3, '09:40'), {
      hs_note_body: 'Repair ticket 5120 is late. Jonas calls back.',
    }),
    activity('tasks', 5502, TOMAS, timeAt(-3, '12:00'), {
      hs_task_subject: 'Call Tomas Berg about ticket 5120',
      hs_task_status: 'COMPLETED',
      hs_task_completion_date: timeAt(-3, '10:20'),
      hubspot_owner_id: LEFT,
    }),
    activity('emails', 5303, PRIYA, timeAt(-10, '15:10'), {
      hs_email_subject: 'Repair day at the campus',
      hs_email_text: 'Would Harbor Bikes like to run a repair stand on our campus?',
      hs_email_direction: 'INCOMING_EMAIL',
      hs_email_status: 'SENT',
      hs_email_headers: JSON.stringify({
        from: { email: 'priya@greencampus.example', firstName: 'Priya', lastName: 'Nair' },
        to: [{ email: 'Ada Okafor <ada@harborbikes.example>', firstName: 'Ada', lastName: 'Okafor' }],
        cc: [],
        bcc: [],
      }),
      hubspot_owner_id: ADA,
    }),
  ];
}

/** Returns an activity. An activity in the future, such as an open task, was entered a day ago. */
function activity(
  objects: string,
  id: number,
  contactId: number,
  timestamp: string,
  properties: Record<string, string>,
): CrmRecord {
  const isAhead = timestamp > new Date().toISOString();
  const enteredAt = isAhead ? timeAt(-1, '13:30') : new Date(timestamp).toISOString();
  const links = contactId === LENA ? ['companies/9101', 'deals/6001'] : [];
  return seedRecord(objects, id, enteredAt, { hs_timestamp: timestamp, ...properties }, [contactId], links);
}
