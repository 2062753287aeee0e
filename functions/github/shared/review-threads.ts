import { id, multiSegment, type ProviderClient, path, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ifReadable } from './if-readable.ts';
import { nextPage, withheldIn } from './pages.ts';
import type { PullRequest } from './pull-request.ts';

const commentId = z.int().transform(String);

/** https://docs.github.com/en/rest/pulls/comments#list-review-comments-on-a-pull-request */
export const ReviewCommentResponse = z.object({
  id: commentId,
  in_reply_to_id: commentId.nullish(),
  user: z.object({ login: z.string() }).nullish(),
  body: z.string(),
  path: z.string(),
  line: z.int().nullish(),
});

export const ReviewThreadOutput = z.strictObject({
  comment_id: id().describe('For github_reply_to_review_comment.'),
  path: text(400),
  line: z.int().nullable().describe('Null if the line has changed since.'),
  author: text(100).nullable().describe('Of the newest comment.'),
  text: text(300).describe('The newest comment.'),
});

// Each takes up to a hundred tokens.
const THREADS_MAX = 20;

/**
 * Reads the threads of review comments with the newest comments, newest first.
 * REST does not say which are resolved: https://docs.github.com/en/rest/pulls/comments
 * @returns the threads, and a sentence for each thing that is missing
 */
export async function readReviewThreads(
  api: ProviderClient,
  repository: string,
  number: number,
  { review_comments }: PullRequest,
): Promise<{ threads: z.input<typeof ReviewThreadOutput>[]; missing: string[] }> {
  if (review_comments === 0) return { threads: [], missing: [] };
  const answer = await ifReadable(
    // https://docs.github.com/en/rest/pulls/comments#list-review-comments-on-a-pull-request
    api.get(path`/repos/${multiSegment(repository)}/pulls/${number}/comments`, {
      query: { sort: 'created', direction: 'desc', per_page: 100 },
      response: z.array(ReviewCommentResponse),
    }),
  );
  if (!answer) return { threads: [], missing: ['The review comments, which GitHub did not give.'] };
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

/** @param comments the newest first */
function toReviewThreads(
  comments: readonly z.output<typeof ReviewCommentResponse>[],
): z.input<typeof ReviewThreadOutput>[] {
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
