import { type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import { Message } from './message.ts';

/**
 * A message without its body.
 * @param names the headers that are wanted of it
 * @throws ToolError
 */
export async function getHeaders(
  api: ProviderClient,
  id: string,
  names: readonly string[],
): Promise<Message> {
  // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/get
  const { body } = await api.get(path`/gmail/v1/users/me/messages/${id}`, {
    query: { format: 'metadata', metadataHeaders: names },
    response: Message,
  });
  return body;
}

/** The same; undefined where the message has been deleted since it was listed. */
export async function getHeadersIfThere(
  ...asked: Parameters<typeof getHeaders>
): Promise<Message | undefined> {
  try {
    return await getHeaders(...asked);
  } catch (error) {
    if (error instanceof ToolError && error.code === 'not_found') return undefined;
    throw error;
  }
}
