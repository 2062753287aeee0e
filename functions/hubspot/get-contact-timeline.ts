import {
  completeness,
  completenessOutput,
  defineTool,
  id,
  path,
  ToolError,
  text,
  time,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { ActivityKind, ownerOf, toActivity } from './shared/activity.ts';
import { textProperty } from './shared/crm-records.ts';
import { NAMED_RECORDS, nameOf, type RecordKind, recordIdOf, recordInput } from './shared/named-record.ts';
import { ownerNames } from './shared/owners.ts';
import { timelinePage } from './shared/timeline.ts';

const RecordResponse = z.object({
  url: z.string().nullish(),
  properties: z.record(z.string(), textProperty),
});

const ActivityOutput = z.strictObject({
  id: id(),
  kind: ActivityKind,
  happened_at: time().describe('For a planned activity or an open task: when it was entered.'),
  planned_at: time().nullable().describe('When a task is due, or a future activity begins.'),
  title: text(200).nullable(),
  body: text(500).nullable(),
  author: text(200)
    .nullable()
    .describe('HubSpot user who wrote or logged it; of a received e-mail, its sender.'),
  direction: z.enum(['inbound', 'outbound']).nullable(),
  from: text(254).nullable(),
  to: text(300).nullable(),
  outcome: text(40).nullable(),
});

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_get_contact_timeline',
  effect: 'read',
  scopes: ['crm.objects.contacts.read', 'crm.objects.owners.read', 'sales-email-read'],
  description:
    'Lists everything that was logged on one HubSpot contact, company, deal or ticket, newest first. Pass exactly one of the four.',
  input: {
    contact_id: recordInput('Contact: e-mail address, name, link or ID.').optional(),
    company_id: recordInput('Company: name, domain, link or ID.').optional(),
    deal_id: recordInput('Deal: name, link or ID.').optional(),
    ticket_id: recordInput('Ticket: subject, link or ID.').optional(),
    kinds: z
      .array(ActivityKind)
      .min(1)
      .max(ActivityKind.options.length)
      .optional()
      .describe('Only these kinds.'),
  },
  output: {
    name: text(200).nullable().describe('Name of the contact, company, deal or ticket.'),
    url: text(300).nullable(),
    ...completenessOutput,
  },
  list: { key: 'activities', item: ActivityOutput, default: 20, maximum: 50 },
  examples: [
    {
      input: { contact_id: 'ann@example.com' },
      output: {
        activities: [
          {
            id: '512',
            kind: 'note',
            happened_at: '2026-03-02T09:30:17Z',
            planned_at: null,
            title: null,
            body: 'Spoke with the decision maker.',
            author: 'Rosa Marin',
            direction: null,
            from: null,
            to: null,
            outcome: null,
          },
        ],
        name: 'Ann Lee',
        url: null,
        is_complete: true,
        missing: [],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ kinds = ActivityKind.options, page, ...records }, context) {
    const { kind, text: record } = onlyRecord(records);
    const { api } = context;
    const id = await recordIdOf(api, kind, record, `${kind}_id`);
    const { objects, names } = NAMED_RECORDS[kind];
    const [{ body }, { activities, next, missing }] = await Promise.all([
      // This page is about contacts. HubSpot has one such page for each type of record:
      // https://developers.hubspot.com/docs/guides/api/crm/objects/contacts
      api.get(path`/crm/v3/objects/${objects}/${id}`, {
        query: { properties: names },
        response: RecordResponse,
      }),
      timelinePage(context, { kind, id }, new Set(kinds), page),
    ]);
    const owners = await ownerNames(api, activities.map(ownerOf));
    return {
      items: activities.map((activity) => toActivity(activity, owners.names)),
      next,
      name: nameOf(kind, body.properties),
      url: body.url ?? null,
      ...completeness([missing, owners.missing]),
    };
  },
});

/** Returns the only record in the input. @throws ToolError `invalid_input` if the input has no record, or several */
function onlyRecord(records: Partial<Record<`${RecordKind}_id`, string | undefined>>) {
  const kinds: readonly RecordKind[] = ['contact', 'company', 'deal', 'ticket'];
  const given = kinds.flatMap((kind) => {
    const text = records[`${kind}_id`];
    return text === undefined ? [] : [{ kind, text }];
  });
  const [only, other] = given;
  if (only && !other) return only;
  throw new ToolError('invalid_input', {
    details: [{ path: '', issue: 'needs exactly one of contact_id, company_id, deal_id and ticket_id' }],
  });
}

export const handler = createHandler(tool);
