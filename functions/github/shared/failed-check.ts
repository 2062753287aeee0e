import { ifReadable, multiSegment, type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';
import type { CommitCheck } from './commit-checks.ts';
import { readPages } from './pages.ts';

/** https://docs.github.com/en/rest/checks/runs#list-check-run-annotations */
const AnnotationResponse = z
  .object({
    path: z.string(),
    start_line: z.int(),
    annotation_level: z.string().nullish(),
    message: z.string().nullish(),
    title: z.string().nullish(),
    raw_details: z.string().nullish(),
  })
  // Each of the three texts can be empty, so the first text that is not empty is used.
  .transform(({ message, title, raw_details, ...place }) => ({
    ...place,
    message: message || title || raw_details || '',
  }));

/** https://docs.github.com/en/rest/actions/workflow-jobs#get-a-job-for-a-workflow-run */
export const JobResponse = z.object({
  steps: z.array(z.object({ name: z.string(), conclusion: z.string().nullish() })).nullish(),
});

type Annotation = z.output<typeof AnnotationResponse>;

/** The first annotations show the cause. The others are often consequences. */
export const ANNOTATIONS_MAX = 10;
const NAME_LENGTH_MAX = 80;

// GitHub's runner adds this annotation to every failed step.
const EXIT_CODE_ONLY = /^\s{0,9}Process completed with exit code -?\d{1,10}\.?\s{0,9}$/;
// A step with another conclusion, such as `timed_out`, makes the job fail.
const PASSED: ReadonlySet<string> = new Set(['success', 'skipped', 'neutral']);

/**
 * Reads why a check failed: its annotations or, if no annotation reports a failure, the failed step of its job. A
 * commit status has only a summary.
 * @returns the explanation, and one sentence for each part that could not be read
 */
export async function explainFailedCheck(api: ProviderClient, repository: string, check: CommitCheck) {
  const { runId, isActionsJob, name, conclusion, summary, url, annotationsCount } = check;
  const { items, missing } = await readAnnotations(api, repository, check);
  const useful = items.filter(saysSomething);
  const failures = useful.filter(isFailure);
  const others = useful.filter((annotation) => !isFailure(annotation));
  const asksJob = runId !== null && isActionsJob && failures.length === 0;
  // GitHub's count includes annotations without a useful message.
  const count = useful.length + Math.max(0, annotationsCount - items.length);
  const shown = [...failures, ...others].slice(0, ANNOTATIONS_MAX);
  const isCut = count > shown.length && missing.length === 0;
  const output = {
    name,
    conclusion,
    summary,
    annotations: shown.map(({ path, start_line, message }) => ({
      path,
      line: start_line,
      message,
    })),
    annotations_count: count,
    failed_step: asksJob ? await readFailedStep(api, repository, runId) : null,
    completed_at: check.completedAt,
    run_id: check.workflowRunId,
    url,
  };
  return {
    output,
    missing: isCut
      ? [`Annotations of ${name.slice(0, NAME_LENGTH_MAX)} other than the ${shown.length} listed.`]
      : missing,
  };
}

/** Reads pages of annotations until there are enough failures, because warnings may fill the first pages. */
async function readAnnotations(api: ProviderClient, repository: string, { runId, name }: CommitCheck) {
  if (runId === null) return { items: [], missing: [] };
  const what = `annotations of ${name.slice(0, NAME_LENGTH_MAX)}`;
  const pages = readPages(
    what,
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
  // A failed read must not stop the explanation of the other checks.
  const read = await ifReadable(pages, ['not_found', 'permission_denied']);
  return read ?? { items: [], missing: [`The ${what}, which GitHub does not show to this account.`] };
}

const saysSomething = ({ message }: Annotation) => message !== '' && !EXIT_CODE_ONLY.test(message);
const isFailure = ({ annotation_level }: Annotation) => annotation_level === 'failure';

/**
 * Reads the name of the failed step. A check run of GitHub Actions has the same ID as its job. If a workflow run is
 * deleted, its jobs are deleted, but its check runs are not.
 */
async function readFailedStep(api: ProviderClient, repository: string, jobId: string) {
  const job = await ifReadable(
    // https://docs.github.com/en/rest/actions/workflow-jobs#get-a-job-for-a-workflow-run
    api.get(path`/repos/${multiSegment(repository)}/actions/jobs/${jobId}`, { response: JobResponse }),
    ['not_found'],
  );
  return job?.body.steps?.find(({ conclusion }) => conclusion && !PASSED.has(conclusion))?.name ?? null;
}
