import {
  completeness,
  completenessOutput,
  defineTool,
  id,
  type ProviderClient,
  path,
  providerTime,
  ToolError,
  text,
  time,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { commentedCode } from './shared/commented-code.ts';
import { pullRequestNumber, repository } from './shared/inputs.ts';
import { withheldIn } from './shared/pages.ts';

const THREADS_A_PAGE = 50;
const PAGES_MAX = 4;
const NONE_YET = 'Further threads. Those read so far are all resolved; continue with next_cursor.';
const COMMENTS_READ = 5;

/** https://docs.github.com/en/graphql/reference/objects#pullrequestreviewthread */
export const QUERY = `query ($owner: String!, $name: String!, $number: Int!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          isResolved
          isOutdated
          path
          line
          originalLine
          originalStartLine
          opening: comments(first: 1) { totalCount nodes { ...comment diffHunk } }
          newest: comments(last: 4) { nodes { ...comment } }
        }
      }
    }
  }
}
fragment comment on PullRequestReviewComment { fullDatabaseId state author { login } body createdAt }`;

const CommentResponse = z.object({
  // GitHub sends these IDs as text, because they are too large for a GraphQL `Int`.
  fullDatabaseId: z.coerce.string().regex(/^\d+$/),
  state: z.string(),
  // Null if the account was deleted.
  author: z.object({ login: z.string() }).nullish(),
  body: z.string(),
  createdAt: providerTime(),
});

const ThreadResponse = z.object({
  isResolved: z.boolean(),
  isOutdated: z.boolean(),
  path: z.string(),
  line: z.int().nullish(),
  originalLine: z.int().nullish(),
  originalStartLine: z.int().nullish(),
  opening: z.object({
    totalCount: z.int(),
    nodes: z.array(CommentResponse.extend({ diffHunk: z.string() }).nullable()),
  }),
  newest: z.object({ nodes: z.array(CommentResponse.nullable()) }),
});

/** If GitHub cannot return a part, that part is null and `errors` has an entry. */
export const ThreadsResponse = z.object({
  data: z.object({
    repository: z.object({
      pullRequest: z
        .object({
          reviewThreads: z.object({
            pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
            nodes: z.array(ThreadResponse.nullable()),
          }),
        })
        .nullable(),
    }),
  }),
  errors: z.array(z.object({ type: z.string().nullish() })).nullish(),
});

const CommentOutput = z.strictObject({ author: text(100).nullable(), text: text(600), created_at: time() });

const ThreadOutput = z.strictObject({
  comment_id: id(),
  path: text(400),
  line: z.int().nullable(),
  is_outdated: z.boolean(),
  code: text(1_000).nullable(),
  comments: z.array(CommentOutput),
});

export const tool = defineTool({
  connector: github,
  name: 'github_list_review_threads',
  effect: 'read',
  scopes: ['repo'],
  description: 'Lists the open review threads of a GitHub pull request, with code and comments.',
  input: { repository, number: pullRequestNumber },
  output: completenessOutput,
  list: { key: 'threads', item: ThreadOutput, default: 20, maximum: THREADS_A_PAGE },
  examples: [
    {
      input: { repository: 'octocat/Hello-World', number: 1347 },
      output: {
        threads: [
          {
            comment_id: '426899381',
            path: 'file1.txt',
            line: 2,
            is_outdated: false,
            code: ' Hello\n+World',
            comments: [
              { author: 'hubot', text: 'Is this line needed?', created_at: '2011-01-26T19:01:12Z' },
              { author: 'octocat', text: 'Yes, it is.', created_at: '2011-01-26T20:14:03Z' },
            ],
          },
        ],
        is_complete: true,
        missing: [],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ repository, number, page }, { api }) {
    const missing: string[] = [];
    let after = page.cursor;
    for (let count = 0; count < PAGES_MAX; count += 1) {
      const found = await readThreads(api, { repository, number, after });
      missing.push(...found.missing);
      after = found.next;
      if (found.items.length > 0 || after === undefined) {
        return { items: found.items, next: after, ...completeness(missing) };
      }
    }
    return { items: [], next: after, ...completeness([...missing, NONE_YET]) };
  },
});

interface PageOfThreads {
  repository: string;
  number: number;
  /** The cursor of the page; undefined for the first page. */
  after: string | undefined;
}

async function readThreads(api: ProviderClient, { repository, number, after }: PageOfThreads) {
  const [owner, name] = repository.split('/');
  // https://docs.github.com/en/graphql/guides/forming-calls-with-graphql
  const { body, headers } = await api.post(path`/graphql`, {
    json: { query: QUERY, variables: { owner, name, number, first: THREADS_A_PAGE, after: after ?? null } },
    response: ThreadsResponse,
  });
  const { pullRequest } = body.data.repository;
  if (!pullRequest) throw notReadable(body.errors ?? []);
  const { pageInfo, nodes } = pullRequest.reviewThreads;
  const open = nodes.filter((thread) => thread !== null).filter(({ isResolved }) => !isResolved);
  const items = open.flatMap((thread) => toThread(thread) ?? []);
  return {
    items,
    next: (pageInfo.hasNextPage && pageInfo.endCursor) || undefined,
    missing: [
      ...(body.errors?.length || nodes.includes(null) ? ['Parts that GitHub did not return.'] : []),
      ...(open.some(isLong) ? ['Comments of long threads between the first and the last four.'] : []),
      ...(items.length < open.length ? ['Threads of a review that the user has not submitted.'] : []),
      ...withheldIn(headers),
    ],
  };
}

function notReadable(errors: readonly { type?: string | null | undefined }[]): ToolError {
  return errors.some(({ type }) => type === 'FORBIDDEN')
    ? new ToolError('permission_denied', {
        message: 'The connection with GitHub may not read pull requests here. Ask the user to allow it.',
      })
    : new ToolError('not_found', {
        message: 'GitHub has no pull request with this number in the repository. Check both.',
      });
}

type Thread = z.output<typeof ThreadResponse>;
type Comment = z.output<typeof CommentResponse>;

/**
 * Returns the output for a thread. Returns undefined if the review of the thread is not submitted, because
 * only the user can see such a thread.
 */
function toThread(thread: Thread): z.input<typeof ThreadOutput> | undefined {
  const { opening, newest, path, line, isOutdated } = thread;
  const [first] = opening.nodes;
  if (!first || !isSubmitted(first)) return undefined;
  const read = [first, ...newest.nodes.filter((comment) => comment !== null)];
  const comments = new Map<string, Comment>(read.map((comment) => [comment.fullDatabaseId, comment]));
  return {
    comment_id: first.fullDatabaseId,
    path,
    line: line ?? null,
    is_outdated: isOutdated,
    code: commentedCode(first.diffHunk, thread),
    comments: [...comments.values()].filter(isSubmitted).map(toComment),
  };
}

function isLong({ opening }: Thread): boolean {
  return opening.totalCount > COMMENTS_READ;
}

function isSubmitted({ state }: Comment): boolean {
  return state !== 'PENDING';
}

function toComment({ author, body, createdAt }: Comment): z.input<typeof CommentOutput> {
  return { author: author?.login ?? null, text: body, created_at: createdAt };
}

export const handler = createHandler(tool);
