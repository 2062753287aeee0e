import { defineTool, path, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { emailAddress } from './shared/email-address.ts';
import { recordId } from './shared/record-id.ts';
import { LEGAL_BASES, StatusesAnswer } from './shared/subscription.ts';

const REFUSED =
  'HubSpot does not change this subscription. Check the ID of its type; one who opted out of all email comes back only by own request.';

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_set_subscription_status',
  effect: 'update',
  idempotent: true,
  // It decides on what a person outside the company is sent, and stands for their consent.
  confirm: true,
  scopes: ['communication_preferences.read_write'],
  description: 'Subscribes an email address to one type of email in HubSpot, or unsubscribes it.',
  input: {
    email: emailAddress.describe('lena@cityferries.example'),
    subscription_id: recordId.describe('ID of the subscription type: 7890.'),
    status: z.enum(['SUBSCRIBED', 'UNSUBSCRIBED']).describe('SUBSCRIBED only with consent.'),
    legal_basis: z.enum(LEGAL_BASES).optional().describe('Needed where privacy settings are on.'),
    explanation: z.string().min(1).max(500).optional().describe('Of the legal basis: Asked by phone.'),
  },
  output: {
    subscription: text(200).nullable().describe('The name of the subscription type.'),
    status: text(40),
    changed: z.boolean().describe('False where it had this status already.'),
  },
  examples: [
    {
      input: { email: 'grace@example.com', subscription_id: '7890', status: 'UNSUBSCRIBED' },
      output: { subscription: 'Workshop news', status: 'UNSUBSCRIBED', changed: true },
    },
  ],

  async run({ email, subscription_id, status, legal_basis, explanation }, { api }) {
    // https://developers.hubspot.com/docs/guides/api/marketing/subscriptions
    const { body } = await api.post(path`/communication-preferences/v4/statuses/${email}`, {
      json: {
        subscriptionId: Number(subscription_id),
        statusState: status,
        channel: 'EMAIL',
        legalBasis: legal_basis,
        legalBasisExplanation: explanation,
      },
      response: StatusesAnswer,
      errors: { 400: { code: 'rejected_by_provider', message: REFUSED } },
    });
    const [set] = body.results;
    const changed = set.setStatusSuccessReason !== 'NO_STATUS_CHANGE';
    return { subscription: set.subscriptionName ?? null, status: set.status, changed };
  },
});

export const handler = createHandler(tool);
