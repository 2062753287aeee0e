import { defineTool, id, momentInput, path, time } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { recordId } from './shared/record-id.ts';
import { utcNow } from './shared/utc-now.ts';

// Without it the record is on no timeline: https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4
const COMMUNICATION_TO_CONTACT = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 81 }];
const BODY_LENGTH_MAX = 65_536;
const REFUSED =
  'HubSpot does not log this message. Check that the contact exists, and the ID is that of a contact.';

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_log_communication',
  effect: 'create',
  scopes: ['crm.objects.contacts.write'],
  description:
    'Logs a WhatsApp, LinkedIn or SMS message on the timeline of a HubSpot contact. It sends nothing.',
  input: {
    contact_id: recordId.describe('ID of the contact: 9001.'),
    channel: z.enum(['WHATS_APP', 'LINKEDIN_MESSAGE', 'SMS']).describe('Where it was written.'),
    body: z.string().min(1).max(BODY_LENGTH_MAX).describe('What was written, as plain text.'),
    sent_at: momentInput('When: 2026-11-22T09:00:00Z. Now by default.').optional(),
  },
  output: { id: id().describe('The ID of the record.'), sent_at: time() },
  examples: [
    {
      input: { contact_id: '9001', channel: 'SMS', body: 'Your order has shipped.' },
      output: { id: '512', sent_at: '2026-03-02T09:30:17Z' },
    },
  ],

  async run({ contact_id, channel, body: text, sent_at = utcNow() }, { api }) {
    // https://developers.hubspot.com/docs/guides/api/crm/engagements/communications
    const { body } = await api.post(path`/crm/v3/objects/communications`, {
      json: {
        properties: {
          hs_communication_channel_type: channel,
          hs_communication_logged_from: 'CRM',
          hs_communication_body: text,
          hs_timestamp: sent_at,
        },
        associations: [{ to: { id: contact_id }, types: COMMUNICATION_TO_CONTACT }],
      },
      response: z.object({ id: id() }),
      errors: { 400: { code: 'rejected_by_provider', message: REFUSED } },
    });
    return { id: body.id, sent_at };
  },
});

export const handler = createHandler(tool);
