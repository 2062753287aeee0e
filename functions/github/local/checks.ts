import { movedByWeeks } from '../../../local/providers/story-time.ts';
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
import type { CheckRun, GitHubState, Repository } from './state.ts';

/** https://docs.github.com/en/rest/checks/runs and https://docs.github.com/en/rest/commits/statuses */
export function checkRoutes(app: App, state: GitHubState): void {
  app.get('/repos/:owner/:repo/commits/:ref{.+}/check-runs', (context) => {
    const repository = repositoryOf(context, state);
    const ref = context.req.param('ref');
    const sha = shaOf(repository, ref);
    if (sha === undefined) {
      const docs = '/checks/runs#list-check-runs-for-a-git-reference';
      throw new GitHubError(422, `No commit found for SHA: ${ref}`, docs);
    }
    const runs = repository.checkRuns.filter((run) => run.sha === sha && isWanted(context, run));
    const page = pageOf(context, runs);
    return context.json({
      total_count: runs.length,
      check_runs: page.map((run) => runAnswer(repository, run)),
    });
  });

  app.get('/repos/:owner/:repo/commits/:ref{.+}/status', (context) => {
    const repository = repositoryOf(context, state);
    const sha = found(shaOf(repository, context.req.param('ref')));
    const statuses = repository.statuses.filter((status) => status.sha === sha);
    const url = apiUrl(repository);
    return context.json({
      state: combined(statuses.map(({ state }) => state)),
      statuses: pageOf(context, statuses).map((status, index) => ({
        url: `${url}/statuses/${sha}`,
        avatar_url: null,
        id: index + 1,
        node_id: `SC_${index + 1}`,
        state: status.state,
        description: status.description,
        target_url: status.url,
        context: status.context,
        created_at: movedByWeeks('2026-11-20T10:02:00Z'),
        updated_at: movedByWeeks('2026-11-20T10:04:00Z'),
      })),
      sha,
      total_count: statuses.length,
      commit_url: `${url}/commits/${sha}`,
      url: `${url}/commits/${sha}/status`,
    });
  });

  app.get('/repos/:owner/:repo/check-runs/:id/annotations', (context) => {
    const repository = repositoryOf(context, state);
    const id = numberOf(context, 'id');
    const run = found(repository.checkRuns.find((candidate) => candidate.id === id));
    return context.json(
      pageOf(context, run.annotations).map(({ path, line, level, title, message }) => ({
        path,
        blob_href: `${webUrl(repository)}/blob/${run.sha}/${path}`,
        start_line: line,
        start_column: null,
        end_line: line,
        end_column: null,
        annotation_level: level,
        title,
        message,
        raw_details: null,
      })),
    );
  });
}

/**
 * Returns the commit of a ref. If the ref is the hash of a commit and also the name of a branch or tag,
 * GitHub uses the branch or tag. The prefixes `heads/` and `tags/` choose between a branch and a tag.
 */
function shaOf({ branches, tags, checkRuns, pulls }: Repository, ref: string): string | undefined {
  const branch = branches[ref.replace(/^heads\//, '')];
  const tag = tags.find(({ name }) => name === ref.replace(/^tags\//, ''));
  const known = [...Object.values(branches), ...pulls.map(({ head }) => head.sha)];
  const pull = pulls.find(({ number }) => `refs/pull/${number}/head` === ref);
  const shas = [...known, ...checkRuns.map(({ sha }) => sha)];
  return branch ?? tag?.sha ?? pull?.head.sha ?? shas.find((sha) => ref.length >= 7 && sha.startsWith(ref));
}

function isWanted(context: RequestContext, run: CheckRun): boolean {
  const [name, status] = [context.req.query('check_name'), context.req.query('status')];
  return (name === undefined || run.name === name) && (status === undefined || run.status === status);
}

function combined(states: readonly string[]): string {
  if (states.some((state) => state === 'failure' || state === 'error')) return 'failure';
  return states.length === 0 || states.includes('pending') ? 'pending' : 'success';
}

function runAnswer(repository: Repository, run: CheckRun) {
  const url = `${apiUrl(repository)}/check-runs/${run.id}`;
  const page = webUrl(repository);
  const details = run.job
    ? `${page}/actions/runs/${run.job.runId}/job/${run.id}`
    : `https://ci.example.com/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: `CR_${run.id}`,
    head_sha: run.sha,
    external_id: '',
    url,
    html_url: run.job ? details : `${page}/runs/${run.id}`,
    details_url: details,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.status === 'completed' ? run.startedAt : null,
    output: {
      title: run.summary === null ? null : run.name,
      summary: run.summary,
      text: null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite },
    app: { id: 15_368, slug: run.app, node_id: 'A_1', owner: null, name: run.app },
    pull_requests: [],
  };
}
