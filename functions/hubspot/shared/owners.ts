import {
  emailAddressOf,
  id,
  onlyMatch,
  type ProviderClient,
  path,
  readInput,
  ToolError,
} from 'scalekit-lambda-tools';
import * as z from 'zod';
import { reasonOf } from './crm-records.ts';
import { everyResult, pagingResponse } from './every-result.ts';
import { isSameText } from './named-record.ts';

const OWNERS_MAX = 500;
const OWNER_ID = /^\d{1,18}$/;
// The tools cannot find out who `me` is. HubSpot shows the connected user only to callers that have the
// access token, and Scalekit does not give this token to the tools.
// https://developers.hubspot.com/docs/api-reference/legacy/authentication/oauth-tokens/v1/get-oauth-token-metadata
const CONNECTED_USER = /^(?:@?me|myself|(?:the )?(?:current|connected)[ _]user)$/i;

const OwnersResponse = z.object({
  results: z.array(
    z.object({
      id: id(),
      email: z.string().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
    }),
  ),
  paging: pagingResponse,
});
type Owner = z.output<typeof OwnersResponse>['results'][number];

/** Returns the input for a HubSpot user who owns records: an ID, an e-mail address, or a name, but not `me`. */
export function ownerInput(description: string) {
  return readInput(description, emailAddressOf, {
    pattern: /\S/,
    expected: 'must be the ID, e-mail address or name of a HubSpot user',
    maximum: 254,
  }).refine((text) => !CONNECTED_USER.test(text), {
    error: 'HubSpot does not say which user is connected, so send the e-mail address of the user',
  });
}

/**
 * Returns the ID of an owner that is given by ID, e-mail address or name.
 * @throws ToolError if not exactly one owner has this name or address
 */
export async function ownerIdOf(api: ProviderClient, text: string, field: string): Promise<string> {
  if (OWNER_ID.test(text)) return text;
  const { results: owners } = await readOwners(api, false);
  const candidate = (owner: Owner) => ({
    value: owner.id,
    label: [nameOfOwner(owner), owner.email].filter(Boolean).join(', '),
  });
  const exact = owners.filter(
    (owner) => isSameText(nameOfOwner(owner), text) || isSameText(owner.email, text),
  );
  const similar = owners.filter((owner) =>
    candidate(owner).label.toLowerCase().includes(text.trim().toLowerCase()),
  );
  return onlyMatch(field, 'a HubSpot user', {
    exact: exact.map(candidate),
    similar: similar.map(candidate),
  });
}

/**
 * Returns the names of owners by their IDs, including users who have left the company. If names could not be
 * read, `missing` is a sentence about this.
 */
export async function ownerNames(
  api: ProviderClient,
  ids: readonly (string | null)[],
): Promise<{ names: ReadonlyMap<string, string>; missing: string | false }> {
  const wanted = new Set(ids.filter((ownerId) => ownerId !== null));
  try {
    const names = new Map<string, string>();
    const isNamed = () => [...wanted].every((ownerId) => names.has(ownerId));
    let isCut = false;
    for (const archived of [false, true]) {
      if (isNamed()) break;
      const owners = await readOwners(api, archived);
      for (const owner of owners.results) names.set(owner.id, nameOfOwner(owner) ?? owner.email ?? owner.id);
      isCut ||= owners.isCut;
    }
    return { names, missing: isCut && !isNamed() && 'Names of some owners: the account has too many.' };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { names: new Map(), missing: `Names of owners: ${reasonOf(error, 'owners')}.` };
  }
}

async function readOwners(
  api: ProviderClient,
  archived: boolean,
): Promise<{ results: Owner[]; isCut: boolean }> {
  return everyResult(async (after) => {
    // https://developers.hubspot.com/docs/guides/api/crm/owners
    const { body } = await api.get(path`/crm/v3/owners`, {
      query: { limit: OWNERS_MAX, after, archived },
      response: OwnersResponse,
    });
    return body;
  });
}

function nameOfOwner({ firstName, lastName }: Owner): string | null {
  return [firstName, lastName].filter(Boolean).join(' ') || null;
}
