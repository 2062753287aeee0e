import * as z from 'zod';

const Call = z.looseObject({
  connector: z.string(),
  response: z.object({ status: z.number(), body: z.string() }).optional(),
});

type Rewrite = (key: string, value: unknown) => unknown;

const isOf = (value: unknown, type: string) => Object(value).type === type;

/**
 * Some real responses differ from the official description. Each function rewrites such a response to the most similar
 * response in the description.
 */
const REWRITES: Readonly<Record<string, Rewrite>> = {
  github: (key, value) => {
    // The fork of a pull request and the owner of the fork can be deleted.
    if (key === 'head' && typeof value === 'object')
      return Object.fromEntries(Object.entries(Object(value)).filter(([, part]) => part !== null));
    // A comment loses its line when a later commit changes it.
    return key === 'line' && value === null ? undefined : value;
  },
  slack: (key, value) => {
    // The description only lists the elements of action blocks. https://docs.slack.dev/reference/block-kit/blocks
    if (isOf(value, 'rich_text') || isOf(value, 'context')) return { ...Object(value), elements: [] };
    // This field is an integer in the documentation of attachments, and a string in the description.
    // https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments
    return key === 'ts' && typeof value === 'number' ? String(value) : value;
  },
};

/**
 * Converts a call in such a way that the official description of its API can be used to check it.
 * @param call a `ProviderCall`
 */
export function asDescribed(call: unknown): object {
  const { response, ...request } = Call.parse(call);
  const rewrite = REWRITES[request.connector];
  // GitHub documents the 301 of a renamed repository for the whole API, not for each operation.
  // https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
  if (!response || (request.connector === 'github' && response.status === 301)) return request;
  if (!rewrite || !/^[[{]/.test(response.body)) return { ...request, response };
  return { ...request, response: { ...response, body: JSON.stringify(JSON.parse(response.body, rewrite)) } };
}
