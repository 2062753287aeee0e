import { type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';

const IdentityResponse = z.object({
  ok: z.literal(true),
  user_id: z.string().regex(/^[UW][A-Z0-9]{2,20}$/),
});

/** Returns the ID of the account's user. The ID is validated, so that it is safe in a search. */
export async function ownUserId(api: ProviderClient): Promise<string> {
  // https://docs.slack.dev/reference/methods/auth.test
  const { body } = await api.post(path`/api/auth.test`, { response: IdentityResponse });
  return body.user_id;
}
