import { expect, test } from 'vitest';
import { PullRequestResponse } from '../shared/pull-request.ts';
import { ReviewResponse, toReviews } from '../shared/reviews.ts';

const pull = PullRequestResponse.parse({
  title: 'A change',
  state: 'open',
  user: { login: 'octocat' },
  base: { ref: 'main' },
  head: { ref: 'x', sha: 'abc1234' },
  created_at: '2026-11-20T10:00:00Z',
  requested_reviewers: [{ login: 'asked' }, null],
  additions: 0,
  deletions: 0,
  changed_files: 0,
  html_url: 'https://github.com/a/b/pull/1',
});
const reviewsOf = (given: readonly object[]) =>
  toReviews(
    given.map((review) => ReviewResponse.parse(review)),
    pull,
  );

// https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/about-pull-request-reviews
test.each([
  ['the last of two verdicts', ['APPROVED', 'CHANGES_REQUESTED'], 'changes_requested'],
  ['an approval if only a comment follows', ['APPROVED', 'COMMENTED'], 'approved'],
  ['requested changes if only a comment follows', ['CHANGES_REQUESTED', 'COMMENTED'], 'changes_requested'],
  ['an approval that follows a comment', ['COMMENTED', 'APPROVED'], 'approved'],
  ['a comment if the reviewer only commented', ['COMMENTED', 'COMMENTED'], 'commented'],
  ['a dismissal that follows an approval', ['APPROVED', 'DISMISSED'], 'dismissed'],
  ['an approval that follows a dismissal', ['DISMISSED', 'APPROVED', 'COMMENTED'], 'approved'],
  ['no state if the review is not submitted', ['PENDING'], undefined],
])('as the state of a reviewer, toReviews returns %s', (_, states, state) => {
  const reviews = reviewsOf(states.map((given) => ({ user: { login: 'hubot' }, state: given })));

  expect(reviews.map((review) => review.state)).toEqual(state === undefined ? [] : [state]);
});

test('toReviews sorts reviews by time if the list has another order', () => {
  const reviews = reviewsOf([
    { user: { login: 'hubot' }, state: 'APPROVED', submitted_at: '2026-11-20T12:00:00Z' },
    { user: { login: 'hubot' }, state: 'CHANGES_REQUESTED', submitted_at: '2026-11-20T11:00:00Z' },
  ]);

  expect(reviews).toMatchObject([{ state: 'approved' }]);
});

test('toReviews leaves out reviews by the author of the pull request', () => {
  const reviews = reviewsOf([
    { user: { login: 'octocat' }, state: 'COMMENTED' },
    { user: { login: 'hubot' }, state: 'COMMENTED' },
  ]);

  expect(reviews).toMatchObject([{ reviewer: 'hubot' }]);
});

test.each([
  ['APPROVED', 'approved'],
  ['CHANGES_REQUESTED', 'changes_requested'],
])('toReviews returns asked_again if a reviewer is requested again after %s', (state, previous_state) => {
  const reviews = reviewsOf([{ user: { login: 'asked' }, state }]);

  expect(reviews).toMatchObject([{ reviewer: 'asked', state: 'asked_again', previous_state }]);
});

test.each([
  ['the newest commit', { commit_id: 'abc1234' }, false],
  ['an older commit', { commit_id: 'def5678' }, true],
  ['a commit that a force push removed', { commit_id: null }, true],
  ['a commit that GitHub does not name', {}, null],
])('toReviews returns is_outdated: $2 for a review of %s', (_, commit, is_outdated) => {
  expect(reviewsOf([{ user: { login: 'hubot' }, state: 'APPROVED', ...commit }])).toMatchObject([
    { is_outdated },
  ]);
});

test('toReviews does not merge the reviews of two deleted accounts', () => {
  const reviews = reviewsOf([
    { user: null, state: 'CHANGES_REQUESTED' },
    { user: { login: 'ghost' }, state: 'APPROVED' },
  ]);

  expect(reviews).toMatchObject([
    { reviewer: 'ghost', state: 'changes_requested' },
    { reviewer: 'ghost', state: 'approved' },
  ]);
});
