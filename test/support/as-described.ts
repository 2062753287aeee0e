import * as z from 'zod';

const Call = z.looseObject({
  connector: z.string(),
  response: z.object({ status: z.number(), body: z.string() }).optional(),
});

type Rewrite = (key: string, value: unknown) => unknown;

const isOf = (value: unknown, type: string) => Object(value).type === type;

/** Real answers that the official descriptions do not know, each rewritten to the nearest one that they do. */
const REWRITES: Readonly<Record<string, Rewrite>> = {
  github: (key, value) => {
    // The fork of a pull request can be deleted, and so can its owner.
    if (key === 'head' && typeof value === 'object')
      return Object.fromEntries(Object.entries(Object(value)).filter(([, part]) => part !== null));
    // A comment on lines that a later commit changed has no line any more.
    return key === 'line' && value === null ? undefined : value;
  },
  slack: (key, value) => {
    // The description knows the elements of action blocks only.
    // https://docs.slack.dev/reference/block-kit/blocks
    if (isOf(value, 'rich_text') || isOf(value, 'context')) return { ...Object(value), elements: [] };
    // An integer in the documentation of attachments, a string in the description.
    // https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments
    return key === 'ts' && typeof value === 'number' ? String(value) : value;
  },
};

/**
 * Returns a call as the official description of its API can judge it.
 * @param call a `ProviderCall`
 */
export function asDescribed(call: unknown): object {
  const { response, ...request } = Call.parse(call);
  const rewrite = REWRITES[request.connector];
  // A renamed repository answers 301, which GitHub documents for the API as a whole and not for each operation.
  // https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
  if (!response || (request.connector === 'github' && response.status === 301)) return request;
  if (!rewrite || !/^[[{]/.test(response.body)) return { ...request, response };
  return { ...request, response: { ...response, body: JSON.stringify(JSON.parse(response.body, rewrite)) } };
}
