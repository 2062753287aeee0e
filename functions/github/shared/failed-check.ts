import { id, multiSegment, type ProviderClient, path, ToolError, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import type { CommitCheck } from './commit-checks.ts';
import { readPages } from './pages.ts';

/** https://docs.github.com/en/rest/checks/runs#list-check-run-annotations */
const AnnotationResponse = z.object({
  path: z.string(),
  start_line: z.int(),
  annotation_level: z.string().nullish(),
  message: z.string().nullish(),
});

/** https://docs.github.com/en/rest/actions/workflow-jobs#get-a-job-for-a-workflow-run */
export const JobResponse = z.object({
  steps: z.array(z.object({ name: z.string(), conclusion: z.string().nullish() })).nullish(),
});

type Annotation = z.output<typeof AnnotationResponse>;

// The first ones say why; the rest often follow from them.
const ANNOTATIONS_MAX = 10;

export const FailedCheckOutput = z.strictObject({
  name: text(200),
  conclusion: text(40),
  summary: text(600).nullable(),
  annotations: z
    .array(z.strictObject({ path: text(300), line: z.int(), message: text(500) }))
    .describe(`At most ${ANNOTATIONS_MAX}, failures first.`),
  annotations_count: z.int(),
  failed_step: text(200).nullable(),
  run_id: id()
    .nullable()
    .describe('Workflow run, for github_rerun_failed_jobs; null outside GitHub Actions.'),
  url: id().nullable(),
});

// GitHub's runner adds it to every step that fails.
const SAYS_NOTHING = /^\s{0,9}Process completed with exit code -?\d{1,10}\.?\s{0,9}$/;
// Everything else that ends a step, such as a time-out, ends the job.
const FINE: ReadonlySet<string> = new Set(['success', 'skipped', 'neutral']);

/**
 * Reads why a check failed: its annotations and, if they name no failure, the failed step of its job. A commit status has
 * only its summary.
 * @returns the check, and a sentence for each thing that is missing
 */
export async function explainFailedCheck(api: ProviderClient, repository: string, check: CommitCheck) {
  const { runId, isActionsJob, name, conclusion, summary, url, annotationsCount } = check;
  const { items, missing } = await readAnnotations(api, repository, check);
  const telling = items.filter(saysSomething);
  const failures = telling.filter(isFailure);
  const others = telling.filter((annotation) => !isFailure(annotation));
  const asksJob = runId !== null && isActionsJob && failures.length === 0;
  const output: z.input<typeof FailedCheckOutput> = {
    name,
    conclusion,
    summary,
    annotations: [...failures, ...others]
      .slice(0, ANNOTATIONS_MAX)
      .map(({ path, start_line, message }) => ({ path, line: start_line, message: message ?? '' })),
    annotations_count: Math.max(annotationsCount, items.length),
    failed_step: asksJob ? await readFailedStep(api, repository, runId) : null,
    run_id: check.workflowRunId,
    url,
  };
  return { output, missing };
}

/** Reads the annotations of a check until there are enough failures: warnings may fill the pages before them. */
async function readAnnotations(api: ProviderClient, repository: string, { runId, name }: CommitCheck) {
  if (runId === null) return { items: [], missing: [] };
  return readPages(
    `annotations of ${name.slice(0, 80)}`,
    async (page) => {
      // https://docs.github.com/en/rest/checks/runs#list-check-run-annotations
      const { body, headers } = await api.get(
        path`/repos/${multiSegment(repository)}/check-runs/${runId}/annotations`,
        { query: { per_page: 100, page }, response: z.array(AnnotationResponse) },
      );
      return { items: body, headers };
    },
    (items) => items.filter((item) => isFailure(item) && saysSomething(item)).length >= ANNOTATIONS_MAX,
  );
}

const saysSomething = ({ message }: Annotation) => Boolean(message && !SAYS_NOTHING.test(message));
const isFailure = ({ annotation_level }: Annotation) => annotation_level === 'failure';

/** A check run of Actions has the ID of its job. */
async function readFailedStep(api: ProviderClient, repository: string, jobId: string) {
  try {
    // https://docs.github.com/en/rest/actions/workflow-jobs#get-a-job-for-a-workflow-run
    const { body } = await api.get(path`/repos/${multiSegment(repository)}/actions/jobs/${jobId}`, {
      response: JobResponse,
    });
    return body.steps?.find(({ conclusion }) => conclusion && !FINE.has(conclusion))?.name ?? null;
  } catch (error) {
    // A job is deleted with its workflow run, but the check run stays.
    if (error instanceof ToolError && error.code === 'not_found') return null;
    throw error;
  }
}
