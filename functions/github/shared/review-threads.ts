import { ifReadable, multiSegment, type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { nextPage, withheldIn } from './pages.ts';
import type { PullRequest } from './pull-request.ts';

const idResponse = z.int().transform(String);

/** https://docs.github.com/en/rest/pulls/comments#list-review-comments-on-a-pull-request */
export const ReviewCommentResponse = z.object({
  id: idResponse,
  in_reply_to_id: idResponse.nullish(),
  user: z.object({ login: z.string() }).nullish(),
  body: z.string(),
  path: z.string(),
  line: z.int().nullish(),
});

// Each thread adds up to a hundred tokens to the response.
const THREADS_MAX = 20;

/**
 * Reads the threads with the newest review comments, newest first.
 * The REST API does not report which threads are resolved: https://docs.github.com/en/rest/pulls/comments
 * @returns the threads, and one sentence for each part that could not be read
 */
export async function readReviewThreads(
  api: ProviderClient,
  repository: string,
  number: number,
  { review_comments }: PullRequest,
) {
  if (review_comments === 0) return { threads: [], missing: [] };
  const answer = await ifReadable(
    // https://docs.github.com/en/rest/pulls/comments#list-review-comments-on-a-pull-request
    api.get(path`/repos/${multiSegment(repository)}/pulls/${number}/comments`, {
      query: { sort: 'created', direction: 'desc', per_page: 100 },
      response: z.array(ReviewCommentResponse),
    }),
  );
  if (!answer) return { threads: [], missing: ['The review comments, which GitHub did not return.'] };
  const threads = toReviewThreads(answer.body);
  const isCut = threads.length > THREADS_MAX || nextPage(answer.headers) !== undefined;
  return {
    threads: threads.slice(0, THREADS_MAX),
    missing: [
      ...(isCut ? [`Review threads other than the ${THREADS_MAX} with the newest comments.`] : []),
      ...withheldIn(answer.headers),
    ],
  };
}

/** @param comments review comments, newest first */
function toReviewThreads(comments: readonly z.output<typeof ReviewCommentResponse>[]) {
  const threads = Map.groupBy(comments, (comment) => comment.in_reply_to_id ?? comment.id);
  return [...threads].flatMap(([comment_id, [newest]]) =>
    newest
      ? [
          {
            comment_id,
            path: newest.path,
            line: newest.line ?? null,
            author: newest.user?.login ?? null,
            text: newest.body,
          },
        ]
      : [],
  );
}
