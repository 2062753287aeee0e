import { defineTool, id, multiSegment, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { github } from './connector.ts';
import { numericId, repository } from './shared/inputs.ts';

const commentId = z.int().transform(String);
const Comment = z.object({
  in_reply_to_id: commentId.nullish(),
  pull_request_url: z
    .string()
    .regex(/\/pulls\/\d{1,10}$/)
    .transform((url) => url.slice(url.lastIndexOf('/') + 1)),
});

export const tool = defineTool({
  connector: github,
  name: 'github_reply_to_review_comment',
  effect: 'create',
  scopes: ['repo'],
  description:
    "Replies to a review comment on lines of a GitHub pull request, in its thread and the user's name, which notifies everyone in it.",
  input: {
    repository,
    comment_id: numericId.describe('Any comment of the thread, such as 426899381.'),
    body: z.string().min(1).max(65_536).describe('The reply, in Markdown.'),
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
      response: Comment,
    });
    // GitHub takes no reply to a reply.
    const first = comment.in_reply_to_id ?? comment_id;
    const thread = path`/repos/${name}/pulls/${comment.pull_request_url}/comments/${first}/replies`;
    // https://docs.github.com/en/rest/pulls/comments#create-a-reply-for-a-review-comment
    const { body: reply } = await api.post(thread, {
      json: { body },
      response: z.object({ id: commentId, html_url: z.string() }),
    });
    return { id: reply.id, url: reply.html_url };
  },
});

export const handler = createHandler(tool);
