import { completeness, completenessOutput, defineTool } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { ChecksOutput, readCommitChecks, toChecks } from './shared/commit-checks.ts';
import { pullRequestNumber, repository } from './shared/inputs.ts';
import {
  FileOutput,
  pullRequestOutput,
  readFiles,
  readMergeability,
  readPullRequest,
  toPullRequest,
} from './shared/pull-request.ts';
import { ReviewThreadOutput, readReviewThreads } from './shared/review-threads.ts';
import { ReviewOutput, readReviews } from './shared/reviews.ts';

export const tool = defineTool({
  connector: github,
  name: 'github_summarize_pull_request',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Summarizes a GitHub pull request: state, whether it can be merged and why not, the newest state of each reviewer and each check, changed files (first 100), and review threads, resolved or not (20 newest). No diff and no comments of the conversation.',
  input: { repository, number: pullRequestNumber },
  output: {
    ...pullRequestOutput,
    reviews: z.array(ReviewOutput),
    review_threads: z.array(ReviewThreadOutput),
    files: z.array(FileOutput),
    checks: ChecksOutput,
    ...completenessOutput,
  },
  examples: [
    {
      input: { repository: 'octocat/Hello-World', number: 1347 },
      output: {
        title: 'Amazing new feature',
        state: 'open',
        is_draft: false,
        author: 'octocat',
        description: 'Please pull these awesome changes in!',
        base: 'main',
        head: 'new-topic',
        head_sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
        head_repository: 'monalisa/Hello-World',
        is_mergeable: false,
        merge_state: 'blocked',
        created_at: '2011-01-26T19:01:12Z',
        awaits: ['other_user'],
        comments_count: 0,
        review_comments_count: 1,
        additions: 100,
        deletions: 3,
        changed_files: 1,
        url: 'https://github.com/octocat/Hello-World/pull/1347',
        reviews: [
          { reviewer: 'hubot', state: 'approved', previous_state: null, is_outdated: false, text: null },
        ],
        review_threads: [
          {
            comment_id: '426899381',
            path: 'file1.txt',
            line: 2,
            author: 'hubot',
            text: 'Is this line needed?',
          },
        ],
        files: [{ path: 'file1.txt', status: 'added', additions: 100, deletions: 3 }],
        checks: { passed: 4, failed: 1, pending: 0, skipped: 0, cancelled: 0, failing: ['lint'] },
        is_complete: true,
        missing: [],
      },
    },
  ],

  async run({ repository, number }, { api, signal }) {
    const pull = await readPullRequest(api, repository, number);
    const [merge, reviews, threads, files, checks] = await Promise.all([
      readMergeability(pull, () => readPullRequest(api, repository, number), signal),
      readReviews(api, repository, number, pull),
      readReviewThreads(api, repository, number, pull),
      readFiles(api, repository, number),
      readCommitChecks(api, repository, pull.head.sha),
    ]);
    return {
      ...toPullRequest(pull, merge),
      reviews: reviews.reviews,
      review_threads: threads.threads,
      files: files.files,
      checks: toChecks(checks.checks),
      ...completeness([merge, reviews, threads, files, checks].flatMap(({ missing }) => missing)),
    };
  },
});

export const handler = createHandler(tool);
