import {
  type App,
  apiUrl,
  found,
  GitHubError,
  numberOf,
  type RequestContext,
  repositoryOf,
  webUrl,
} from './answers.ts';
import { pageOf } from './paging.ts';
import type { CheckRun, GitHubState, Repository, WorkflowRun } from './state.ts';

const RUN = '/repos/:owner/:repo/actions/runs/:run';
const DOCS = '/actions/workflow-runs#re-run-failed-jobs-from-a-workflow-run';

/** https://docs.github.com/en/rest/actions */
export function actionsRoutes(app: App, state: GitHubState): void {
  app.get('/repos/:owner/:repo/actions/runs', (context) => {
    const repository = repositoryOf(context, state);
    const sha = context.req.query('head_sha');
    const runs = repository.workflowRuns.filter((run) => sha === undefined || run.sha === sha);
    return context.json({
      total_count: runs.length,
      workflow_runs: pageOf(context, runs).map((run) => runAnswer(repository, run)),
    });
  });

  app.get(RUN, (context) => {
    const { repository, run } = runOf(context, state);
    return context.json(runAnswer(repository, run));
  });

  app.get(`${RUN}/jobs`, (context) => {
    const { repository, run } = runOf(context, state);
    const jobs = jobsOf(repository, run);
    return context.json({
      total_count: jobs.length,
      jobs: jobs.map((job) => jobAnswer(repository, run, job)),
    });
  });

  app.get('/repos/:owner/:repo/actions/jobs/:job', (context) => {
    const repository = repositoryOf(context, state);
    const id = numberOf(context, 'job');
    const check = found(repository.checkRuns.find((candidate) => candidate.id === id && candidate.job));
    const run = found(repository.workflowRuns.find((candidate) => candidate.id === check.job?.runId));
    return context.json(jobAnswer(repository, run, check));
  });

  app.post(`${RUN}/rerun-failed-jobs`, (context) => {
    const { repository, run } = runOf(context, state);
    assertMayRerun(context, state, run);
    run.attempt += 1;
    run.status = 'queued';
    run.conclusion = null;
    for (const job of jobsOf(repository, run).filter(({ conclusion }) => conclusion === 'failure')) {
      job.status = 'queued';
      job.conclusion = null;
      job.annotations = [];
    }
    return context.json({}, 201);
  });
}

/** @throws GitHubError 404 */
function runOf(context: RequestContext, state: GitHubState) {
  const repository = repositoryOf(context, state);
  const id = numberOf(context, 'run');
  return { repository, run: found(repository.workflowRuns.find((run) => run.id === id)) };
}

function jobsOf({ checkRuns }: Repository, { id }: WorkflowRun): CheckRun[] {
  return checkRuns.filter(({ job }) => job?.runId === id);
}

const RERUN_DAYS_MAX = 30;
const TOO_OLD = 'Unable to retry this workflow run because it was created over a month ago';

/** @throws GitHubError 403 */
function assertMayRerun(context: RequestContext, state: GitHubState, run: WorkflowRun) {
  const least = { least: 'push', docs: DOCS, refusal: 'Must have admin rights to Repository.' } as const;
  repositoryOf(context, state, least);
  const isTooOld = Date.now() - Date.parse(run.createdAt) > RERUN_DAYS_MAX * 86_400_000;
  if (isTooOld) throw new GitHubError(403, TOO_OLD, DOCS);
  if (run.status !== 'completed') throw new GitHubError(403, 'This workflow is already running', DOCS);
  if (run.conclusion === 'success') throw new GitHubError(403, 'This workflow run cannot be retried', DOCS);
}

function runAnswer(repository: Repository, run: WorkflowRun) {
  const url = `${apiUrl(repository)}/actions/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: `WFR_${run.id}`,
    head_branch: run.branch,
    head_sha: run.sha,
    path: '.github/workflows/ci.yml',
    run_number: run.id % 1_000,
    run_attempt: run.attempt,
    event: run.event,
    check_suite_id: run.suite,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow,
    url,
    html_url: `${webUrl(repository)}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.createdAt,
    run_started_at: run.createdAt,
    updated_at: run.createdAt,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
  };
}

function jobAnswer(repository: Repository, run: WorkflowRun, { id, name, sha, ...check }: CheckRun) {
  const api = apiUrl(repository);
  return {
    id,
    run_id: run.id,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: run.attempt,
    node_id: `CR_${id}`,
    head_sha: sha,
    url: `${api}/actions/jobs/${id}`,
    html_url: `${webUrl(repository)}/actions/runs/${run.id}/job/${id}`,
    status: check.status,
    conclusion: check.conclusion,
    created_at: run.createdAt,
    started_at: run.createdAt,
    completed_at: check.status === 'completed' ? run.createdAt : null,
    name,
    steps: check.job?.steps.map((step, index) => ({
      ...step,
      status: 'completed',
      number: index + 1,
      started_at: run.createdAt,
      completed_at: run.createdAt,
    })),
    check_run_url: `${api}/check-runs/${id}`,
    labels: ['ubuntu-latest'],
    runner_id: 1,
    runner_name: 'GitHub Actions 1',
    runner_group_id: 0,
    runner_group_name: 'GitHub Actions',
    workflow_name: run.name,
    head_branch: run.branch,
  };
}
