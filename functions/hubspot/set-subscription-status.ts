import { defineTool, emailInput, path, readInput, text, textInput } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { hubspot } from './connector.ts';
import { subscriptionIdOf } from './shared/subscription.ts';

/** https://developers.hubspot.com/docs/guides/api/marketing/subscriptions */
const LEGAL_BASES = [
  'CONSENT_WITH_NOTICE',
  'LEGITIMATE_INTEREST_CLIENT',
  'LEGITIMATE_INTEREST_OTHER',
  'LEGITIMATE_INTEREST_PQL',
  'NON_GDPR',
  'PERFORMANCE_OF_CONTRACT',
  'PROCESS_AND_STORE',
] as const;

const StatusResponse = z.object({
  status: z.string(),
  subscriptionName: z.string().nullish(),
  setStatusSuccessReason: z.string().nullish(),
});

const StatusesResponse = z.object({ results: z.tuple([StatusResponse], StatusResponse) });

const REFUSED =
  'HubSpot does not change this subscription. A person who opted out of all e-mail comes back only by their own request.';

export const tool = defineTool({
  connector: hubspot,
  name: 'hubspot_set_subscription_status',
  effect: 'update',
  idempotent: true,
  // The tool records the consent of a person outside the company, and decides which e-mails that person gets.
  confirm: true,
  scopes: ['communication_preferences.read_write'],
  description: 'Subscribes an e-mail address to one type of e-mail in HubSpot, or unsubscribes it.',
  input: {
    email: emailInput('E-mail address of the person.'),
    subscription: readInput('Name or ID of the subscription type, such as Newsletter.', (name) => name, {
      pattern: /\S/,
      expected: 'must be the name or the ID of a subscription type',
      maximum: 200,
    }),
    status: z.enum(['SUBSCRIBED', 'UNSUBSCRIBED']).describe('SUBSCRIBED only with consent.'),
    legal_basis: z.enum(LEGAL_BASES).optional().describe('Required if the account has privacy settings on.'),
    explanation: textInput('Reason for the legal basis.', 500).optional(),
  },
  output: {
    subscription: text(200).nullable(),
    status: text(40),
    is_changed: z.boolean().describe('False if it had this status already.'),
  },
  examples: [
    {
      input: { email: 'ann@example.com', subscription: 'Newsletter', status: 'UNSUBSCRIBED' },
      output: { subscription: 'Newsletter', status: 'UNSUBSCRIBED', is_changed: true },
    },
  ],

  async run({ email, subscription, status, legal_basis, explanation }, { api }) {
    const subscriptionId = await subscriptionIdOf(api, subscription);
    // https://developers.hubspot.com/docs/guides/api/marketing/subscriptions
    const { body } = await api.post(path`/communication-preferences/v4/statuses/${email}`, {
      json: {
        subscriptionId,
        statusState: status,
        channel: 'EMAIL',
        legalBasis: legal_basis,
        legalBasisExplanation: explanation,
      },
      response: StatusesResponse,
      errors: { 400: { code: 'rejected_by_provider', message: REFUSED } },
    });
    const [set] = body.results;
    const is_changed = set.setStatusSuccessReason !== 'NO_STATUS_CHANGE';
    return { subscription: set.subscriptionName ?? null, status: set.status, is_changed };
  },
});

export const handler = createHandler(tool);
