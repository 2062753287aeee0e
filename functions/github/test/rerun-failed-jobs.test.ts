import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../rerun-failed-jobs.ts';
import { byPath, officially } from './by-path.ts';
import { githubProviderErrors } from './provider-errors.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

const RUN = '/repos/harbor-bikes/fleet-planner/actions/runs/7700057';
const input = { repository: 'harbor-bikes/fleet-planner', run_id: '7700057' };
const octocat = { repository: 'octo-org/octo-repo', run_id: '30433642' };

describe('github_rerun_failed_jobs', () => {
  const github = useGitHub();

  test('reruns only the failed jobs, with one request', async () => {
    const { status, json } = await github.call('user_ada', tool.name, input);

    expect(status).toBe(200);
    const url = 'https://github.com/harbor-bikes/fleet-planner/actions/runs/7700057';
    expect(json).toEqual({ run_id: '7700057', attempt: 2, url });
    expect(github.sent()).toEqual([`GET ${RUN}`, `POST ${RUN}/rerun-failed-jobs`]);
    expect(await github.read(RUN)).toMatchObject({ status: 'queued', run_attempt: 2 });
    expect(await github.read(`${RUN}/jobs`)).toMatchObject({
      jobs: [{ status: 'queued' }, { status: 'queued' }, { name: 'lint', conclusion: 'success' }],
    });
  });

  test.each([
    ['that is still running', 'user_ada', input, 'conflict', 'has not completed'],
    [
      'that passed',
      'user_grace',
      { repository: 'harbor-bikes/repair-tickets', run_id: '7700012' },
      'conflict',
      'No job of this run failed',
    ],
    ['that is too old', 'user_ada', { ...input, run_id: '7500001' }, 'conflict', 'over 30 days old'],
    ['that does not exist', 'user_ada', { ...input, run_id: '1' }, 'not_found', 'no such thing'],
  ])('does not rerun a run %s', async (_, user, given, code, message) => {
    await github.call('user_ada', tool.name, input);

    const { error } = await github.call(user, tool.name, given);

    expect(error).toMatchObject({ code, message: expect.stringContaining(message), retryable: false });
    expect(github.sent().slice(2)[0]).toMatch(/^GET /);
    expect(await github.read(RUN)).toMatchObject({ run_attempt: 2 });
  });

  test.each([
    'https://github.com/harbor-bikes/fleet-planner/actions/runs/7700057',
    'https://github.com/harbor-bikes/fleet-planner/actions/runs/7700057/job/57001?pr=57',
    ' 7700057 ',
    7_700_057,
  ])('reads the run ID from %j', async (run_id) => {
    const { status } = await github.call('user_ada', tool.name, { ...input, run_id });

    expect(status).toBe(200);
    expect(github.sent()[0]).toBe(`GET ${RUN}`);
  });

  test.each(['success', 'skipped', 'neutral'])(
    'reports that no job failed if the run ended with %s',
    async (conclusion) => {
      github.bed.provider.script = byPath({
        '/30433642': { body: { ...completed.body, conclusion } },
      });

      const { error } = await github.bed.environment(tool)({ input: octocat });

      expect(error).toMatchObject({ code: 'conflict', message: expect.stringContaining('No job') });
      expect(github.bed.provider.requests).toHaveLength(1);
    },
  );

  test('returns permission_denied for an account that may only read, and reruns nothing', async () => {
    const { error } = await github.call('user_grace', tool.name, input);

    expect(error).toMatchObject({ code: 'permission_denied', details: [] });
    expect(await github.read(RUN)).toMatchObject({ status: 'completed', run_attempt: 1 });
  });

  const completed = {
    body: { status: 'completed', conclusion: 'failure', html_url: 'https://github.com/r' },
  };

  test.each([
    // https://github.com/metabase/metabase/pull/70916
    ['This workflow is already running', 403, 'conflict', 'running already'],
    ['This workflow run cannot be retried', 403, 'conflict', 'does not run the failed jobs'],
    // https://github.com/cli/cli/issues/9989
    [
      'Unable to retry this workflow run because it was created over a month ago',
      403,
      'conflict',
      'over 30 days old',
    ],
    ['Must have admin rights to Repository.', 403, 'permission_denied', 'too few rights'],
    ['Actions is disabled for this repository.', 403, 'permission_denied', 'Actions may be turned off'],
    ['Forbidden', 403, 'permission_denied', 'may lack the right'],
    ['Server Error', 502, 'outcome_unknown', ''],
  ])('for the message “%s” with status %i, returns %s', async (message, status, code, words) => {
    const documentation_url = 'https://docs.github.com/rest/actions/workflow-runs';
    github.bed.provider.script = byPath({
      '/30433642': completed,
      '/rerun-failed-jobs': { status, body: { message, documentation_url } },
    });

    const { error } = await github.bed.environment(tool)({ input: octocat });

    expect(error).toMatchObject({ code, retryable: false, message: expect.stringContaining(words) });
    expect(github.bed.provider.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  test("does not rerun the run in GitHub's example, because that run is still queued", async () => {
    github.bed.provider.script = officially();

    const { error } = await github.bed.environment(tool)({ input: octocat });

    expect(error).toMatchObject({ code: 'conflict', message: expect.stringContaining('has not completed') });
  });

  test('accepts responses without optional values', async () => {
    github.bed.provider.script = byPath({
      '/30433642': completed,
      '/rerun-failed-jobs': { status: 201, body: '' },
    });

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toEqual({ run_id: '30433642', attempt: null, url: 'https://github.com/r' });
  });
});

testProviderErrors(tool, octocat, githubProviderErrors);
testBadInputs(tool, octocat, {
  run_id: [
    '',
    '-1',
    '1/2',
    '1'.repeat(20),
    'latest',
    'https://github.com/octocat/Hello-World/runs/399444496',
  ],
});
