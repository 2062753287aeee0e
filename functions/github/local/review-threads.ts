import { GraphQLError } from 'graphql';
import { webUrl } from './answers.ts';
import type { PullRequest, Repository, ReviewComment } from './state.ts';

const FIRST_MAX = 100;

/** The paging arguments of a GraphQL connection. */
export interface ThreadsArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
}

/** https://docs.github.com/en/graphql/reference/objects#pullrequestreviewthread */
export function reviewThreadsOf(
  repository: Repository,
  pull: PullRequest,
  login: string,
  given: ThreadsArguments,
) {
  // A comment that is not submitted is visible only to its author.
  const visible = pull.comments.filter(({ isPending, author }) => !isPending || author === login);
  const threads = visible
    .filter(({ inReplyTo }) => inReplyTo === null)
    .map((first) => {
      const { path, line, thread = {} } = first;
      const comments = visible.filter(({ id, inReplyTo }) => first.id === (inReplyTo ?? id));
      return {
        id: `PRRT_${first.id}`,
        isResolved: thread.isResolved ?? false,
        isOutdated: line === null && thread.subject !== 'FILE',
        path,
        line,
        originalLine: thread.originalLine ?? line,
        originalStartLine: thread.originalStartLine ?? null,
        subjectType: thread.subject ?? 'LINE',
        comments: (within: ThreadsArguments) =>
          connection(
            comments.map((comment) => commentOf(repository, pull, comment)),
            within,
          ),
      };
    });
  return connection(threads, given);
}

function commentOf(repository: Repository, pull: PullRequest, comment: ReviewComment) {
  return {
    id: `PRRC_${comment.id}`,
    fullDatabaseId: String(comment.id),
    state: comment.isPending ? 'PENDING' : 'SUBMITTED',
    author: comment.author === null ? null : { __typename: 'User', login: comment.author },
    body: comment.body,
    createdAt: comment.createdAt,
    diffHunk: diffHunkOf(comment),
    url: `${webUrl(repository)}/pull/${pull.number}#discussion_r${comment.id}`,
  };
}

/** Returns the lines of the diff, ending with the commented line. */
export function diffHunkOf({ line, thread }: ReviewComment): string {
  return thread?.hunk ?? `@@ -${line ?? 1},1 +${line ?? 1},1 @@`;
}

/**
 * Returns one page of a GraphQL connection.
 * @throws GraphQLError as GitHub does, if the arguments do not limit the size of the page
 */
function connection<Node>(all: readonly Node[], { first, last, after }: ThreadsArguments) {
  const size = first ?? last;
  if (!size || size > FIRST_MAX) {
    const message = `You must provide a \`first\` or \`last\` value of 1 to ${FIRST_MAX} records to properly paginate the connection.`;
    throw new GraphQLError(message, { extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' } });
  }
  const begin = after ? Number(Buffer.from(after, 'base64').toString().replace('cursor:', '')) : 0;
  const nodes = first ? all.slice(begin, begin + size) : all.slice(-size);
  const end = begin + nodes.length;
  return {
    totalCount: all.length,
    nodes,
    pageInfo: {
      hasNextPage: Boolean(first) && end < all.length,
      hasPreviousPage: begin > 0,
      endCursor: nodes.length === 0 ? null : Buffer.from(`cursor:${end}`).toString('base64'),
    },
  };
}
