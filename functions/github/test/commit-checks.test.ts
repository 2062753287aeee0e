import { describe, expect, test } from 'vitest';
import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { tool } from '../summarize-pull-request.ts';
import { officially } from './by-path.ts';
import { useGitHub } from './use-github.ts';

const EARLY = '2026-05-12T10:00:00Z';
const LATE = '2026-05-12T11:00:00Z';

interface Run {
  id: number;
  conclusion: string | null;
  started_at?: string | null;
  name?: string;
  app?: string;
  suite?: number;
}

const run = ({
  id,
  conclusion,
  started_at = null,
  name = 'build',
  app = 'github-actions',
  suite = id,
}: Run) => ({
  id,
  name,
  head_sha: 'abc1234',
  status: conclusion === null ? 'in_progress' : 'completed',
  conclusion,
  started_at,
  app: { slug: app },
  check_suite: { id: suite },
});
const workflowRuns = (...runs: readonly (readonly [suite: number, workflow: number, event: string])[]) => ({
  body: {
    workflow_runs: runs.map(([check_suite_id, workflow_id, event]) => ({
      check_suite_id,
      workflow_id,
      event,
    })),
  },
});
const NOT_FOUND = { status: 404, body: { message: 'Not Found' } };

describe('the summary of checks', () => {
  const github = useGitHub();

  const summarize = async (answers: Record<string, ScriptedAnswer>) => {
    github.bed.provider.script = (request) => {
      const isRuns = request.url?.includes('/actions/runs?head_sha=abc1234');
      return isRuns ? (answers['/actions/runs'] ?? NOT_FOUND) : officially(answers)(request);
    };
    const { json } = await github.bed.environment(tool)({
      input: { repository: 'octocat/Hello-World', number: 1347 },
    });
    return json;
  };
  const checksOf = (runs: readonly Run[], runsOfWorkflows: ScriptedAnswer = NOT_FOUND) =>
    summarize({
      '/check-runs': { body: { check_runs: runs.map(run) } },
      '/status': { body: { statuses: [] } },
      '/actions/runs': runsOfWorkflows,
    });

  // Users reported checks that still looked failed after a newer run cancelled them
  // (https://github.com/kunchenguid/gh-axi/issues/141) or after somebody edited the description
  // (https://github.com/stablyai/orca/pull/9570). Another report: https://github.com/rjmurillo/ai-agents/issues/2208
  test.each<[what: string, runs: Run[], checks: object]>([
    [
      'only the success if a later suite succeeds after a failure',
      [
        { id: 1, conclusion: 'failure', started_at: EARLY },
        { id: 2, conclusion: 'success', started_at: LATE },
      ],
      { passed: 1, failed: 0 },
    ],
    [
      'only the later failure, although its ID is lower than that of the success',
      [
        { id: 1, conclusion: 'failure', started_at: LATE },
        { id: 2, conclusion: 'success', started_at: EARLY },
      ],
      { passed: 0, failed: 1 },
    ],
    [
      'only the pending run if a failed check runs again',
      [
        { id: 1, conclusion: 'failure', started_at: EARLY },
        { id: 2, conclusion: null, started_at: LATE },
      ],
      { failed: 0, pending: 1 },
    ],
    [
      'only the waiting run if this run has no time and the higher ID',
      [
        { id: 1, conclusion: 'failure', started_at: EARLY },
        { id: 2, conclusion: null },
      ],
      { failed: 0, pending: 1 },
    ],
    [
      'only the newer run if the older run was cancelled',
      [
        { id: 1, conclusion: 'cancelled', started_at: EARLY },
        { id: 2, conclusion: 'success', started_at: LATE },
      ],
      { passed: 1, cancelled: 0 },
    ],
    [
      'only the rerun if both runs are in the same suite',
      [
        { id: 1, suite: 9, conclusion: 'failure', started_at: EARLY },
        { id: 2, suite: 9, conclusion: 'success', started_at: LATE },
      ],
      { passed: 1, failed: 0 },
    ],
    [
      'both runs if two apps use the same check name',
      [
        { id: 1, conclusion: 'failure', started_at: EARLY, app: 'circleci-checks' },
        { id: 2, conclusion: 'success', started_at: LATE },
      ],
      { passed: 1, failed: 1 },
    ],
    [
      'both runs if their checks have different names',
      [
        { id: 1, conclusion: 'failure', started_at: EARLY },
        { id: 2, conclusion: 'success', started_at: LATE, name: 'build (24)' },
      ],
      { passed: 1, failed: 1 },
    ],
  ])('counts %s', async (_, runs, checks) => {
    expect(await checksOf(runs)).toMatchObject({ checks });
  });

  const twoSuites: Run[] = [
    { id: 1, conclusion: 'failure', started_at: EARLY },
    { id: 2, conclusion: 'success', started_at: LATE },
  ];

  // Jobs of several workflows can have the same name: https://github.com/WingedGuardian/GENesis-AGI/issues/1912
  test.each([
    [
      'one check for two runs with the same name, workflow and event',
      workflowRuns([1, 7, 'push'], [2, 7, 'push']),
      { passed: 1, failed: 0 },
    ],
    [
      'two checks for two runs with the same name and different workflows',
      workflowRuns([1, 7, 'push'], [2, 8, 'push']),
      { passed: 1, failed: 1 },
    ],
    [
      'two checks for two runs with the same name and different events',
      workflowRuns([1, 7, 'push'], [2, 7, 'pull_request']),
      { passed: 1, failed: 1 },
    ],
    [
      'one check for two runs with the same name if the workflows cannot be read',
      { status: 403, body: { message: 'Forbidden' } },
      { passed: 1, failed: 0 },
    ],
    [
      'one check for two runs with the same name if the workflows are malformed',
      { body: [] },
      { passed: 1, failed: 0 },
    ],
  ])('counts %s', async (_, runsOfWorkflows, checks) => {
    expect(await checksOf(twoSuites, runsOfWorkflows)).toMatchObject({ checks });
  });

  test('counts only the newest status of each context', async () => {
    const status = (id: number, state: string, updated_at: string, context = 'ci/circleci: build') => ({
      id,
      state,
      updated_at,
      context,
    });
    const statuses = [
      status(1, 'failure', EARLY),
      status(2, 'success', LATE),
      status(3, 'error', LATE, 'ci/circleci: test'),
      status(4, 'pending', LATE, 'ci/circleci: test'),
    ];

    const json = await summarize({
      '/check-runs': { body: { check_runs: [] } },
      '/status': { body: { statuses } },
    });

    expect(json).toMatchObject({ checks: { passed: 1, failed: 0, pending: 1 } });
  });

  test('reports a rate limit on the request for workflow runs', async () => {
    github.bed.provider.script = officially({
      '/check-runs': { body: { check_runs: twoSuites.map(run) } },
      '/status': { body: { statuses: [] } },
      '/actions/runs': { status: 403, headers: { 'retry-after': '60' }, body: { message: 'Slow down.' } },
    });

    const { error } = await github.bed.environment(tool)({
      input: { repository: 'octocat/Hello-World', number: 1347 },
      remainingMs: 3_000,
    });

    expect(error).toMatchObject({ code: 'rate_limited' });
  });
});
