import { id, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { type CommitCheck, countStates } from './commit-checks.ts';
import type { PullRequest, Reviews } from './pull-request.ts';

const Review = z.strictObject({ reviewer: text(100), state: text(40) });
const File = z.strictObject({ path: text(400), status: text(40), additions: z.int(), deletions: z.int() });
const Checks = z.strictObject({
  passed: z.int(),
  failed: z.int(),
  pending: z.int(),
  skipped: z.int(),
  cancelled: z.int(),
  failing: z.array(text(200)),
});

/** The fields of a pull request's summary; the functions below fill them in. */
export const summary = {
  title: text(300),
  state: text(40),
  is_draft: z.boolean(),
  author: text(100).nullable(),
  description: text(1_500).nullable(),
  base: text(255),
  head: text(255),
  is_mergeable: z.boolean().nullable(),
  created_at: time(),
  awaits: z.array(text(100)),
  additions: z.int(),
  deletions: z.int(),
  changed_files: z.int(),
  url: id(),
  reviews: z.array(Review),
  files: z.array(File),
  checks: Checks,
  is_complete: z.boolean().describe('False with more reviews or checks than could be read.'),
};

export const summaryExample = {
  title: 'Amazing new feature',
  state: 'open',
  is_draft: false,
  author: 'octocat',
  description: 'Please pull these awesome changes in!',
  base: 'main',
  head: 'new-topic',
  is_mergeable: true,
  created_at: '2011-01-26T19:01:12Z',
  awaits: ['other_user'],
  additions: 100,
  deletions: 3,
  changed_files: 1,
  url: 'https://github.com/octocat/Hello-World/pull/1347',
  reviews: [{ reviewer: 'hubot', state: 'approved' }],
  files: [{ path: 'file1.txt', status: 'added', additions: 100, deletions: 3 }],
  checks: { passed: 4, failed: 1, pending: 0, skipped: 0, cancelled: 0, failing: ['lint'] },
  is_complete: true,
};

export function describePullRequest(pull: z.output<typeof PullRequest>) {
  const { user, body, base, head, requested_reviewers, requested_teams, ...rest } = pull;
  return {
    title: rest.title,
    state: rest.merged ? 'merged' : rest.state,
    is_draft: rest.draft ?? false,
    author: user?.login ?? null,
    description: body || null,
    base: base.ref,
    head: head.ref,
    is_mergeable: rest.mergeable ?? null,
    created_at: rest.created_at,
    awaits: [
      ...(requested_reviewers ?? []).map(({ login }) => login),
      ...(requested_teams ?? []).map(({ slug }) => slug),
    ],
    additions: rest.additions,
    deletions: rest.deletions,
    changed_files: rest.changed_files,
    url: rest.html_url,
  };
}

// A comment leaves an earlier verdict as it was, and a pending review is not sent yet.
const VERDICTS = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);

/**
 * What each reviewer said last.
 * @param reviews the first one first
 */
export function latestReviews(reviews: z.output<typeof Reviews>): { reviewer: string; state: string }[] {
  const states = new Map<string, string>();
  for (const { user, state } of reviews) {
    const reviewer = user?.login ?? 'ghost';
    if (VERDICTS.has(state) || (state !== 'PENDING' && !states.has(reviewer))) {
      states.set(reviewer, state.toLowerCase());
    }
  }
  return [...states].map(([reviewer, state]) => ({ reviewer, state }));
}

// More names than anyone reads would only take the place of the files.
const FAILING_NAMES_MAX = 20;

export function describeChecks(checks: readonly CommitCheck[]): z.input<typeof Checks> {
  const failing = checks.filter(({ state }) => state === 'failed').map(({ name }) => name);
  return { ...countStates(checks), failing: failing.slice(0, FAILING_NAMES_MAX) };
}
