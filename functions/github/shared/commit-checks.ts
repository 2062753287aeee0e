import { multiSegment, type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { readPages } from './pages.ts';

const CheckRun = z.object({
  id: z.int().transform(String),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullish(),
  html_url: z.string().nullish(),
  details_url: z.string().nullish(),
  output: z.object({ title: z.string().nullish(), summary: z.string().nullish() }).nullish(),
  app: z.object({ slug: z.string().nullish() }).nullish(),
});
const Status = z.object({
  context: z.string(),
  state: z.string(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
});

export type CheckState = 'passed' | 'failed' | 'pending' | 'skipped' | 'cancelled';

/** A check run, or a commit status of a service that knows no check runs. */
export interface CommitCheck {
  /** Null of a commit status. */
  runId: string | null;
  isActionsJob: boolean;
  /** Of GitHub Actions. */
  workflowRunId: string | null;
  name: string;
  state: CheckState;
  /** In GitHub's words, such as timed_out. */
  conclusion: string;
  summary: string | null;
  url: string | null;
}

// As GitHub's own command line sorts them: https://cli.github.com/manual/gh_pr_checks. A word that nobody knows yet is pending.
const STATES: ReadonlyMap<string, CheckState> = new Map([
  ['success', 'passed'],
  ['failure', 'failed'],
  ['error', 'failed'],
  ['timed_out', 'failed'],
  ['action_required', 'failed'],
  ['startup_failure', 'failed'],
  ['neutral', 'skipped'],
  ['skipped', 'skipped'],
  ['cancelled', 'cancelled'],
]);

/**
 * The latest checks of a commit.
 * @param repository owner and name
 * @param ref a commit, or the name of a branch or tag
 */
export async function readCommitChecks(api: ProviderClient, repository: string, ref: string) {
  const [name, commit] = [multiSegment(repository), multiSegment(ref)];
  const [runs, statuses] = await Promise.all([
    readPages(async (page) => {
      // https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference
      const { body, headers } = await api.get(path`/repos/${name}/commits/${commit}/check-runs`, {
        query: { per_page: 100, page },
        response: z.object({ check_runs: z.array(CheckRun) }),
        errors: { 422: { code: 'not_found', message: 'GitHub has no such commit, branch or tag here.' } },
      });
      return { items: body.check_runs, headers };
    }),
    readPages(async (page) => {
      // https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
      const { body, headers } = await api.get(path`/repos/${name}/commits/${commit}/status`, {
        query: { per_page: 100, page },
        response: z.object({ statuses: z.array(Status) }),
      });
      return { items: body.statuses, headers };
    }),
  ]);
  return {
    checks: [...runs.items.map(checkOfRun), ...statuses.items.map(checkOfStatus)],
    isComplete: runs.isComplete && statuses.isComplete,
  };
}

function checkOfRun(run: z.output<typeof CheckRun>): CommitCheck {
  const conclusion = run.conclusion || run.status;
  const isActionsJob = run.app?.slug === 'github-actions';
  return {
    runId: run.id,
    isActionsJob,
    // Other services may link what they like.
    workflowRunId: isActionsJob ? workflowRunOf(run.details_url ?? run.html_url) : null,
    name: run.name,
    state: STATES.get(conclusion) ?? 'pending',
    conclusion,
    summary: run.output?.summary || run.output?.title || null,
    url: openable(run.html_url),
  };
}

function checkOfStatus({ context, state, description, target_url }: z.output<typeof Status>): CommitCheck {
  return {
    runId: null,
    isActionsJob: false,
    workflowRunId: null,
    name: context,
    state: STATES.get(state) ?? 'pending',
    conclusion: state,
    summary: description || null,
    url: openable(target_url),
  };
}

function workflowRunOf(jobUrl: string | null | undefined): string | null {
  return /\/actions\/runs\/(\d{1,19})\b/.exec(jobUrl ?? '')?.[1] ?? null;
}

// A service writes what it likes; what is longer than any page's address is none.
const URL_LENGTH_MAX = 1_024;

function openable(url: string | null | undefined): string | null {
  return url && url.length <= URL_LENGTH_MAX && /^https?:\/\//i.test(url) ? url : null;
}

/** How many checks are in each state. */
export function countStates(checks: readonly CommitCheck[]): Record<CheckState, number> {
  const counts = { passed: 0, failed: 0, pending: 0, skipped: 0, cancelled: 0 };
  for (const { state } of checks) counts[state] += 1;
  return counts;
}
