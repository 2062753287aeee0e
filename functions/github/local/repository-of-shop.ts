import { createHash } from 'node:crypto';
import type { PullRequest, Repository } from './state.ts';

/** A commit's hash, made up from what it is. */
export function sha(what: string): string {
  return createHash('sha1').update(what).digest('hex');
}

/** A repository of the shop in which nothing has happened yet, and what is different about it. */
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

/** A pull request that nobody has looked at yet, and what is different about it. */
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
