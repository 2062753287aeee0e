import { multiSegment, type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { readPages } from './pages.ts';
import type { PullRequest } from './pull-request.ts';

/** https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request */
export const ReviewResponse = z.object({
  id: z.int().nullish(),
  user: z.object({ login: z.string(), id: z.int().nullish() }).nullish(),
  state: z.string(),
  body: z.string().nullish(),
  commit_id: z.string().nullish(),
  submitted_at: z.string().nullish(),
});

type Review = z.output<typeof ReviewResponse>;

// GitHub shows this user in place of every deleted account.
const GHOST = 'ghost';
// A review that is only a comment does not change an earlier verdict.
const VERDICTS = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);

/**
 * Returns the newest state of each reviewer, in the order of their first reviews. Comments by the author of
 * the pull request do not count.
 */
export function toReviews(reviews: readonly Review[], pull: PullRequest) {
  const author = keyOf(pull.user);
  const asked = new Set(pull.requested_reviewers?.map(keyOf));
  const submitted = [...reviews]
    .filter(({ state, user }) => state !== 'PENDING' && !(author && keyOf(user) === author))
    .sort((one, other) => Date.parse(one.submitted_at ?? '') - Date.parse(other.submitted_at ?? '') || 0);
  return [...Map.groupBy(submitted, (review) => keyOf(review.user) ?? review).values()].flatMap((group) => {
    const counted = group.findLast(({ state }) => VERDICTS.has(state)) ?? group.at(-1);
    return counted ? [toReview(counted, pull, asked)] : [];
  });
}

/**
 * Returns a value that identifies an account. Returns undefined for a deleted account, because all deleted
 * accounts have the same name. Some bots review with one name and are requested with another name, so the ID
 * is preferred.
 */
function keyOf(account: Review['user']): number | string | undefined {
  if (!account || account.login === GHOST) return undefined;
  return account.id ?? account.login;
}

function toReview(
  { user, state, body, commit_id }: Review,
  pull: PullRequest,
  asked: ReadonlySet<number | string | undefined>,
) {
  const word = state.toLowerCase();
  const isAskedAgain = keyOf(user) !== undefined && asked.has(keyOf(user));
  return {
    reviewer: user?.login ?? GHOST,
    state: isAskedAgain ? 'asked_again' : word,
    previous_state: isAskedAgain ? word : null,
    // A force push can remove the commit of a review.
    is_outdated: commit_id === undefined ? null : commit_id !== pull.head.sha,
    text: body || null,
  };
}

// Each review can add a hundred tokens to the response.
const REVIEWERS_MAX = 50;

/**
 * Reads the newest states of the most recent reviewers.
 * @returns the reviews, and one sentence for each part that could not be read
 */
export async function readReviews(
  api: ProviderClient,
  repository: string,
  number: number,
  pull: PullRequest,
) {
  const { items, missing } = await readPages('reviews', async (page) => {
    // https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request
    const { body, headers } = await api.get(
      path`/repos/${multiSegment(repository)}/pulls/${number}/reviews`,
      {
        query: { per_page: 100, page },
        response: z.array(ReviewResponse),
      },
    );
    return { items: body, headers };
  });
  const reviews = toReviews(items, pull);
  const isCut = reviews.length > REVIEWERS_MAX;
  return {
    reviews: reviews.slice(-REVIEWERS_MAX),
    missing: [...missing, ...(isCut ? [`Reviewers other than the last ${REVIEWERS_MAX}.`] : [])],
  };
}
