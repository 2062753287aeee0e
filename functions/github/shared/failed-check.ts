import { id, multiSegment, type ProviderClient, path, ToolError, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import type { CommitCheck } from './commit-checks.ts';

/** https://docs.github.com/en/rest/checks/runs#list-check-run-annotations */
export const Annotations = z.array(
  z.object({
    path: z.string(),
    start_line: z.int(),
    annotation_level: z.string().nullish(),
    message: z.string().nullish(),
  }),
);
const Job = z.object({
  steps: z.array(z.object({ name: z.string(), conclusion: z.string().nullish() })).nullish(),
});

const Annotation = z.strictObject({ path: text(300), line: z.int(), message: text(500) });
export const FailedCheck = z.strictObject({
  name: text(200),
  conclusion: text(40),
  summary: text(600).nullable(),
  annotations: z.array(Annotation),
  failed_step: text(200).nullable(),
  run_id: id().nullable().describe('Of the workflow run, where it is one.'),
  url: id().nullable(),
});

/** An example of an answer. */
export const failedChecks = {
  failed_checks: [
    {
      name: 'test',
      conclusion: 'failure',
      summary: null,
      annotations: [{ path: 'src/login.ts', line: 12, message: 'Expected 200, got 401' }],
      failed_step: null,
      run_id: '30433642',
      url: 'https://github.com/octocat/Hello-World/actions/runs/30433642/job/399444496',
    },
  ],
  failed: 1,
  pending: 0,
  passed: 4,
  is_complete: true,
  count: 1,
  next_cursor: null,
  omitted: 0,
};

// The first ones tell why; the rest often follow from them.
const ANNOTATIONS_MAX = 10;
// GitHub's runner adds it to every step that fails.
const SAYS_NOTHING = /^\s{0,9}Process completed with exit code -?\d{1,10}\.?\s{0,9}$/;

// What ends a step in any other way, such as a time-out, ends the job.
const FINE: ReadonlySet<string> = new Set(['success', 'skipped', 'neutral']);

/** What can be known of why a check failed; of a commit status that is only its summary. */
export async function describeFailedCheck(
  api: ProviderClient,
  repository: string,
  check: CommitCheck,
  found: z.output<typeof Annotations>,
): Promise<z.input<typeof FailedCheck>> {
  const { runId, isActionsJob, name, conclusion, summary, url } = check;
  const telling = found.filter(({ message }) => message && !SAYS_NOTHING.test(message));
  const failures = telling.filter(isFailure);
  const annotations = [...failures, ...telling.filter((annotation) => !isFailure(annotation))];
  const asksJob = runId !== null && isActionsJob && failures.length === 0;
  return {
    name,
    conclusion,
    summary,
    annotations: annotations
      .slice(0, ANNOTATIONS_MAX)
      .map(({ path, start_line, message }) => ({ path, line: start_line, message: message ?? '' })),
    failed_step: asksJob ? await readFailedStep(api, repository, runId) : null,
    run_id: check.workflowRunId,
    url,
  };
}

function isFailure({ annotation_level }: z.output<typeof Annotations>[number]): boolean {
  return annotation_level === 'failure';
}

/** A check run of Actions has the ID of its job. */
async function readFailedStep(api: ProviderClient, repository: string, jobId: string) {
  try {
    // https://docs.github.com/en/rest/actions/workflow-jobs#get-a-job-for-a-workflow-run
    const { body } = await api.get(path`/repos/${multiSegment(repository)}/actions/jobs/${jobId}`, {
      response: Job,
    });
    return body.steps?.find(({ conclusion }) => conclusion && !FINE.has(conclusion))?.name ?? null;
  } catch (error) {
    // A job is deleted with its workflow run, and the check run stays.
    if (error instanceof ToolError && error.code === 'not_found') return null;
    throw error;
  }
}
