import { userOrNull } from './accounts.ts';
import {
  type App,
  apiUrl,
  bodyOf,
  found,
  GitHubError,
  loginOf,
  numberOf,
  repositoryOf,
  webUrl,
} from './answers.ts';
import { pageOf } from './paging.ts';
import { pullOf, urlOf } from './pulls.ts';
import { diffHunkOf } from './review-threads.ts';
import type { GitHubState, PullRequest, Repository, ReviewComment } from './state.ts';

const PULLS = '/repos/:owner/:repo/pulls';
const DOCS = '/pulls/comments#create-a-reply-for-a-review-comment';

/** https://docs.github.com/en/rest/pulls/comments */
export function reviewCommentRoutes(app: App, state: GitHubState): void {
  app.get(`${PULLS}/comments/:comment`, (context) => {
    const repository = repositoryOf(context, state);
    const id = numberOf(context, 'comment');
    const pull = found(repository.pulls.find(({ comments }) => comments.some((one) => one.id === id)));
    const comment = found(pull.comments.find((one) => one.id === id));
    return context.json(commentAnswer(repository, pull, comment));
  });

  app.get(`${PULLS}/:number/comments`, (context) => {
    const { repository, pull } = pullOf(context, state);
    const isNewestFirst = context.req.query('sort') && context.req.query('direction') === 'desc';
    const submitted = pull.comments.filter(({ isPending }) => !isPending);
    const comments = pageOf(context, isNewestFirst ? submitted.toReversed() : submitted);
    return context.json(comments.map((comment) => commentAnswer(repository, pull, comment)));
  });

  app.post(`${PULLS}/:number/comments/:comment/replies`, async (context) => {
    const { repository, pull } = pullOf(context, state);
    const id = numberOf(context, 'comment');
    const first = found(
      pull.comments.find((one) => one.id === id && one.inReplyTo === null),
      DOCS,
    );
    if (repository.isArchived) throw new GitHubError(403, 'Repository was archived so is read-only.', DOCS);
    const { body } = await bodyOf(context);
    const login = loginOf(context, state);
    if (pull.reviews.some(({ author, state }) => author === login && state === 'PENDING')) {
      const message = 'user_id can only have one pending review per pull request';
      const errors = [{ resource: 'PullRequestReview', code: 'custom', field: 'user_id', message }];
      throw new GitHubError(422, 'Validation Failed', DOCS, { errors });
    }
    if (typeof body !== 'string' || body.trim() === '') {
      const errors = [{ resource: 'PullRequestReviewComment', code: 'missing_field', field: 'body' }];
      throw new GitHubError(422, 'Validation Failed', DOCS, { errors });
    }
    state.nextId += 1;
    const reply: ReviewComment = {
      ...first,
      id: state.nextId,
      author: login,
      body,
      inReplyTo: id,
      createdAt: `${new Date().toISOString().slice(0, 19)}Z`,
    };
    pull.comments.push(reply);
    return context.json(commentAnswer(repository, pull, reply), 201);
  });
}

function commentAnswer(repository: Repository, pull: PullRequest, comment: ReviewComment) {
  const url = `${apiUrl(repository)}/pulls/comments/${comment.id}`;
  const page = `${webUrl(repository)}/pull/${pull.number}#discussion_r${comment.id}`;
  return {
    url,
    pull_request_review_id: null,
    id: comment.id,
    node_id: `PRRC_${comment.id}`,
    diff_hunk: diffHunkOf(comment),
    path: comment.path,
    commit_id: pull.head.sha,
    original_commit_id: pull.head.sha,
    ...(comment.inReplyTo !== null && { in_reply_to_id: comment.inReplyTo }),
    user: userOrNull(comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.createdAt,
    html_url: page,
    pull_request_url: urlOf(repository, pull),
    author_association: 'MEMBER',
    _links: {
      self: { href: url },
      html: { href: page },
      pull_request: { href: urlOf(repository, pull) },
    },
    line: comment.line,
    original_line: comment.line ?? 1,
    side: 'RIGHT',
  };
}
