import { setTimeout as sleep } from 'node:timers/promises';
import { multiSegment, type ProviderClient, path, providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { nextPage, withheldIn } from './pages.ts';

const AccountResponse = z.object({ login: z.string(), id: z.int().nullish() });

/** https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request */
export const PullRequestResponse = z.object({
  title: z.string(),
  state: z.string(),
  merged: z.boolean().nullish(),
  draft: z.boolean().nullish(),
  user: AccountResponse.nullish(),
  body: z.string().nullish(),
  base: z.object({ ref: z.string(), repo: z.object({ archived: z.boolean().nullish() }).nullish() }),
  // The repository is null if the fork was deleted.
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
  /**
   * GitHub's word for the state, such as `clean`. For a draft, never a state in which the pull request can be
   * merged.
   */
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

// GitHub starts to compute mergeability on the first request, so the second request waits this long.
const DELAY_MS = 1_000;

/**
 * Returns whether a pull request can be merged. GitHub's `mergeable` only says that there are no conflicts, and
 * `mergeable_state` also considers protected branches. In some cases, both fields ignore that a pull request is a draft
 * or that its repository is archived. If GitHub has not computed the fields yet, this function asks a second time.
 * https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-your-git-database#checking-mergeability-of-pull-requests
 */
export async function readMergeability(
  pull: PullRequest,
  readAgain: () => Promise<PullRequest>,
  signal: AbortSignal,
): Promise<Mergeability & { missing: string[] }> {
  if (pull.state !== 'open') return { is_mergeable: null, merge_state: null, missing: [] };
  const known = isKnown(pull) ? pull : await sleep(DELAY_MS, undefined, { signal }).then(readAgain);
  const state = known.mergeable_state ?? 'unknown';
  // GitHub sometimes returns the state `clean` although one of these facts forbids the merge.
  const isForbidden = known.mergeable === false || known.draft || known.base.repo?.archived;
  const is_mergeable = isForbidden ? false : (CAN_BE_MERGED.get(state) ?? null);
  const merge_state = known.draft && CAN_BE_MERGED.get(state) ? 'draft' : state;
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

function toFile({ filename, ...sizes }: z.output<typeof FileResponse>) {
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
