import { defineTool, path, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { Activity, ActivityKind, activityOf } from './shared/activity.ts';
import { ASSOCIATIONS_MAX } from './shared/associated-activities.ts';
import { textProperty } from './shared/property.ts';
import { recordId } from './shared/record-id.ts';
import { timelinePage } from './shared/timeline-page.ts';

const names = { firstname: textProperty, lastname: textProperty };
const NOTE = {
  id: '512',
  kind: 'note',
  at: '2026-03-02T09:30:17Z',
  title: null,
  body: 'Spoke with the decision maker.',
  direction: null,
  status: null,
};
const PAGE = { contact: 'Ann Lee', incomplete: false, count: 1, next_cursor: null, omitted: 0 };

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_get_contact_timeline',
  effect: 'read',
  scopes: ['crm.objects.contacts.read', 'sales-email-read'],
  description: 'Gives all that was logged on a HubSpot contact in one order, newest first; bodies are cut.',
  input: {
    contact_id: recordId.describe('ID of the contact: 9001.'),
    kinds: z.array(ActivityKind).min(1).max(6).optional().describe('Only these kinds.'),
  },
  output: {
    contact: text(200).describe('The name of the contact.'),
    incomplete: z.boolean().describe(`Whether a kind has more than ${ASSOCIATIONS_MAX}, which are left out.`),
  },
  list: { key: 'activities', item: Activity, default: 20, maximum: 50 },
  examples: [{ input: { contact_id: '9001', kinds: ['note'] }, output: { activities: [NOTE], ...PAGE } }],

  async run({ contact_id, kinds = ActivityKind.options, page }, context) {
    const [{ body: contact }, { activities, next, incomplete }] = await Promise.all([
      // https://developers.hubspot.com/docs/guides/api/crm/objects/contacts
      context.api.get(path`/crm/v3/objects/contacts/${contact_id}`, {
        query: { properties: Object.keys(names) },
        response: z.object({ properties: z.object(names) }),
      }),
      timelinePage(context, contact_id, new Set(kinds), page),
    ]);
    const { firstname, lastname } = contact.properties;
    return {
      items: activities.map(activityOf),
      next,
      contact: [firstname, lastname].filter(Boolean).join(' '),
      incomplete,
    };
  },
});

export const handler = createHandler(tool);
