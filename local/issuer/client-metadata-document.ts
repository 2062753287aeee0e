import * as z from 'zod';
import { RedirectUri } from './redirect-uri.ts';

const TIMEOUT_MS = 5_000;
const BYTES_MAX = 64 * 1024;

const Document = z.object({
  client_id: z.string(),
  redirect_uris: z.array(RedirectUri).min(1),
  // A document is public, so it cannot hold a shared secret.
  token_endpoint_auth_method: z.literal('none').default('none'),
});

/** True if a client ID is the URL of a document, and not that of a registered client. */
export function isDocumentUrl(clientId: string): boolean {
  const url = URL.parse(clientId);
  return url?.protocol === 'https:' && url.pathname !== '/' && !url.hash && !url.username && !url.password;
}

/**
 * Fetches the metadata that a client publishes at its ID. Any website can make this issuer fetch a URL, but it sees no more
 * of the response than if its visitor's browser had fetched it.
 * https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization, "Client ID Metadata Documents"
 * @param clientId an https URL with a path
 * @returns the redirect URIs; undefined if there is no document, or if it belongs to another client
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

/** Returns the text of a response, or undefined if it is too long. The rest of a longer one is never read. */
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
