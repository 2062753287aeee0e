import pMap from 'p-map';
import { defineTool, multiSegment, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { countStates, readCommitChecks } from './shared/commit-checks.ts';
import { Annotations, describeFailedCheck, FailedCheck, failedChecks } from './shared/failed-check.ts';
import { gitRef, repository } from './shared/inputs.ts';

// Far below the 100 requests at a time that GitHub allows a user, who may have several calls going on.
const CONCURRENCY = 5;

export const tool = defineTool({
  connector: github,
  name: 'github_explain_failed_checks',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Tells why the checks of a commit, branch or tag failed on GitHub: their annotations or, where those say nothing, the failed step. Gives no logs.',
  input: { repository, ref: gitRef.describe('Such as feature/login, v1.0 or a SHA.') },
  output: { failed: z.int(), pending: z.int(), passed: z.int(), is_complete: z.boolean() },
  list: { key: 'failed_checks', item: FailedCheck, default: 10, maximum: 30 },
  examples: [{ input: { repository: 'octocat/Hello-World', ref: 'feature/login' }, output: failedChecks }],

  async run({ repository, ref, page }, { api, signal }) {
    const name = multiSegment(repository);
    const { checks, isComplete } = await readCommitChecks(api, repository, ref);
    const { failed, pending, passed } = countStates(checks);
    const start = Number(page.cursor ?? 0);
    const end = start + page.size;
    const chosen = checks.filter(({ state }) => state === 'failed').slice(start, end);
    const items = await pMap(
      chosen,
      async (check) => {
        if (check.runId === null) return describeFailedCheck(api, repository, check, []);
        // https://docs.github.com/en/rest/checks/runs#list-check-run-annotations
        const { body } = await api.get(path`/repos/${name}/check-runs/${check.runId}/annotations`, {
          query: { per_page: 100 },
          response: Annotations,
        });
        return describeFailedCheck(api, repository, check, body);
      },
      { concurrency: CONCURRENCY, signal },
    );
    return {
      items,
      next: end < failed ? String(end) : null,
      failed,
      pending,
      passed,
      is_complete: isComplete,
    };
  },
});

export const handler = createHandler(tool);
