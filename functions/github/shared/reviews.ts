import { multiSegment, type ProviderClient, path, text } from 'scalekit-lambda-tools';
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

export const ReviewOutput = z.strictObject({
  reviewer: text(100),
  state: text(40).describe(
    'approved, changes_requested, commented, dismissed; asked_again after one of these.',
  ),
  previous_state: text(40).nullable().describe('Before being asked again.'),
  is_outdated: z.boolean().nullable().describe('True if commits were pushed after it.'),
  text: text(300).nullable(),
});

// As GitHub calls people whose accounts are deleted.
const GHOST = 'ghost';
// A comment leaves an earlier verdict unchanged.
const VERDICTS = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);

/** Returns the newest state of each reviewer, in the order in which they came; the author's own comments are not reviews. */
export function toReviews(reviews: readonly Review[], pull: PullRequest): z.input<typeof ReviewOutput>[] {
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

/** Deleted people have one name in common, so that each of their reviews stands for itself. */
function reviewerKeyOf(review: Review): unknown {
  const login = review.user?.login ?? GHOST;
  return login === GHOST ? review : login;
}

function toReview(
  { user, state, body, commit_id }: Review,
  pull: PullRequest,
  asked: ReadonlySet<string | undefined>,
): z.input<typeof ReviewOutput> {
  const word = state.toLowerCase();
  const isAskedAgain = user ? asked.has(user.login) : false;
  return {
    reviewer: user?.login ?? GHOST,
    state: isAskedAgain ? 'asked_again' : word,
    previous_state: isAskedAgain ? word : null,
    // GitHub has no commit for a review if a push has thrown it away.
    is_outdated: commit_id === undefined ? null : commit_id !== pull.head.sha,
    text: body || null,
  };
}

// Each takes up to a hundred tokens.
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
