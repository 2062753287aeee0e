import * as z from 'zod';
import type { OfficialAnswers } from '../../../test/support/official-answers.ts';
import { examples, officially } from './by-path.ts';

const script = officially();
const repository = 'octocat/Hello-World';

// GitHub's GraphQL documentation has no examples. These values come from the REST example of a review comment.
const comment = {
  fullDatabaseId: '10',
  state: 'SUBMITTED',
  author: { login: 'octocat' },
  body: 'Great stuff!',
  createdAt: '2011-04-14T16:00:49Z',
};
const thread = {
  isResolved: false,
  isOutdated: false,
  path: 'file1.txt',
  line: 2,
  originalLine: 2,
  originalStartLine: 1,
  opening: {
    totalCount: 1,
    nodes: [
      {
        ...comment,
        diffHunk: '@@ -16,33 +16,40 @@ public class Connection : IConnection...',
      },
    ],
  },
  newest: { nodes: [comment] },
};
const pageInfo = { hasNextPage: false, endCursor: 'Y3Vyc29yOnYyOpHOAAE=' };
const reviewThreads = {
  data: { repository: { pullRequest: { reviewThreads: { pageInfo, nodes: [thread] } } } },
};

const Run = z.looseObject({});
const CheckRuns = z.looseObject({ check_runs: z.array(Run) });

// The check in GitHub's example is neutral and the run is queued, so we change both to failures. GitHub has no
// example of the response to a rerun.
const { check_runs, ...list } = CheckRuns.parse(examples['/check-runs']);
const failedChecks = { ...list, check_runs: check_runs.map((run) => ({ ...run, conclusion: 'failure' })) };
const failedRun = {
  ...Run.parse(examples['/actions/runs/30433642']),
  status: 'completed',
  conclusion: 'failure',
};

export const officialAnswers: OfficialAnswers = {
  github_draft_release_notes: {
    input: { repository, tag: 'v1.0.0', previous_tag: 'v0.9.2', target: 'main' },
    script,
  },
  github_explain_failed_checks: {
    input: { repository, ref: 'main' },
    script: officially({ '/check-runs': { body: failedChecks } }),
  },
  github_get_contributor_stats: { input: { repository }, script },
  github_get_traffic: { input: { repository }, script },
  github_list_review_queue: { input: {}, script },
  github_list_review_threads: {
    input: { repository, number: 1347 },
    script: () => ({ body: reviewThreads }),
  },
  github_reply_to_review_comment: {
    input: { repository, comment_id: '10', body: 'Great stuff!' },
    script,
  },
  github_rerun_failed_jobs: {
    input: { repository: 'octo-org/octo-repo', run_id: '30433642' },
    script: officially({
      '/actions/runs/30433642': { body: failedRun },
      '/rerun-failed-jobs': { status: 201, body: {} },
    }),
  },
  github_summarize_pull_request: { input: { repository, number: 1347 }, script },
};
