import { defineTool, id, multiSegment, path, textInput } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { github } from './connector.ts';
import { commentId, repository } from './shared/inputs.ts';

const NOT_A_REVIEW_COMMENT =
  'GitHub has no such review comment here, or hides it. Take a comment_id from github_list_review_threads; comments of the conversation have no threads.';

const idResponse = z.int().transform(String);

/** https://docs.github.com/en/rest/pulls/comments#get-a-review-comment-for-a-pull-request */
export const CommentResponse = z.object({
  in_reply_to_id: idResponse.nullish(),
  pull_request_url: z
    .string()
    .regex(/\/pulls\/\d{1,10}$/)
    .transform((url) => url.slice(url.lastIndexOf('/') + 1)),
});

/** https://docs.github.com/en/rest/pulls/comments#create-a-reply-for-a-review-comment */
export const ReplyResponse = z.object({ id: idResponse, html_url: z.string() });

export const tool = defineTool({
  connector: github,
  name: 'github_reply_to_review_comment',
  effect: 'create',
  confirm: true, // GitHub notifies everyone in the thread at once.
  scopes: ['repo'],
  description:
    "Replies to a review comment on lines of a GitHub pull request, in its thread and the user's name, which notifies everyone in it. Not for comments of the conversation.",
  input: {
    repository,
    comment_id: commentId,
    body: textInput('The reply, in Markdown.', 65_536),
  },
  output: { id: id(), url: id() },
  examples: [
    {
      input: { repository: 'octocat/Hello-World', comment_id: '426899381', body: 'Great stuff!' },
      output: { id: '10', url: 'https://github.com/octocat/Hello-World/pull/1#discussion-diff-1' },
    },
  ],

  async run({ repository, comment_id, body }, { api }) {
    const name = multiSegment(repository);
    // https://docs.github.com/en/rest/pulls/comments#get-a-review-comment-for-a-pull-request
    const { body: comment } = await api.get(path`/repos/${name}/pulls/comments/${comment_id}`, {
      response: CommentResponse,
      errors: { 404: { code: 'not_found', message: NOT_A_REVIEW_COMMENT } },
    });
    // GitHub rejects a reply to a reply, so the reply goes to the first comment of the thread.
    const first = comment.in_reply_to_id ?? comment_id;
    const thread = path`/repos/${name}/pulls/${comment.pull_request_url}/comments/${first}/replies`;
    // https://docs.github.com/en/rest/pulls/comments#create-a-reply-for-a-review-comment
    const { body: reply } = await api.post(thread, {
      json: { body },
      response: ReplyResponse,
    });
    return { id: reply.id, url: reply.html_url };
  },
});

export const handler = createHandler(tool);
