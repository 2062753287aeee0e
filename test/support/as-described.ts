import * as z from 'zod';

const Call = z.looseObject({
  connector: z.string(),
  response: z.object({ status: z.number(), body: z.string() }).optional(),
});

type Rewrite = (key: string, value: unknown) => unknown;

const isOf = (value: unknown, type: string) => Object(value).type === type;

/** Rewrites real responses that the official descriptions lack to the nearest ones that they have. */
const REWRITES: Readonly<Record<string, Rewrite>> = {
  github: (key, value) => {
    // The fork of a pull request and its owner can be deleted.
    if (key === 'head' && typeof value === 'object')
      return Object.fromEntries(Object.entries(Object(value)).filter(([, part]) => part !== null));
    // A comment loses its line when a later commit changes it.
    return key === 'line' && value === null ? undefined : value;
  },
  slack: (key, value) => {
    // The description has only the elements of action blocks.
    // https://docs.slack.dev/reference/block-kit/blocks
    if (isOf(value, 'rich_text') || isOf(value, 'context')) return { ...Object(value), elements: [] };
    // The documentation of attachments has an integer here, the description a string.
    // https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments
    return key === 'ts' && typeof value === 'number' ? String(value) : value;
  },
};

/**
 * Returns a call in the form that the official description of its API can check.
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
