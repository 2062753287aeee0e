import { id, providerTime, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';

/** A pull request in the results of https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests */
export const FoundPullRequestResponse = z.object({
  number: z.int(),
  title: z.string(),
  user: z.object({ login: z.string() }).nullish(),
  draft: z.boolean().nullish(),
  created_at: providerTime(),
  repository_url: z.string(),
  html_url: z.string(),
});

export const FoundPullRequestOutput = z.strictObject({
  repository: id(),
  number: z.int(),
  title: text(300),
  author: text(100).nullable(),
  is_draft: z.boolean(),
  created_at: time(),
  url: id(),
});

export function toFoundPullRequest(
  found: z.output<typeof FoundPullRequestResponse>,
): z.input<typeof FoundPullRequestOutput> {
  const { number, title, user, draft, created_at, repository_url, html_url } = found;
  return {
    repository: repository_url.split('/').slice(-2).join('/'),
    number,
    title,
    author: user?.login ?? null,
    is_draft: draft ?? false,
    created_at,
    url: html_url,
  };
}
