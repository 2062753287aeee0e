import { setTimeout as sleep } from 'node:timers/promises';
import { id, multiSegment, type ProviderClient, path, providerTime, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { nextPage, withheldIn } from './pages.ts';

const AccountResponse = z.object({ login: z.string() });

/** https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request */
export const PullRequestResponse = z.object({
  title: z.string(),
  state: z.string(),
  merged: z.boolean().nullish(),
  draft: z.boolean().nullish(),
  user: AccountResponse.nullish(),
  body: z.string().nullish(),
  base: z.object({ ref: z.string() }),
  // The repository of a fork may have been deleted.
  head: z.object({
    ref: z.string(),
    sha: z.string(),
    repo: z.object({ full_name: z.string() }).nullish(),
  }),
  mergeable: z.boolean().nullish(),
  mergeable_state: z.string().nullish(),
  created_at: providerTime(),
  requested_reviewers: z.array(AccountResponse.nullish()).nullish(),
  requested_teams: z.array(z.object({ slug: z.string() })).nullish(),
  comments: z.int().nullish(),
  review_comments: z.int().nullish(),
  additions: z.int(),
  deletions: z.int(),
  changed_files: z.int(),
  html_url: z.string(),
});

export type PullRequest = z.output<typeof PullRequestResponse>;

/** The fields of a pull request that its own response fills. */
export const pullRequestOutput = {
  title: text(300),
  state: text(40).describe('open, closed or merged.'),
  is_draft: z.boolean(),
  author: text(100).nullable(),
  description: text(1_500).nullable(),
  base: text(255),
  head: text(255),
  head_sha: id().describe('Newest commit, for github_explain_failed_checks.'),
  head_repository: id().nullable().describe('A fork, or the repository itself; null if it was deleted.'),
  is_mergeable: z.boolean().nullable().describe('Null if it is not open, or not known yet.'),
  merge_state: text(40)
    .nullable()
    .describe(
      'clean, unstable (optional checks fail or run), has_hooks; blocked (a required review or check is missing), behind (update the branch first), dirty (conflicts), draft; unknown.',
    ),
  created_at: time(),
  awaits: z.array(text(100)).describe('People and teams whose review is requested.'),
  comments_count: z.int().nullable().describe('Comments of the conversation; not included.'),
  review_comments_count: z.int().nullable(),
  additions: z.int(),
  deletions: z.int(),
  changed_files: z.int(),
  url: id(),
};

export function toPullRequest(pull: PullRequest, { is_mergeable, merge_state }: Mergeability) {
  const { user, body, base, head, requested_reviewers, requested_teams, ...rest } = pull;
  return {
    title: rest.title,
    state: rest.merged ? 'merged' : rest.state,
    is_draft: rest.draft ?? false,
    author: user?.login ?? null,
    description: body || null,
    base: base.ref,
    head: head.ref,
    head_sha: head.sha,
    head_repository: head.repo?.full_name ?? null,
    is_mergeable,
    merge_state,
    created_at: rest.created_at,
    awaits: [
      ...(requested_reviewers ?? []).flatMap((reviewer) => reviewer?.login ?? []),
      ...(requested_teams ?? []).map(({ slug }) => slug),
    ],
    comments_count: rest.comments ?? null,
    review_comments_count: rest.review_comments ?? null,
    additions: rest.additions,
    deletions: rest.deletions,
    changed_files: rest.changed_files,
    url: rest.html_url,
  };
}

export async function readPullRequest(api: ProviderClient, repository: string, number: number) {
  const name = multiSegment(repository);
  // https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request
  const { body } = await api.get(path`/repos/${name}/pulls/${number}`, { response: PullRequestResponse });
  return body;
}

interface Mergeability {
  is_mergeable: boolean | null;
  /** GitHub's word. */
  merge_state: string | null;
}

// https://docs.github.com/en/graphql/reference/enums#mergestatestatus
const CAN_BE_MERGED: ReadonlyMap<string, boolean> = new Map([
  ['clean', true],
  ['has_hooks', true],
  ['unstable', true],
  ['blocked', false],
  ['behind', false],
  ['dirty', false],
  ['draft', false],
]);

// GitHub begins to compute when somebody asks.
const DELAY_MS = 1_000;

/**
 * Returns whether a pull request can be merged. `mergeable` says only that there are no conflicts; `mergeable_state` knows
 * protected branches. If GitHub does not know them yet, it is asked once more.
 * https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-your-git-database#checking-mergeability-of-pull-requests
 */
export async function readMergeability(
  pull: PullRequest,
  askAgain: () => Promise<PullRequest>,
  signal: AbortSignal,
): Promise<Mergeability & { missing: string[] }> {
  if (pull.state !== 'open') return { is_mergeable: null, merge_state: null, missing: [] };
  const known = isKnown(pull) ? pull : await sleep(DELAY_MS, undefined, { signal }).then(askAgain);
  const merge_state = known.mergeable_state ?? 'unknown';
  const is_mergeable = known.mergeable === false ? false : (CAN_BE_MERGED.get(merge_state) ?? null);
  const missing = 'Whether it can be merged, which GitHub is still computing. Repeat the call in a minute.';
  return { is_mergeable, merge_state, missing: isKnown(known) || is_mergeable === false ? [] : [missing] };
}

function isKnown({ mergeable, mergeable_state }: PullRequest): boolean {
  return typeof mergeable === 'boolean' && (mergeable_state ?? 'unknown') !== 'unknown';
}

/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const FileResponse = z.object({
  filename: z.string(),
  status: z.string(),
  additions: z.int(),
  deletions: z.int(),
});

export const FileOutput = z.strictObject({
  path: text(400),
  status: text(40),
  additions: z.int(),
  deletions: z.int(),
});

function toFile({ filename, ...sizes }: z.output<typeof FileResponse>): z.input<typeof FileOutput> {
  return { path: filename, ...sizes };
}

/** Reads the first 100 changed files. */
export async function readFiles(api: ProviderClient, repository: string, number: number) {
  // https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
  const { body, headers } = await api.get(path`/repos/${multiSegment(repository)}/pulls/${number}/files`, {
    query: { per_page: 100 },
    response: z.array(FileResponse),
  });
  const isCut = nextPage(headers) !== undefined;
  const missing = [...(isCut ? ['The files after the first 100.'] : []), ...withheldIn(headers)];
  return { files: body.map(toFile), missing };
}
