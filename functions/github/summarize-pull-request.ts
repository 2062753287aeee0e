import { defineTool, multiSegment, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { readCommitChecks } from './shared/commit-checks.ts';
import { repository } from './shared/inputs.ts';
import { readPages } from './shared/pages.ts';
import { Files, PullRequest, Reviews } from './shared/pull-request.ts';
import {
  describeChecks,
  describePullRequest,
  latestReviews,
  summary,
  summaryExample,
} from './shared/pull-request-summary.ts';

export const tool = defineTool({
  connector: github,
  name: 'github_summarize_pull_request',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Summarizes a GitHub pull request for a reviewer: state, what each reviewer said last, the first 100 changed files with sizes, checks. Gives no diff.',
  input: {
    repository,
    number: z.int().min(1).max(2_147_483_647).describe('Such as 1347.'),
  },
  output: summary,
  examples: [{ input: { repository: 'octocat/Hello-World', number: 1347 }, output: summaryExample }],

  async run({ repository, number }, { api }) {
    const name = multiSegment(repository);
    // https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request
    const { body: pull } = await api.get(path`/repos/${name}/pulls/${number}`, { response: PullRequest });
    const [reviews, files, { checks, isComplete }] = await Promise.all([
      readPages(async (page) => {
        // https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request
        const { body, headers } = await api.get(path`/repos/${name}/pulls/${number}/reviews`, {
          query: { per_page: 100, page },
          response: Reviews,
        });
        return { items: body, headers };
      }),
      // https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
      api.get(path`/repos/${name}/pulls/${number}/files`, { query: { per_page: 100 }, response: Files }),
      readCommitChecks(api, repository, pull.head.sha),
    ]);
    return {
      ...describePullRequest(pull),
      reviews: latestReviews(reviews.items),
      files: files.body.map(({ filename, ...sizes }) => ({ path: filename, ...sizes })),
      checks: describeChecks(checks),
      is_complete: isComplete && reviews.isComplete,
    };
  },
});

export const handler = createHandler(tool);
