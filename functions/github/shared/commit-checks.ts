import { ifReadable, multiSegment, type ProviderClient, path, providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { readPages } from './pages.ts';

// The times of checks come from many different apps. A check with an unreadable time must not be lost.
const CheckTimeResponse = providerTime().nullish().catch(null);

/** https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference */
export const CheckRunResponse = z.object({
  id: z.int(),
  name: z.string(),
  head_sha: z.string().nullish(),
  status: z.string(),
  conclusion: z.string().nullish(),
  started_at: z.string().nullish(),
  completed_at: CheckTimeResponse,
  html_url: z.string().nullish(),
  details_url: z.string().nullish(),
  output: z
    .object({
      title: z.string().nullish(),
      summary: z.string().nullish(),
      text: z.string().nullish(),
      annotations_count: z.int().nullish(),
    })
    .nullish(),
  check_suite: z.object({ id: z.int() }).nullish(),
  app: z.object({ slug: z.string().nullish() }).nullish(),
});

/** https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference */
export const StatusResponse = z.object({
  id: z.int().nullish(),
  context: z.string(),
  state: z.string(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
  updated_at: CheckTimeResponse,
});

/** https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
export const WorkflowRunResponse = z.object({
  id: z.int().nullish(),
  name: z.string().nullish(),
  check_suite_id: z.int().nullish(),
  workflow_id: z.int(),
  event: z.string(),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  run_started_at: z.string().nullish(),
  updated_at: CheckTimeResponse,
  html_url: z.string().nullish(),
});

export type CheckState = 'passed' | 'failed' | 'pending' | 'skipped' | 'cancelled';

/**
 * A check run, a commit status, or a workflow run without jobs. Services that do not use check runs report statuses. A
 * workflow run has no jobs if the workflow file is invalid, or if the run waits for an approval.
 */
export interface CommitCheck {
  /** The ID of the check run. Null for a status and for a workflow run without jobs. */
  runId: string | null;
  isActionsJob: boolean;
  /** Null if the check does not come from GitHub Actions. */
  workflowRunId: string | null;
  name: string;
  state: CheckState;
  /** GitHub's word for the result, such as `timed_out`. */
  conclusion: string;
  /**
   * The time when the check ended. For a status, and for a workflow run without jobs, the time of its last change.
   */
  completedAt: string | null;
  summary: string | null;
  annotationsCount: number;
  url: string | null;
}

// The groups are the same as in GitHub's command line: https://cli.github.com/manual/gh_pr_checks. An unknown
// conclusion counts as pending.
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

type Run = z.output<typeof CheckRunResponse>;
type Status = z.output<typeof StatusResponse>;
type WorkflowRun = z.output<typeof WorkflowRunResponse>;

const CheckRunListResponse = z.object({ check_runs: z.array(CheckRunResponse) });
const CombinedStatusResponse = z.object({ sha: z.string().nullish(), statuses: z.array(StatusResponse) });
const WorkflowRunListResponse = z.object({ workflow_runs: z.array(WorkflowRunResponse) });
const NO_SUCH_COMMIT = {
  422: { code: 'not_found', message: 'GitHub has no such commit, branch or tag here.' },
} as const;

/**
 * Reads the newest state of each check of a commit.
 * @param repository the owner and the name, such as `octocat/Hello-World`
 * @param ref a commit, or the name of a branch or tag
 * @returns the checks, and one sentence for each part that could not be read
 */
export async function readCommitChecks(api: ProviderClient, repository: string, ref: string) {
  const [name, commit] = [multiSegment(repository), multiSegment(ref)];
  let sha: string | undefined;
  const [runs, statuses] = await Promise.all([
    readPages('check runs', async (page) => {
      // https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference
      const { body, headers } = await api.get(path`/repos/${name}/commits/${commit}/check-runs`, {
        query: { per_page: 100, page },
        response: CheckRunListResponse,
        errors: NO_SUCH_COMMIT,
      });
      return { items: body.check_runs, headers };
    }),
    readPages('commit statuses', async (page) => {
      // https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
      const { body, headers } = await api.get(path`/repos/${name}/commits/${commit}/status`, {
        query: { per_page: 100, page },
        response: CombinedStatusResponse,
        errors: NO_SUCH_COMMIT,
      });
      sha ??= body.sha ?? undefined;
      return { items: body.statuses, headers };
    }),
  ]);
  sha ??= runs.items[0]?.head_sha ?? undefined;
  const workflows = sha === undefined ? [] : await readWorkflowRuns(api, repository, sha);
  const newestStatuses = groupsOf(statuses.items, ({ context }) => context).map(newestStatus);
  return {
    checks: [
      ...newestOf(runs.items, workflows).map(checkOfRun),
      ...withoutJobs(runs.items, workflows).map(checkOfWorkflowRun),
      ...newestStatuses.map(checkOfStatus),
    ],
    missing: [...runs.missing, ...statuses.missing],
  };
}

/**
 * Removes each run that a later run of the same check replaced. GitHub stores all check suites of a commit. A workflow
 * that starts again, for example because somebody edited the title, adds another check suite. Jobs of different
 * workflows or events are different checks, as in GitHub's command line: https://cli.github.com/manual/gh_pr_checks
 */
function newestOf(runs: readonly Run[], workflows: readonly WorkflowRun[]): Run[] {
  const bySuite = new Map(
    workflows.map((workflow) => [workflow.check_suite_id ?? 0, workflowKeyOf(workflow)]),
  );
  return groupsOf(runs, ({ app, name, check_suite }) =>
    [app?.slug, name, bySuite.get(check_suite?.id ?? 0)].join('\n'),
  ).map(newestRun);
}

/** Returns the newest run of each workflow and event, if the run failed and no check run reports the failure. */
function withoutJobs(runs: readonly Run[], workflows: readonly WorkflowRun[]): WorkflowRun[] {
  const suites = new Set(runs.map(({ check_suite }) => check_suite?.id));
  return groupsOf(workflows, workflowKeyOf)
    .map(newestWorkflowRun)
    .filter((workflow) => !suites.has(workflow.check_suite_id ?? 0) && stateOf(workflow) === 'failed');
}

/** Reads the workflow runs of a commit. Returns an empty list if the account may not read them. */
async function readWorkflowRuns(
  api: ProviderClient,
  repository: string,
  sha: string,
): Promise<WorkflowRun[]> {
  const runs = await ifReadable(
    readPages('workflow runs', async (page) => {
      // https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
      const { body, headers } = await api.get(path`/repos/${multiSegment(repository)}/actions/runs`, {
        query: { head_sha: sha, per_page: 100, page },
        response: WorkflowRunListResponse,
      });
      return { items: body.workflow_runs, headers };
    }),
  );
  return runs?.items ?? [];
}

function groupsOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  return [...Map.groupBy(items, keyOf).values()];
}

const newestRun = (runs: readonly Run[]) => newest(runs, ({ started_at, id }) => [started_at, id]);
const newestWorkflowRun = (runs: readonly WorkflowRun[]) =>
  newest(runs, ({ run_started_at, id }) => [run_started_at, id ?? 0]);
const newestStatus = (statuses: readonly Status[]) =>
  newest(statuses, ({ updated_at, id }) => [updated_at, id ?? 0]);

/** Returns the newest item by time, or by ID if the times are missing or equal. */
function newest<Item>(
  items: readonly Item[],
  ageOf: (item: Item) => readonly [time: string | null | undefined, id: number],
): Item {
  return items.reduce((one, other) => {
    const [[oneTime, oneId], [otherTime, otherId]] = [ageOf(one), ageOf(other)];
    const later = Date.parse(otherTime ?? '') - Date.parse(oneTime ?? '') || otherId - oneId;
    return later > 0 ? other : one;
  });
}

function checkOfRun(run: Run): CommitCheck {
  const isActionsJob = isActions(run);
  return {
    runId: String(run.id),
    isActionsJob,
    // Other services choose their own URLs, so a number in such a URL does not have to be the ID of a
    // workflow run.
    workflowRunId: isActionsJob ? workflowRunOf(run.details_url ?? run.html_url) : null,
    name: run.name,
    state: stateOf(run),
    conclusion: wordOf(run),
    completedAt: run.completed_at ?? null,
    summary: run.output?.summary || run.output?.text || run.output?.title || null,
    annotationsCount: run.output?.annotations_count ?? 0,
    url: openable(run.html_url),
  };
}

// GitHub's API does not return the reason: https://github.com/orgs/community/discussions/200011
const NO_JOB_RAN = 'The workflow ended, but no job ran. Only the page at url shows the reason.';
// https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/about-status-checks#check-statuses-and-conclusions
// https://docs.github.com/en/actions/how-tos/manage-workflow-runs/approve-runs-from-forks
const REASONS_WITHOUT_JOBS: ReadonlyMap<string, string> = new Map([
  [
    'startup_failure',
    'The workflow failed during startup, before any job ran. Only the page at url shows the reason.',
  ],
  ['action_required', 'The workflow waits for an approval at url, and no job has run.'],
]);

function checkOfWorkflowRun(run: WorkflowRun): CommitCheck {
  return {
    runId: null,
    isActionsJob: false,
    workflowRunId: run.id ? String(run.id) : null,
    name: run.name || 'GitHub Actions',
    state: stateOf(run),
    conclusion: wordOf(run),
    completedAt: run.updated_at ?? null,
    summary: REASONS_WITHOUT_JOBS.get(wordOf(run)) ?? NO_JOB_RAN,
    annotationsCount: 0,
    url: openable(run.html_url),
  };
}

function checkOfStatus({ context, state, description, target_url, updated_at }: Status): CommitCheck {
  return {
    runId: null,
    isActionsJob: false,
    workflowRunId: null,
    name: context,
    state: STATES.get(state) ?? 'pending',
    conclusion: state,
    completedAt: updated_at ?? null,
    summary: description || null,
    annotationsCount: 0,
    url: openable(target_url),
  };
}

const workflowKeyOf = ({ workflow_id, event }: WorkflowRun) => `${workflow_id} ${event}`;
const wordOf = ({ conclusion, status }: Run | WorkflowRun) => conclusion || status || '';
const stateOf = (run: Run | WorkflowRun): CheckState => STATES.get(wordOf(run)) ?? 'pending';
const isActions = (run: Run | undefined) => run?.app?.slug === 'github-actions';

function workflowRunOf(jobUrl: string | null | undefined): string | null {
  return /\/actions\/runs\/(\d{1,19})\b/.exec(jobUrl ?? '')?.[1] ?? null;
}

// Longer URLs are not expected in practice.
const URL_LENGTH_MAX = 1_024;

function openable(url: string | null | undefined): string | null {
  return url && url.length <= URL_LENGTH_MAX && /^https?:\/\//i.test(url) ? url : null;
}

/** Returns the number of checks in each state. */
export function countStates(checks: readonly CommitCheck[]): Record<CheckState, number> {
  const counts = { passed: 0, failed: 0, pending: 0, skipped: 0, cancelled: 0 };
  for (const { state } of checks) counts[state] += 1;
  return counts;
}

// The output has a size limit, so a longer list would leave less space for the files.
const FAILING_NAMES_MAX = 20;

export function toChecks(checks: readonly CommitCheck[]) {
  const failing = checks.filter(({ state }) => state === 'failed').map(({ name }) => name);
  return { ...countStates(checks), failing: failing.slice(0, FAILING_NAMES_MAX) };
}
