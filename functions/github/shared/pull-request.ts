import { providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';

const Account = z.object({ login: z.string() });

/** https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request */
export const PullRequest = z.object({
  title: z.string(),
  state: z.string(),
  merged: z.boolean().nullish(),
  draft: z.boolean().nullish(),
  user: Account.nullish(),
  body: z.string().nullish(),
  base: z.object({ ref: z.string() }),
  head: z.object({ ref: z.string(), sha: z.string() }),
  mergeable: z.boolean().nullish(),
  created_at: providerTime(),
  requested_reviewers: z.array(Account).nullish(),
  requested_teams: z.array(z.object({ slug: z.string() })).nullish(),
  additions: z.int(),
  deletions: z.int(),
  changed_files: z.int(),
  html_url: z.string(),
});

/** https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request */
export const Reviews = z.array(z.object({ user: Account.nullish(), state: z.string() }));

/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
export const Files = z.array(
  z.object({ filename: z.string(), status: z.string(), additions: z.int(), deletions: z.int() }),
);
