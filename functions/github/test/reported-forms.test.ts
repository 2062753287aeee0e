import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Tool } from '../../../lib/contract/define-tool.ts';
import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { tool as explain } from '../explain-failed-checks.ts';
import { tool as contributors } from '../get-contributor-stats.ts';
import { tool as queue } from '../list-review-queue.ts';
import { tool as threads } from '../list-review-threads.ts';
import { tool as reply } from '../reply-to-review-comment.ts';
import { tool as rerun } from '../rerun-failed-jobs.ts';
import { tool as summarize } from '../summarize-pull-request.ts';
import { byPath, examples, officially } from './by-path.ts';
import { useGitHub } from './use-github.ts';

// Responses in formats that GitHub documents or that users of its API have reported. Each case links to its source.

const repository = 'octocat/Hello-World';
const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
const EARLY = '2026-05-12T10:00:00Z';
const LATE = '2026-05-12T11:00:00Z';
const Pull = z.looseObject({ base: z.looseObject({ repo: z.looseObject({}) }) });
const official = Pull.parse(examples['/pulls/1347']);

const run = (id: number, conclusion: string | null, more: object = {}) => ({
  id,
  name: 'build',
  head_sha: SHA,
  status: conclusion === null ? 'in_progress' : 'completed',
  conclusion,
  started_at: EARLY,
  check_suite: { id },
  app: { slug: 'github-actions' },
  ...more,
});
const workflowRun = (id: number, conclusion: string | null, more: object = {}) => ({
  id,
  name: 'CI',
  event: 'pull_request',
  workflow_id: 7,
  check_suite_id: id,
  status: conclusion === null ? 'in_progress' : 'completed',
  conclusion,
  run_started_at: EARLY,
  html_url: `https://github.com/octocat/Hello-World/actions/runs/${id}`,
  ...more,
});
const checks = (
  check_runs: object[],
  statuses: object[] = [],
  workflow_runs: object[] = [],
): Record<string, ScriptedAnswer> => ({
  '/check-runs': { body: { total_count: check_runs.length, check_runs } },
  '/status': { body: { sha: SHA, state: 'pending', statuses } },
  '/actions/runs': { body: { total_count: workflow_runs.length, workflow_runs } },
});
const refusal = (message: string, more: object = {}) => ({
  message,
  documentation_url: 'https://docs.github.com/rest',
  ...more,
});

describe('with responses that users reported,', () => {
  const github = useGitHub();

  const call = (tool: Tool, input: object, answers: Record<string, ScriptedAnswer>) => {
    github.bed.provider.script = officially(answers);
    return github.bed.environment(tool)({ input: { repository, ...input } });
  };
  const summaryOf = (answers: Record<string, ScriptedAnswer>) => call(summarize, { number: 1347 }, answers);
  const pullWith = (more: object): Record<string, ScriptedAnswer> => ({
    '/pulls/1347': {
      body: { ...official, state: 'open', mergeable: true, mergeable_state: 'clean', ...more },
    },
  });

  test.each<[what: string, answers: Record<string, ScriptedAnswer>, expected: object]>([
    // https://github.com/QwenLM/qwen-code/pull/6790
    [
      'one failed check for a job that could not start',
      checks([run(1, 'startup_failure')]),
      { failed: 1, failing: ['build'] },
    ],
    // If a workflow did not start, it has no check run: https://github.com/nodejs/node-core-utils/pull/1170
    [
      'one failed check for a workflow that did not start',
      checks(
        [run(1, 'success')],
        [],
        [workflowRun(1, 'success'), workflowRun(2, 'startup_failure', { workflow_id: 8, name: 'Release' })],
      ),
      { passed: 1, failed: 1, failing: ['Release'] },
    ],
    // https://docs.github.com/en/actions/how-tos/manage-workflow-runs/approve-runs-from-forks
    [
      'one failed check for a workflow that waits for an approval',
      checks([], [], [workflowRun(2, 'action_required')]),
      { passed: 0, failed: 1, failing: ['CI'] },
    ],
    // https://docs.github.com/en/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs
    [
      'one passed check for a workflow that started at the second attempt',
      checks(
        [run(3, 'success', { check_suite: { id: 3 } })],
        [],
        [workflowRun(2, 'startup_failure'), workflowRun(3, 'success', { run_started_at: LATE })],
      ),
      { passed: 1, failed: 0 },
    ],
    // If a run did not start, all its jobs can be skipped: https://github.com/nodejs/node-core-utils/pull/1170
    [
      'one skipped check for a workflow that did not start and whose only job was skipped',
      checks([run(2, 'skipped')], [], [workflowRun(2, 'startup_failure')]),
      { failed: 0, skipped: 1 },
    ],
    // Only GitHub sets `stale`, after 14 days:
    // https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-checks
    [
      'one pending check for a check that never ended',
      checks([run(1, 'stale')]),
      { pending: 1, failed: 0, passed: 0 },
    ],
    // https://github.com/Azure/azure-sdk-tools/pull/1069
    [
      'one skipped check for a neutral result of another app',
      checks([run(1, 'neutral', { app: { slug: 'azure-pipelines' } }), run(2, 'success')]),
      { skipped: 1, passed: 1, failed: 0 },
    ],
    // https://github.com/Shopify/shipit-engine/pull/1103
    [
      'one skipped check for a job whose condition is false',
      checks([run(1, 'skipped')]),
      { skipped: 1, failed: 0 },
    ],
    // https://github.com/chdsbd/kodiak/pull/352
    [
      'one cancelled check for a cancelled job without a newer run',
      checks([run(1, 'cancelled')]),
      { cancelled: 1, passed: 0 },
    ],
    // https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
    [
      'two checks if a check run and a status have the same name',
      checks(
        [run(1, 'success', { name: 'ci/circleci: build', app: { slug: 'circleci-checks' } })],
        [{ id: 1, context: 'ci/circleci: build', state: 'error', updated_at: EARLY }],
      ),
      { passed: 1, failed: 1, failing: ['ci/circleci: build'] },
    ],
    // A job with the status `waiting` waits for an environment:
    // https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_job
    [
      'one pending check for a deployment that waits for a review',
      checks([run(1, null, { status: 'waiting' })]),
      { pending: 1 },
    ],
  ])('github_summarize_pull_request counts %s', async (_, answers, expected) => {
    expect((await summaryOf(answers)).json).toMatchObject({ checks: expected });
  });

  // https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/about-status-checks#check-statuses-and-conclusions
  // https://github.com/orgs/community/discussions/200011
  // https://docs.github.com/en/actions/how-tos/manage-workflow-runs/approve-runs-from-forks
  test.each([
    ['startup_failure', 'failed during startup'],
    ['action_required', 'approval'],
    ['failure', 'no job ran'],
  ])(
    'github_explain_failed_checks explains a workflow with the conclusion %s and no jobs',
    async (conclusion, meaning) => {
      const { json } = await call(
        explain,
        { ref: 'main' },
        checks([], [], [workflowRun(2, conclusion, { updated_at: LATE })]),
      );

      expect(json).toMatchObject({
        failed: 1,
        failed_checks: [
          {
            name: 'CI',
            conclusion,
            summary: expect.stringContaining(meaning),
            completed_at: LATE,
            run_id: '2',
            url: 'https://github.com/octocat/Hello-World/actions/runs/2',
          },
        ],
        is_complete: true,
      });
    },
  );

  // Apps send the times of their checks: https://docs.github.com/en/rest/checks/runs#create-a-check-run
  test.each([undefined, null, '0001-01-01T00:00:00Z'])(
    'github_explain_failed_checks returns no time for a check with the time %j',
    async (time) => {
      const { json } = await call(
        explain,
        { ref: 'main' },
        checks(
          [run(1, 'failure', { completed_at: time, app: { slug: 'octoapp' } })],
          [{ id: 1, context: 'ci/circleci: build', state: 'error', updated_at: time }],
        ),
      );

      expect(json).toMatchObject({ failed_checks: [{ completed_at: null }, { completed_at: null }] });
    },
  );

  test.each<[what: string, pull: object, expected: object]>([
    // This pull request is from GitHub's example of the event `converted_to_draft`:
    // https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request
    [
      'false for a draft whose merge state is clean',
      { draft: true },
      { is_mergeable: false, merge_state: 'draft', is_draft: true },
    ],
    [
      'false for a draft with failed optional checks',
      { draft: true, mergeable_state: 'unstable' },
      { is_mergeable: false, merge_state: 'draft' },
    ],
    [
      'false for a draft with conflicts',
      { draft: true, mergeable: false, mergeable_state: 'dirty' },
      { is_mergeable: false, merge_state: 'dirty' },
    ],
    // https://github.com/Mergifyio/mergify/pull/1348
    [
      'false for an archived repository',
      { base: { ...official.base, repo: { ...official.base.repo, archived: true } } },
      { is_mergeable: false },
    ],
    // A merge queue also has the state `blocked`: https://github.com/kdlbs/kandev/pull/2755
    [
      'false if the merge state is blocked',
      { mergeable_state: 'blocked' },
      { is_mergeable: false, merge_state: 'blocked' },
    ],
    // https://github.com/gitbutlerapp/gitbutler/pull/3389
    ['true if only optional checks failed', { mergeable_state: 'unstable' }, { is_mergeable: true }],
    // https://docs.github.com/en/graphql/reference/enums#mergestatestatus
    ['true if hooks run before a merge', { mergeable_state: 'has_hooks' }, { is_mergeable: true }],
    [
      'null for an unknown merge state',
      { mergeable_state: 'queued' },
      { is_mergeable: null, merge_state: 'queued' },
    ],
  ])('github_summarize_pull_request returns is_mergeable: %s', async (_, pull, expected) => {
    expect((await summaryOf(pullWith(pull))).json).toMatchObject(expected);
  });

  const copilot = { login: 'copilot-pull-request-reviewer[bot]', id: 175728472 };
  test.each<[what: string, pull: object, reviews: object[], expected: object[]]>([
    // The API calls this bot `Copilot` in the list of requested reviewers: https://github.com/grafana/beyla/pull/2752
    [
      'asked_again for a bot that is requested again under another name',
      { requested_reviewers: [{ login: 'Copilot', id: 175728472 }] },
      [{ id: 1, user: copilot, state: 'COMMENTED', commit_id: SHA, submitted_at: EARLY }],
      [{ reviewer: copilot.login, state: 'asked_again', previous_state: 'commented' }],
    ],
    // A deleted account becomes `ghost`:
    // https://docs.github.com/en/account-and-profile/concepts/personal-account-management
    [
      'changes_requested for a deleted reviewer and a deleted author',
      { user: { login: 'ghost', id: 10137 } },
      [{ id: 1, user: { login: 'ghost', id: 10137 }, state: 'CHANGES_REQUESTED', submitted_at: EARLY }],
      [{ reviewer: 'ghost', state: 'changes_requested' }],
    ],
    // A review applies to the commit that the reviewer saw: https://github.com/peters/horizon/pull/673
    [
      'is_outdated: true for an approval of an older commit',
      { head: { ...z.looseObject({}).parse(official.head), sha: 'f'.repeat(40) } },
      [{ id: 1, user: { login: 'hubot', id: 2 }, state: 'APPROVED', commit_id: SHA, submitted_at: EARLY }],
      [{ reviewer: 'hubot', state: 'approved', is_outdated: true }],
    ],
    // https://docs.github.com/en/rest/pulls/reviews#dismiss-a-review-for-a-pull-request
    [
      'dismissed for a dismissed approval and a later comment',
      {},
      [
        { id: 1, user: { login: 'hubot', id: 2 }, state: 'DISMISSED', commit_id: SHA, submitted_at: EARLY },
        { id: 2, user: { login: 'hubot', id: 2 }, state: 'COMMENTED', commit_id: SHA, submitted_at: LATE },
      ],
      [{ reviewer: 'hubot', state: 'dismissed' }],
    ],
  ])('github_summarize_pull_request returns %s', async (_, pull, reviews, expected) => {
    const { json } = await summaryOf({ ...pullWith(pull), '/pulls/1347/reviews': { body: reviews } });

    expect(json).toMatchObject({ reviews: expected });
  });

  test.each<[what: string, pull: object, expected: object]>([
    // https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request
    [
      'a deleted fork',
      { head: { label: 'octocat:x', ref: 'x', sha: SHA, user: null, repo: null } },
      { head_sha: SHA, head: 'x', head_repository: null },
    ],
    // https://docs.github.com/en/rest/pulls/review-requests#request-reviewers-for-a-pull-request
    [
      'a person and a team as requested reviewers',
      { requested_reviewers: [{ login: 'other_user' }], requested_teams: [{ slug: 'justice-league' }] },
      { awaits: ['other_user', 'justice-league'] },
    ],
    // The author of this pull request is a bot, as in the examples of https://github.com/octokit/webhooks
    [
      'a bot as the author',
      { user: { login: 'dependabot[bot]', type: 'Bot' }, body: null },
      { author: 'dependabot[bot]', description: null },
    ],
    [
      'seven review comments and three other comments',
      { review_comments: 7, comments: 3 },
      { review_comments_count: 7, comments_count: 3 },
    ],
  ])('github_summarize_pull_request summarizes a pull request with %s', async (_, pull, expected) => {
    expect((await summaryOf(pullWith(pull))).json).toMatchObject(expected);
  });

  const annotation = (more: object) => ({
    path: 'src/a.ts',
    start_line: 7,
    end_line: 7,
    annotation_level: 'failure',
    ...more,
  });
  test.each<[what: string, check: object, annotations: object[], expected: object]>([
    // The message of an annotation can be null: https://docs.github.com/en/rest/checks/runs#list-check-run-annotations
    [
      'a failure that has only a title',
      { output: { annotations_count: 1 } },
      [annotation({ message: null, title: 'Type error', raw_details: null })],
      { annotations: [{ path: 'src/a.ts', line: 7, message: 'Type error' }] },
    ],
    [
      'a failure that has only details',
      { output: { annotations_count: 1 } },
      [annotation({ message: '', title: '', raw_details: 'Expected 200, got 401' })],
      { annotations: [{ message: 'Expected 200, got 401' }] },
    ],
    // GitHub's example of a check has a title, a summary and a text:
    // https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_run
    [
      'a check that gives the reason only in its text',
      { output: { title: 'Report', summary: '', text: 'Line 4 is not covered.', annotations_count: 0 } },
      [],
      { summary: 'Line 4 is not covered.' },
    ],
    // If a workflow command has no file, the path is `.github`:
    // https://github.com/actions/toolkit/blob/main/docs/commands.md
    [
      'a failure of a runner',
      { output: { annotations_count: 1 } },
      [annotation({ path: '.github', message: 'The runner has lost communication with the server.' })],
      { annotations: [{ path: '.github', message: 'The runner has lost communication with the server.' }] },
    ],
  ])('github_explain_failed_checks explains %s', async (_, check, annotations, expected) => {
    const failed = run(4, 'failure', { app: { slug: 'some-linter' }, ...check });
    const { json } = await call(
      explain,
      { ref: 'main' },
      { ...checks([failed]), '/annotations': { body: annotations } },
    );

    expect(json).toMatchObject({ failed_checks: [expected], is_complete: true });
  });

  // An app with fewer rights can see only the check:
  // https://docs.github.com/en/rest/checks/runs#list-check-run-annotations
  test('github_explain_failed_checks lists checks whose annotations cannot be read', async () => {
    const failed = [run(4, 'failure'), run(5, 'failure', { name: 'lint', app: { slug: 'some-linter' } })];
    const { json } = await call(
      explain,
      { ref: 'main' },
      {
        ...checks(failed),
        '/annotations': { status: 403, body: refusal('Resource not accessible by integration') },
      },
    );

    expect(json).toMatchObject({
      failed: 2,
      failed_checks: [{ name: 'build' }, { name: 'lint' }],
      is_complete: false,
    });
  });

  // Two requests read the commit, and each of them can fail first:
  // https://docs.github.com/en/rest/commits/statuses
  test('github_explain_failed_checks returns not_found if the request for statuses finds no commit', async () => {
    const { error } = await call(
      explain,
      { ref: 'nope' },
      {
        '/status': { status: 422, body: refusal('No commit found for SHA: nope') },
      },
    );

    expect(error).toMatchObject({ code: 'not_found' });
  });

  const partial = { 'x-github-sso': 'partial-results; organizations=21955855,20582480' };
  test.each<[what: string, answers: Record<string, ScriptedAnswer>]>([
    // https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#using-saml-sso
    [
      'if GitHub left out organisations',
      {
        '/search/issues': {
          headers: partial,
          body: { total_count: 0, incomplete_results: false, items: [] },
        },
      },
    ],
    // https://docs.github.com/en/rest/search/search#timeouts-and-incomplete-results
    [
      'after a search that timed out',
      { '/search/issues': { body: { total_count: 0, incomplete_results: true, items: [] } } },
    ],
    // https://docs.github.com/en/rest/search/search#about-search
    [
      'if there are more than 1,000 results',
      { '/search/issues': { body: { total_count: 1_001, incomplete_results: false, items: [] } } },
    ],
  ])('github_list_review_queue returns is_complete: false %s', async (_, answers) => {
    github.bed.provider.script = byPath(answers);

    expect((await github.bed.environment(queue)({ input: {} })).json).toMatchObject({ is_complete: false });
  });

  test.each<[what: string, body: object, expected: object]>([
    // https://github.com/orgs/community/discussions/24603
    [
      'a required single sign-on with SAML',
      {
        data: { repository: null },
        errors: [
          {
            type: 'FORBIDDEN',
            path: ['repository'],
            extensions: { saml_failure: true },
            message:
              'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.',
          },
        ],
      },
      { code: 'permission_denied', message: expect.stringContaining('SAML') },
    ],
    // https://github.com/cli/cli/issues/4801
    [
      'a hidden repository',
      {
        data: { repository: null },
        errors: [
          {
            type: 'NOT_FOUND',
            path: ['repository'],
            message: "Could not resolve to a Repository with the name 'octocat/Hello-World'.",
          },
        ],
      },
      { code: 'not_found' },
    ],
    // https://github.com/github/github-mcp-server/issues/748
    [
      'an organisation that rejects the IP address',
      {
        data: { repository: null },
        errors: [
          {
            type: 'FORBIDDEN',
            path: ['repository'],
            message:
              'Although you appear to have the correct authorization credentials, the `octo-org` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
          },
        ],
      },
      { code: 'permission_denied', message: expect.stringContaining('IP') },
    ],
  ])('github_list_review_threads reports %s', async (_, body, expected) => {
    const { error } = await call(threads, { number: 1347 }, { '/graphql': { body } });

    expect(error).toMatchObject(expected);
  });

  const failedEntry = (message: string) => ({
    resource: 'PullRequestReviewComment',
    code: 'unprocessable',
    field: 'data',
    message,
  });
  test.each<[what: string, answer: ScriptedAnswer, expected: object]>([
    // https://docs.github.com/en/rest/pulls/comments#create-a-reply-for-a-review-comment
    [
      'a pending review that GitHub reports as a text',
      {
        status: 422,
        body: refusal('Validation Failed', {
          errors: ['User can only have one pending review per pull request'],
        }),
      },
      { code: 'conflict' },
    ],
    // https://github.com/odoo/runbot/issues/127
    [
      'a blocked user',
      { status: 422, body: refusal('Validation Failed', { errors: [failedEntry('User is blocked')] }) },
      { code: 'permission_denied', details: [] },
    ],
    // https://github.com/openshift/ci-operator/issues/136
    [
      'a blocked user whom GitHub reports as a text',
      { status: 422, body: refusal('Validation Failed', { errors: ['User is blocked'] }) },
      { code: 'permission_denied', details: [] },
    ],
    // https://github.com/k0shk0sh/FastHub/issues/1782
    [
      'a repository that limits comments',
      {
        status: 422,
        body: refusal('Validation Failed', {
          errors: [
            failedEntry('Interactions on this repository have been restricted to prior contributors only'),
          ],
        }),
      },
      { code: 'permission_denied', details: [] },
    ],
    // https://github.com/cli/cli/issues/4801
    [
      'too many comments within a short time',
      {
        status: 422,
        body: refusal('Validation Failed', { errors: [failedEntry('was submitted too quickly')] }),
      },
      { code: 'rate_limited', details: [], retryable: true },
    ],
    // https://docs.github.com/en/communities/moderating-comments-and-conversations/locking-conversations
    [
      'a locked conversation',
      { status: 403, body: refusal('Unable to create comment because issue is locked.') },
      { code: 'conflict' },
    ],
    // https://github.com/caarlos0/fork-cleaner/issues/99
    [
      'a repository that GitHub has blocked',
      {
        status: 403,
        body: {
          message: 'Repository access blocked',
          block: { reason: 'tos', html_url: 'https://github.com/tos' },
        },
      },
      { code: 'rejected_by_provider' },
    ],
    // https://github.com/PyGithub/PyGithub/issues/1015
    [
      'a repository that is unavailable',
      { status: 403, body: { message: 'Repository access blocked', block: { reason: 'unavailable' } } },
      { code: 'rejected_by_provider' },
    ],
    // https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed
    [
      'a text that is too long',
      {
        status: 422,
        body: refusal('Validation Failed', {
          errors: [
            {
              resource: 'PullRequestReviewComment',
              code: 'custom',
              field: 'body',
              message: 'body is too long (maximum is 65536 characters)',
            },
          ],
        }),
      },
      { code: 'rejected_by_provider', details: [{ path: 'body' }] },
    ],
    // https://github.com/github/github-mcp-server/issues/748
    [
      'an IP address that is not allowed',
      {
        status: 403,
        body: refusal(
          'Although you appear to have the correct authorization credentials, the `octo-org` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
        ),
      },
      { code: 'permission_denied', message: expect.stringContaining('IP') },
    ],
  ])(
    'github_reply_to_review_comment reports the reason for a failed reply: %s',
    async (_, answer, expected) => {
      const { error } = await call(reply, { comment_id: '10', body: 'Fixed.' }, { '/replies': answer });

      expect(error).toMatchObject(expected);
    },
  );

  const week = (a: number, d: number, c: number) => ({ w: 1_767_484_800, a, d, c });
  const commits = (last: number): ScriptedAnswer => ({
    headers: {
      link: `<https://api.github.com/repositories/1/commits?per_page=1&page=2>; rel="next", <https://api.github.com/repositories/1/commits?per_page=1&page=${last}>; rel="last"`,
    },
    body: [{ sha: SHA }],
  });
  test.each<[what: string, statistics: ScriptedAnswer, all: ScriptedAnswer, expected: object]>([
    // https://docs.github.com/en/rest/metrics/statistics#get-all-contributor-commit-activity
    [
      'no line counts for a repository with 12,000 commits',
      { body: [{ author: { login: 'octocat' }, total: 40, weeks: [week(0, 0, 40)] }] },
      commits(12_000),
      { contributors: [{ additions: null, deletions: null }] },
    ],
    [
      'zero lines for a repository with two commits and no lines',
      { body: [{ author: { login: 'octocat' }, total: 2, weeks: [week(0, 0, 2)] }] },
      commits(2),
      { contributors: [{ additions: 0, deletions: 0 }] },
    ],
    // GitHub finds no account for a commit with an unknown email address:
    // https://docs.github.com/en/account-and-profile/how-tos/contribution-settings
    [
      'a contributor without an account',
      { body: [{ author: null, total: 2, weeks: [week(4, 1, 2)] }] },
      commits(2),
      { contributors: [{ login: null, additions: 4 }] },
    ],
    [
      'no contributor for an empty repository',
      { status: 204, body: '' },
      { status: 409, body: refusal('Git Repository is empty.') },
      { contributors: [], is_complete: true },
    ],
  ])('github_get_contributor_stats returns %s', async (_, statistics, all, expected) => {
    const { json } = await call(contributors, {}, { '/stats/contributors': statistics, '/commits': all });

    expect(json).toMatchObject(expected);
  });

  test.each<[message: string, code: string]>([
    // https://github.com/metabase/metabase/pull/70916
    ['This workflow is already running', 'conflict'],
    ['This workflow run cannot be retried', 'conflict'],
    // https://github.com/microsoft/vscode-azurestaticwebapps/issues/279
    ['This workflow run cannot be rerun', 'conflict'],
    // https://github.com/cli/cli/issues/9989
    ['Unable to retry this workflow run because it was created over a month ago', 'conflict'],
    // https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible
    ['Must have admin rights to Repository.', 'permission_denied'],
    ['Resource not accessible by personal access token', 'permission_denied'],
    ['Something new.', 'permission_denied'],
  ])('for the message “%s”, github_rerun_failed_jobs returns %s', async (message, code) => {
    const { error } = await call(
      rerun,
      { run_id: '30433642' },
      {
        '/actions/runs/30433642': {
          body: {
            ...z.looseObject({}).parse(examples['/actions/runs/30433642']),
            status: 'completed',
            conclusion: 'failure',
          },
        },
        '/rerun-failed-jobs': { status: 403, body: refusal(message) },
      },
    );

    expect(error).toMatchObject({ code });
    if (message === 'Something new.')
      expect(error).not.toMatchObject({ message: expect.stringMatching(/running|30 days/) });
  });
});
