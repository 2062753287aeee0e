import * as z from 'zod';

const Call = z.looseObject({
  connector: z.string(),
  response: z.object({ status: z.number(), body: z.string() }).optional(),
});

type Rewrite = (key: string, value: unknown) => unknown;

const isOf = (value: unknown, type: string) => Object(value).type === type;

/**
 * Some real responses differ from the official description of the API. Each function rewrites such a response to the
 * most similar response that the description allows.
 */
const REWRITES: Readonly<Record<string, Rewrite>> = {
  github: (key, value) => {
    // If somebody deletes the fork of a pull request or the owner of the fork, its fields are null.
    if (key === 'head' && typeof value === 'object')
      return Object.fromEntries(Object.entries(Object(value)).filter(([, part]) => part !== null));
    // If a later commit changes the commented line, the line of the comment is null.
    return key === 'line' && value === null ? undefined : value;
  },
  slack: (key, value) => {
    // The description lists only the elements of action blocks, and not of other blocks:
    // https://docs.slack.dev/reference/block-kit/blocks
    if (isOf(value, 'rich_text') || isOf(value, 'context')) return { ...Object(value), elements: [] };
    // Slack's documentation says that this field is an integer, but the description says that it is a string:
    // https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments
    return key === 'ts' && typeof value === 'number' ? String(value) : value;
  },
};

/**
 * Rewrites a call so that it can be compared with the official description of its API.
 * @param call a `ProviderCall`
 */
export function asDescribed(call: unknown): object {
  const { response, ...request } = Call.parse(call);
  const rewrite = REWRITES[request.connector];
  // After a repository was renamed, GitHub responds with 301. The description does not list this response for each
  // operation:
  // https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
  if (!response || (request.connector === 'github' && response.status === 301)) return request;
  if (!rewrite || !/^[[{]/.test(response.body)) return { ...request, response };
  return { ...request, response: { ...response, body: JSON.stringify(JSON.parse(response.body, rewrite)) } };
}
