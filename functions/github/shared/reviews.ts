import { multiSegment, type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { readPages } from './pages.ts';
import type { PullRequest } from './pull-request.ts';

/** https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request */
export const ReviewResponse = z.object({
  id: z.int().nullish(),
  user: z.object({ login: z.string() }).nullish(),
  state: z.string(),
  body: z.string().nullish(),
  commit_id: z.string().nullish(),
  submitted_at: z.string().nullish(),
});

type Review = z.output<typeof ReviewResponse>;

// GitHub shows people with deleted accounts as this user.
const GHOST = 'ghost';
// A comment does not change an earlier verdict.
const VERDICTS = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);

/** Returns the newest state of each reviewer, in the order of their first review. The author's own comments do not count. */
export function toReviews(reviews: readonly Review[], pull: PullRequest) {
  const author = pull.user?.login;
  const asked = new Set(pull.requested_reviewers?.map((reviewer) => reviewer?.login));
  const submitted = [...reviews]
    .filter(({ state, user }) => state !== 'PENDING' && (!user || user.login !== author))
    .sort((one, other) => Date.parse(one.submitted_at ?? '') - Date.parse(other.submitted_at ?? '') || 0);
  return [...Map.groupBy(submitted, reviewerKeyOf).values()].flatMap((group) => {
    const counted = group.findLast(({ state }) => VERDICTS.has(state)) ?? group.at(-1);
    return counted ? [toReview(counted, pull, asked)] : [];
  });
}

/** All people with deleted accounts have the same name, so each of their reviews counts separately. */
function reviewerKeyOf(review: Review): unknown {
  const login = review.user?.login ?? GHOST;
  return login === GHOST ? review : login;
}

function toReview(
  { user, state, body, commit_id }: Review,
  pull: PullRequest,
  asked: ReadonlySet<string | undefined>,
) {
  const word = state.toLowerCase();
  const isAskedAgain = user ? asked.has(user.login) : false;
  return {
    reviewer: user?.login ?? GHOST,
    state: isAskedAgain ? 'asked_again' : word,
    previous_state: isAskedAgain ? word : null,
    // After a force push, the commit of a review can be missing.
    is_outdated: commit_id === undefined ? null : commit_id !== pull.head.sha,
    text: body || null,
  };
}

// Each review costs up to a hundred tokens.
const REVIEWERS_MAX = 50;

/**
 * Reads the newest state of the last reviewers.
 * @returns the reviews, and a sentence for each thing that is missing
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
