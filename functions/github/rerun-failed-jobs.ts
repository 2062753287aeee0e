import { defineTool, id, multiSegment, path, ToolError } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { github } from './connector.ts';
import { repository, runId } from './shared/inputs.ts';

/** https://docs.github.com/en/rest/actions/workflow-runs#get-a-workflow-run */
export const RunResponse = z.object({
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  run_attempt: z.int().nullish(),
  html_url: z.string(),
});

const STILL_RUNNING = 'The run has not completed yet. Wait until it has, and call again if it failed.';
const NOTHING_FAILED = 'No job of this run failed, so there is nothing to run again.';
// `cancelled` is not in this list, because a cancelled run may have failed jobs.
const WITHOUT_FAILURE: ReadonlySet<string> = new Set(['success', 'skipped', 'neutral']);

const REFUSED =
  'GitHub refuses to run these jobs again. The account may lack the right to write, or Actions may be turned off in the repository; ask its owner.';

export const tool = defineTool({
  connector: github,
  name: 'github_rerun_failed_jobs',
  effect: 'create',
  confirm: true, // A job may deploy or publish, and nobody can undo that.
  scopes: ['repo'],
  description:
    'Runs the failed jobs of a completed GitHub Actions workflow run again, with the jobs that depend on them. Does not wait for the result, which github_explain_failed_checks reports later. Not for runs over 30 days old.',
  input: { repository, run_id: runId },
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
    const { body } = await api.get(path`/repos/${name}/actions/runs/${run_id}`, { response: RunResponse });
    if (body.status !== 'completed') throw new ToolError('conflict', { message: STILL_RUNNING });
    if (WITHOUT_FAILURE.has(body.conclusion ?? ''))
      throw new ToolError('conflict', { message: NOTHING_FAILED });
    // https://docs.github.com/en/rest/actions/workflow-runs#re-run-failed-jobs-from-a-workflow-run
    await api.post(path`/repos/${name}/actions/runs/${run_id}/rerun-failed-jobs`, {
      errors: { forbidden: { code: 'permission_denied', message: REFUSED } },
    });
    const attempt = body.run_attempt ? body.run_attempt + 1 : null;
    return { run_id, attempt, url: body.html_url };
  },
});

export const handler = createHandler(tool);
