import { id, type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { isSameText, theOne } from './candidates.ts';

const SUBSCRIPTION_ID = /^\d{1,15}$/;

/** https://developers.hubspot.com/docs/guides/api/marketing/subscriptions */
export const LEGAL_BASES = [
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

export const StatusesResponse = z.object({ results: z.tuple([StatusResponse], StatusResponse) });

const DefinitionsResponse = z.object({
  results: z.array(
    z.object({
      id: z.union([id(), z.int()]).transform(String),
      name: z.string(),
      description: z.string().nullish(),
      isActive: z.boolean().nullish(),
    }),
  ),
});

/** Finds the subscription type that an input means, by ID or name. @throws ToolError as `theOne` does */
export async function subscriptionIdOf(api: ProviderClient, text: string): Promise<number> {
  if (SUBSCRIPTION_ID.test(text)) return Number(text);
  // https://developers.hubspot.com/docs/guides/api/marketing/subscriptions
  const { body } = await api.get(path`/communication-preferences/v4/definitions`, {
    response: DefinitionsResponse,
  });
  const types = body.results
    .filter(({ isActive }) => isActive !== false)
    .map(({ id: value, name, description }) => ({
      name,
      candidate: { value, label: [name, description].filter(Boolean).join(': ') },
    }));
  const similar = types.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));
  return Number(
    theOne(
      'subscription',
      'a subscription type',
      types.filter(({ name }) => isSameText(name, text)).map(({ candidate }) => candidate),
      (similar.length > 0 ? similar : types).map(({ candidate }) => candidate),
    ),
  );
}
