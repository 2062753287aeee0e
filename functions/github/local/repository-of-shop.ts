import { createHash } from 'node:crypto';
import type { PullRequest, Repository } from './state.ts';

/** Returns a commit hash that is derived from a text. */
export function sha(what: string): string {
  return createHash('sha1').update(what).digest('hex');
}

/** Returns an empty repository of the shop in which the given fields are replaced. */
export function shopRepository(given: Pick<Repository, 'id' | 'name' | 'roles'> & Partial<Repository>) {
  const empty: Repository = {
    ...given,
    owner: 'harbor-bikes',
    formerNames: [],
    isPrivate: true,
    isArchived: false,
    branches: {},
    tags: [],
    pulls: [],
    checkRuns: [],
    statuses: [],
    workflowRuns: [],
    traffic: { views: [], clones: [], referrers: [], paths: [] },
    contributors: [],
    unlistedCommits: 0,
    hasComputedStatistics: false,
  };
  return { ...empty, ...given };
}

type GivenPullRequest = Pick<PullRequest, 'number' | 'title' | 'author' | 'createdAt'> & Partial<PullRequest>;

/** Returns a pull request without reviews in which the given fields are replaced. */
export function pullRequest(given: GivenPullRequest): PullRequest {
  return {
    body: null,
    state: given.mergedAt ? 'closed' : 'open',
    mergedAt: null,
    draft: false,
    head: { ref: `change-${given.number}`, sha: sha(given.title) },
    base: 'main',
    mergeable: true,
    mergeState: 'clean',
    isMergeabilityKnown: true,
    requestedReviewers: [],
    requestedTeams: [],
    reviews: [],
    files: [],
    comments: [],
    ...given,
  };
}
