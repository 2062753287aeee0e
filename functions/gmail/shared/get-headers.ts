import { type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import { type Message, MessageResponse } from './message.ts';

/**
 * Gets a message without its body.
 * @param names the headers to get; by default all, since senders spell a name as they like (`CC`, `Message-Id`)
 * @throws ToolError
 */
export async function getHeaders(
  api: ProviderClient,
  id: string,
  names?: readonly string[],
): Promise<Message> {
  // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/get
  const { body } = await api.get(path`/gmail/v1/users/me/messages/${id}`, {
    query: { format: 'metadata', metadataHeaders: names },
    response: MessageResponse,
  });
  return body;
}

/** Does the same, but returns undefined if the message has been deleted since it was listed. */
export async function getHeadersIfThere(
  ...given: Parameters<typeof getHeaders>
): Promise<Message | undefined> {
  try {
    return await getHeaders(...given);
  } catch (error) {
    if (error instanceof ToolError && error.code === 'not_found') return undefined;
    throw error;
  }
}
