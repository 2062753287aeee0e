import { defineTool, id, multiSegment, path, ToolError } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { github } from './connector.ts';
import { numericId, repository } from './shared/inputs.ts';

const Run = z.object({
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  run_attempt: z.int().nullish(),
  html_url: z.string(),
});

const STILL_RUNNING = 'The run has not completed yet. Wait until it has, and call again if it failed.';
const NOTHING_FAILED = 'No job of this run failed, so there is nothing to run again.';
const NOT_AGAIN =
  'GitHub does not run these jobs again: they are running already, or the run is over 30 days old. Read it first.';

export const tool = defineTool({
  connector: github,
  name: 'github_rerun_failed_jobs',
  effect: 'create',
  scopes: ['repo'],
  description:
    'Runs the failed jobs of a completed GitHub Actions workflow run again, with the jobs that depend on them. Does not wait for the result.',
  input: { repository, run_id: numericId.describe('Of the workflow run, such as 30433642.') },
  output: { run_id: id(), attempt: z.int().nullable(), url: id() },
  examples: [
    {
      input: { repository: 'octocat/Hello-World', run_id: '30433642' },
      output: {
        run_id: '30433642',
        attempt: 2,
        url: 'https://github.com/octocat/Hello-World/actions/runs/30433642',
      },
    },
  ],

  async run({ repository, run_id }, { api }) {
    const name = multiSegment(repository);
    // https://docs.github.com/en/rest/actions/workflow-runs#get-a-workflow-run
    const { body } = await api.get(path`/repos/${name}/actions/runs/${run_id}`, { response: Run });
    if (body.status !== 'completed') throw new ToolError('conflict', { message: STILL_RUNNING });
    if (body.conclusion === 'success') throw new ToolError('conflict', { message: NOTHING_FAILED });
    // https://docs.github.com/en/rest/actions/workflow-runs#re-run-failed-jobs-from-a-workflow-run
    await api.post(path`/repos/${name}/actions/runs/${run_id}/rerun-failed-jobs`, {
      // GitHub tells these states with a 403 that has no name of its own.
      errors: { forbidden: { code: 'conflict', message: NOT_AGAIN } },
    });
    const attempt = body.run_attempt ? body.run_attempt + 1 : null;
    return { run_id, attempt, url: body.html_url };
  },
});

export const handler = createHandler(tool);
