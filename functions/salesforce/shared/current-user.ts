import { type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';

// Matches a URL such as https://login.salesforce.com/id/00D…/005…
const IDENTITY = /\/id\/[a-zA-Z0-9]{15,18}\/([a-zA-Z0-9]{15,18})\/?$/;

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_discoveryresource.htm */
const ResourcesResponse = z.object({
  identity: z.string().transform((url, context) => {
    const userId = IDENTITY.exec(url)?.[1];
    if (userId !== undefined) return userId;
    context.addIssue('Expected the address of an identity');
    return z.NEVER;
  }),
});

/**
 * Returns the ID of the account's user. The request does not use Chatter, because Chatter is off in new organisations.
 */
export async function currentUserId(api: ProviderClient): Promise<string> {
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_discoveryresource.htm
  return (await api.get(path`/`, { response: ResourcesResponse })).body.identity;
}
