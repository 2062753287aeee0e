import pMap from 'p-map';
import { completeness, completenessOutput, defineTool, id, text, time } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { countStates, readCommitChecks } from './shared/commit-checks.ts';
import { ANNOTATIONS_MAX, explainFailedCheck } from './shared/failed-check.ts';
import { gitRef, repository } from './shared/inputs.ts';

// GitHub allows a user 100 concurrent requests, and several calls of this tool may run at the same time.
const CONCURRENCY = 5;

const FailedCheckOutput = z.strictObject({
  name: text(200),
  conclusion: text(40),
  summary: text(600).nullable(),
  annotations: z
    .array(z.strictObject({ path: text(300), line: z.int(), message: text(500) }))
    .describe(`At most ${ANNOTATIONS_MAX}, failures first.`),
  annotations_count: z.int().describe('Without those that only say that the process failed.'),
  failed_step: text(200).nullable(),
  completed_at: time().nullable(),
  run_id: id()
    .nullable()
    .describe('Workflow run, for github_rerun_failed_jobs; null outside GitHub Actions.'),
  url: id().nullable(),
});

export const tool = defineTool({
  connector: github,
  name: 'github_explain_failed_checks',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Explains why the checks of a commit, branch or tag failed on GitHub: their annotations or, where those say nothing, the failed step. Failures that a later run repaired are left out. No logs; github_rerun_failed_jobs runs failed jobs again.',
  input: { repository, ref: gitRef },
  output: { failed: z.int(), pending: z.int(), passed: z.int(), ...completenessOutput },
  list: { key: 'failed_checks', item: FailedCheckOutput, default: 10, maximum: 30 },
  examples: [
    {
      input: { repository: 'octocat/Hello-World', ref: 'feature/login' },
      output: {
        failed_checks: [
          {
            name: 'test',
            conclusion: 'failure',
            summary: null,
            annotations: [{ path: 'src/login.ts', line: 12, message: 'Expected 200, got 401' }],
            annotations_count: 1,
            failed_step: null,
            completed_at: '2026-11-20T09:12:00Z',
            run_id: '30433642',
            url: 'https://github.com/octocat/Hello-World/actions/runs/30433642/job/399444496',
          },
        ],
        failed: 1,
        pending: 0,
        passed: 4,
        is_complete: true,
        missing: [],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ repository, ref, page }, { api, signal }) {
    const { checks, missing } = await readCommitChecks(api, repository, ref);
    const { failed, pending, passed } = countStates(checks);
    const start = Number(page.cursor ?? 0);
    const end = start + page.size;
    const chosen = checks.filter(({ state }) => state === 'failed').slice(start, end);
    const explained = await pMap(chosen, (check) => explainFailedCheck(api, repository, check), {
      concurrency: CONCURRENCY,
      signal,
    });
    return {
      items: explained.map(({ output }) => output),
      next: end < failed ? String(end) : null,
      failed,
      pending,
      passed,
      ...completeness([...missing, ...explained.flatMap((check) => check.missing)]),
    };
  },
});

export const handler = createHandler(tool);
