import { completeness, completenessOutput, defineTool, id, text, time } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { readCommitChecks, toChecks } from './shared/commit-checks.ts';
import { pullRequestNumber, repository } from './shared/inputs.ts';
import { readFiles, readMergeability, readPullRequest, toPullRequest } from './shared/pull-request.ts';
import { readReviewThreads } from './shared/review-threads.ts';
import { readReviews } from './shared/reviews.ts';

const ReviewOutput = z.strictObject({
  reviewer: text(100),
  state: text(40).describe(
    'approved, changes_requested, commented, dismissed; asked_again after one of these.',
  ),
  previous_state: text(40).nullable().describe('Before being asked again.'),
  is_outdated: z.boolean().nullable().describe('True if commits were pushed after it.'),
  text: text(300).nullable(),
});

const ReviewThreadOutput = z.strictObject({
  comment_id: id().describe('For github_reply_to_review_comment.'),
  path: text(400),
  line: z.int().nullable().describe('Null if the line has changed since.'),
  author: text(100).nullable().describe('Of the newest comment.'),
  text: text(300).describe('The newest comment.'),
});

const FileOutput = z.strictObject({
  path: text(400),
  status: text(40),
  additions: z.int(),
  deletions: z.int(),
});

const ChecksOutput = z.strictObject({
  passed: z.int(),
  failed: z.int(),
  pending: z.int(),
  skipped: z.int(),
  cancelled: z.int(),
  failing: z.array(text(200)).describe('At most 20 names; github_explain_failed_checks says why.'),
});

export const tool = defineTool({
  connector: github,
  name: 'github_summarize_pull_request',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Summarizes a GitHub pull request: state, whether it can be merged and why not, the newest state of each reviewer and each check, changed files (first 100), and review threads (20 newest; GitHub does not say which are resolved). No diff and no comments of the conversation.',
  input: { repository, number: pullRequestNumber },
  output: {
    title: text(300),
    state: text(40).describe('open, closed or merged.'),
    is_draft: z.boolean(),
    author: text(100).nullable(),
    description: text(1_500).nullable(),
    base: text(255),
    head: text(255),
    head_sha: id().describe('Newest commit, for github_explain_failed_checks.'),
    head_repository: id().nullable().describe('A fork, or the repository itself; null if it was deleted.'),
    is_mergeable: z.boolean().nullable().describe('Null if it is not open, or not known yet.'),
    merge_state: text(40)
      .nullable()
      .describe(
        'clean, unstable (optional checks fail or run), has_hooks; blocked (a required review or check is missing), behind (update the branch first), dirty (conflicts), draft; unknown.',
      ),
    created_at: time(),
    awaits: z.array(text(100)).describe('People and teams whose review is requested.'),
    comments_count: z.int().nullable().describe('Comments of the conversation; not included.'),
    review_comments_count: z.int().nullable(),
    additions: z.int(),
    deletions: z.int(),
    changed_files: z.int(),
    url: id(),
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
