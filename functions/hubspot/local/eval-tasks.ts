import * as z from 'zod';
import { type EvalRun, type EvalTask, says, WRITES_FAULT } from '../../../local/eval/eval-task.ts';

const TOMAS = '9003';
const MS_PER_MINUTE = 60_000;
const LENGTH_MS = 15 * MS_PER_MINUTE;
const SCHEDULER = '/scheduler/v3/meetings/meeting-links/book/availability-page';

const Associations = z.object({ results: z.array(z.object({ toObjectId: z.number() })) });
const CrmRecord = z.object({ id: z.string(), properties: z.record(z.string(), z.string().nullable()) });
const Statuses = z.object({
  results: z.array(z.object({ subscriptionName: z.string(), status: z.string() })),
});
const History = z.object({ messages: z.array(z.object({ text: z.string() })) });
const Availability = z.object({
  linkAvailability: z.object({
    linkAvailabilityByDuration: z.record(
      z.string(),
      z.object({ availabilities: z.array(z.object({ startMillisUtc: z.number() })) }),
    ),
  }),
});

/** Returns one property of all records of a type that are associated with a contact. */
async function ofContact(contact: string, objects: string, property: string, provider: EvalRun['provider']) {
  const path = `/crm/v4/objects/contacts/${contact}/associations/${objects}`;
  const { results } = Associations.parse(await provider('hubspot', path));
  return Promise.all(
    results.map(async ({ toObjectId }) => {
      const record = `/crm/v3/objects/${objects}/${toObjectId}?properties=${property}`;
      return CrmRecord.parse(await provider('hubspot', record)).properties[property];
    }),
  );
}

/**
 * Returns the start of the first free slot of the workshop's meeting link, in milliseconds since 1970. Looks
 * at this month and the next.
 */
async function firstFreeStartMs(provider: EvalRun['provider']) {
  const months = await Promise.all(
    [0, 1].map(async (offset) => {
      const path = `${SCHEDULER}/workshop?timezone=UTC&monthOffset=${offset}`;
      const { linkAvailability } = Availability.parse(await provider('hubspot', path));
      return linkAvailability.linkAvailabilityByDuration[LENGTH_MS]?.availabilities ?? [];
    }),
  );
  return Math.min(...months.flat().map(({ startMillisUtc }) => startMillisUtc));
}

export const tasks: EvalTask[] = [
  {
    name: 'hubspot_report_overdue_invoice',
    prompt:
      'Look up in HubSpot which invoice is overdue. Post its number and the amount that is still to be paid to #sales in Slack.',
    writes: ['slack_send_message'],
    async grade({ provider }) {
      const history = await provider('slack', '/api/conversations.history?channel=C0HARBORSAL');
      const text = History.parse(history).messages[0]?.text ?? '';
      return {
        'names the overdue invoice': says(text, 'INV-1002') && !says(text, 'INV-1003'),
        'names the balance': /\b78\b/.test(text),
      };
    },
    right: {
      calls: [
        { tool: 'hubspot_list_invoices', input: { status: 'open' } },
        {
          tool: 'slack_send_message',
          input: {
            channel: '#sales',
            text: '{{0.invoices.0.number}} is overdue, with {{0.invoices.0.balance_due}} EUR.',
          },
        },
      ],
      answer: 'It is posted.',
    },
    wrong: {
      // The customer has paid a part of the invoice, but this agent posts the total amount.
      calls: [
        { tool: 'hubspot_list_invoices', input: { status: 'open' } },
        {
          tool: 'slack_send_message',
          input: {
            channel: '#sales',
            text: '{{0.invoices.0.number}} is overdue, with {{0.invoices.0.amount}} EUR.',
          },
        },
      ],
      answer: 'It is posted.',
      faults: ['names the balance'],
    },
  },
  {
    name: 'hubspot_stale_deals_of_owner',
    prompt: 'Which deals of Grace Lindqvist in HubSpot are idle for more than 100 days? Only their names.',
    grade: ({ answer }) => ({
      'names the idle deal': says(answer, 'Fixed Gear Club: workshop days'),
      'names no other deal': !says(answer, 'Green Campus') && !says(answer, 'Tidewheel'),
    }),
    right: {
      calls: [{ tool: 'hubspot_list_stale_deals', input: { idle_days: 100, owner: 'Grace Lindqvist' } }],
      answer: '{{0.deals.0.name}}',
    },
    wrong: {
      calls: [{ tool: 'hubspot_list_stale_deals', input: { idle_days: 30, owner: 'Grace Lindqvist' } }],
      answer: '{{0.deals.0.name}} and {{0.deals.1.name}}',
      faults: ['names no other deal'],
    },
  },
  {
    name: 'hubspot_log_message',
    prompt:
      'I have just written to Tomas Berg, who waits for repair ticket 5120, on WhatsApp: Your bike is ready. Log this in HubSpot.',
    writes: ['hubspot_log_communication'],
    grade: async ({ provider }) => ({
      'the message is on the timeline of the right Tomas': (
        await ofContact(TOMAS, 'communications', 'hs_communication_body', provider)
      ).some((text) => says(text ?? '', 'Your bike is ready')),
    }),
    right: {
      calls: [
        // Two people have this name, and the error lists both. Only one of these people has the e-mail address from the
        // ticket.
        { tool: 'hubspot_get_contact_timeline', input: { contact_id: 'Tomas Berg' } },
        {
          tool: 'hubspot_get_contact_timeline',
          input: { contact_id: '{{0.error.details.0.candidates.0.value}}' },
        },
        {
          tool: 'hubspot_log_communication',
          input: {
            contact_id: '{{0.error.details.0.candidates.0.value}}',
            channel: 'WHATS_APP',
            text: 'Your bike is ready.',
          },
        },
      ],
      answer: 'It is logged for {{1.name}}.',
    },
    wrong: {
      calls: [
        { tool: 'hubspot_get_contact_timeline', input: { contact_id: 'Tomas Berg' } },
        {
          tool: 'hubspot_log_communication',
          input: {
            contact_id: '{{0.error.details.0.candidates.1.value}}',
            channel: 'WHATS_APP',
            text: 'Your bike is ready.',
          },
        },
      ],
      answer: 'It is logged.',
      faults: ['the message is on the timeline of the right Tomas'],
    },
  },
  {
    name: 'hubspot_unsubscribe',
    prompt: 'Lena Fuchs (lena@cityferries.example) wants no workshop news any more. Change this in HubSpot.',
    writes: ['hubspot_set_subscription_status'],
    async grade({ provider }) {
      const path = '/communication-preferences/v4/statuses/lena%40cityferries.example?channel=EMAIL';
      const { results } = Statuses.parse(await provider('hubspot', path));
      const statuses = new Map(results.map(({ subscriptionName, status }) => [subscriptionName, status]));
      return {
        'she gets no workshop news': statuses.get('Workshop news') === 'UNSUBSCRIBED',
        'she still gets offers': statuses.get('Offers for fleets') === 'NOT_SPECIFIED',
      };
    },
    right: {
      calls: [
        {
          tool: 'hubspot_set_subscription_status',
          input: {
            email: 'lena@cityferries.example',
            subscription: 'Workshop news',
            status: 'UNSUBSCRIBED',
          },
        },
      ],
      answer: 'She gets no workshop news any more.',
    },
    wrong: {
      // This agent unsubscribes her from everything, although the task concerns only the workshop news.
      calls: ['Workshop news', 'Offers for fleets'].map((subscription) => ({
        tool: 'hubspot_set_subscription_status',
        input: { email: 'lena@cityferries.example', subscription, status: 'UNSUBSCRIBED' },
      })),
      answer: 'She gets no mail any more.',
      faults: [WRITES_FAULT, 'she still gets offers'],
    },
  },
  {
    name: 'hubspot_book_first_slot',
    prompt:
      'Book the first free slot of the meeting link “Workshop visit” in HubSpot for Nils Berg, nils@cityferries.example.',
    writes: ['hubspot_book_meeting'],
    async grade({ provider }) {
      const guest = await provider(
        'hubspot',
        '/crm/v3/objects/contacts/nils%40cityferries.example?idProperty=email',
      );
      const { id = '' } = CrmRecord.safeParse(guest).data ?? {};
      const [start] = id ? await ofContact(id, 'meetings', 'hs_timestamp', provider) : [];
      return {
        'the meeting is booked': typeof start === 'string',
        'it is in the first slot': Date.parse(start ?? '') < (await firstFreeStartMs(provider)),
      };
    },
    right: {
      calls: [
        { tool: 'hubspot_list_meeting_slots', input: { slug: 'Workshop visit' } },
        {
          tool: 'hubspot_book_meeting',
          input: {
            slug: '{{0.slug}}',
            start: '{{0.slots.0}}',
            duration_minutes: '{{0.duration_minutes}}',
            email: 'nils@cityferries.example',
            first_name: 'Nils',
            last_name: 'Berg',
          },
        },
      ],
      answer: 'Booked for {{1.start_at}}.',
    },
    wrong: {
      calls: [
        { tool: 'hubspot_list_meeting_slots', input: { slug: 'Workshop visit' } },
        {
          tool: 'hubspot_book_meeting',
          input: {
            slug: '{{0.slug}}',
            start: '{{0.slots.1}}',
            duration_minutes: '{{0.duration_minutes}}',
            email: 'nils@cityferries.example',
            first_name: 'Nils',
            last_name: 'Berg',
          },
        },
      ],
      answer: 'Booked for {{1.start_at}}.',
      faults: ['it is in the first slot'],
    },
  },
];
