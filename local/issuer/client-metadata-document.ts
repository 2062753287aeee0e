import * as z from 'zod';
import { RedirectUri } from './redirect-uri.ts';

const TIMEOUT_MS = 5_000;
const BYTES_MAX = 64 * 1024;

const Document = z.object({
  client_id: z.string(),
  redirect_uris: z.array(RedirectUri).min(1),
  // Anyone can read the metadata, so it cannot contain a secret of the client.
  token_endpoint_auth_method: z.literal('none').default('none'),
});

/**
 * Returns whether a client ID is the URL of the client's metadata: an https URL in its normal form, with a
 * path, but without a fragment and without credentials. The ID of a registered client is not a URL.
 * https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/
 */
export function isDocumentUrl(clientId: string): boolean {
  const url = URL.parse(clientId);
  return (
    url?.protocol === 'https:' &&
    url.href === clientId &&
    url.pathname !== '/' &&
    !clientId.includes('#') &&
    !url.username &&
    !url.password
  );
}

/**
 * Fetches the metadata that a client publishes at its ID. Any website can make this issuer fetch a URL, but
 * the website learns nothing that a request by the browser itself would not show.
 * https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization, "Client ID Metadata
 * Documents"
 * @param clientId an https URL with a path
 * @returns the redirect URIs. Returns undefined if there is no valid metadata, or if the metadata names
 * another client.
 */
export async function readRedirectUris(clientId: string): Promise<readonly string[] | undefined> {
  try {
    const response = await fetch(clientId, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = response.ok && (await shortText(response));
    if (!text) return undefined;
    const { client_id, redirect_uris } = Document.parse(JSON.parse(text));
    return client_id === clientId ? redirect_uris : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the text of a response. If the text is too long, stops reading and returns undefined. */
async function shortText({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
