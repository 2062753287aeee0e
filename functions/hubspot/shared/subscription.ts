import { id, onlyMatch, type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { isSameText } from './named-record.ts';

const SUBSCRIPTION_ID = /^\d{1,15}$/;

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

/**
 * Returns the ID of a subscription type that is given by ID or name.
 * @throws ToolError if not exactly one subscription type has this name
 */
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
    onlyMatch('subscription', 'a subscription type', {
      exact: types.filter(({ name }) => isSameText(name, text)).map(({ candidate }) => candidate),
      similar: (similar.length > 0 ? similar : types).map(({ candidate }) => candidate),
    }),
  );
}
