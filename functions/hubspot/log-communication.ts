import { defineTool, id, momentInput, path, textInput, time, utcTime } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { recordIdOf, recordInput } from './shared/named-record.ts';
import { ownerIdOf, ownerInput } from './shared/owners.ts';

// Without an association, the message does not appear on a timeline:
// https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4
const COMMUNICATION_TO_CONTACT = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 81 }];
const TEXT_LENGTH_MAX = 65_536;
const REFUSED =
  'HubSpot does not log this message. Check that the contact exists, and the ID is that of a contact.';
const LoggedResponse = z.object({ id: id() });

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_log_communication',
  effect: 'create',
  confirm: false, // The tool sends nothing to the contact, and the record can be deleted.
  scopes: ['crm.objects.contacts.write', 'crm.objects.contacts.read', 'crm.objects.owners.read'],
  description:
    'Logs a WhatsApp, LinkedIn or SMS message on the timeline of a HubSpot contact. It sends nothing.',
  input: {
    contact_id: recordInput('Contact: e-mail address, name, link or ID.'),
    channel: z.enum(['WHATS_APP', 'LINKEDIN_MESSAGE', 'SMS']).describe('Where it was written.'),
    text: textInput('The message, as plain text.', TEXT_LENGTH_MAX),
    sent_at: momentInput('When it was sent; now by default.').optional(),
    author: ownerInput('HubSpot user whose message it is: e-mail address, name or ID.').optional(),
  },
  output: { id: id(), contact_id: id(), sent_at: time() },
  examples: [
    {
      input: { contact_id: 'ann@example.com', channel: 'SMS', text: 'Your order has shipped.' },
      output: { id: '512', contact_id: '513', sent_at: '2026-03-02T09:30:17Z' },
    },
  ],

  async run({ contact_id, channel, text, sent_at = utcTime(Date.now()), author }, { api }) {
    const contactId = await recordIdOf(api, 'contact', contact_id, 'contact_id');
    const ownerId = author && (await ownerIdOf(api, author, 'author'));
    // https://developers.hubspot.com/docs/guides/api/crm/engagements/communications
    const { body } = await api.post(path`/crm/v3/objects/communications`, {
      json: {
        properties: {
          hs_communication_channel_type: channel,
          hs_communication_logged_from: 'CRM',
          hs_communication_body: text,
          hs_timestamp: sent_at,
          hubspot_owner_id: ownerId,
        },
        associations: [{ to: { id: contactId }, types: COMMUNICATION_TO_CONTACT }],
      },
      response: LoggedResponse,
      errors: { 400: { code: 'rejected_by_provider', message: REFUSED } },
    });
    return { id: body.id, contact_id: contactId, sent_at };
  },
});

export const handler = createHandler(tool);
