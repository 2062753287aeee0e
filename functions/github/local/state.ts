/** The state of the local GitHub. Its routes read and change it. */
export type Role = 'read' | 'push' | 'admin';

export interface PullRequest {
  number: number;
  title: string;
  body: string | null;
  author: string;
  state: 'open' | 'closed';
  mergedAt: string | null;
  draft: boolean;
  /** `repository` is the full name of a fork, null if the fork was deleted, and undefined for the repository itself. */
  head: { ref: string; sha: string; repository?: string | null };
  base: string;
  mergeable: boolean;
  mergeState: 'clean' | 'blocked' | 'behind' | 'dirty' | 'unstable';
  /** GitHub computes whether a pull request can be merged on the first request. */
  isMergeabilityKnown: boolean;
  createdAt: string;
  requestedReviewers: string[];
  requestedTeams: string[];
  /** The author is null if the account was deleted, the commit is null after a force push. */
  reviews: {
    id: number;
    author: string | null;
    state: string;
    body: string;
    submittedAt: string;
    commit: string | null;
  }[];
  files: { filename: string; status: string; additions: number; deletions: number; patch: string }[];
  comments: ReviewComment[];
}

export interface ReviewComment {
  id: number;
  /** Null if the account was deleted. */
  author: string | null;
  body: string;
  path: string;
  /** Null if the line has changed since. */
  line: number | null;
  inReplyTo: number | null;
  createdAt: string;
  /** True if it belongs to a review that its author has not submitted. */
  isPending?: boolean;
  /** On the first comment of a thread. */
  thread?: {
    isResolved?: boolean;
    subject?: 'FILE' | 'LINE';
    /** The lines when the comment was written. */
    originalLine?: number;
    originalStartLine?: number;
    /** The lines of the diff down to the commented one. */
    hunk?: string;
  };
}

interface Annotation {
  path: string;
  line: number;
  level: 'notice' | 'warning' | 'failure';
  title: string | null;
  message: string;
}

/** A check run. For GitHub Actions, the job has the same ID. */
export interface CheckRun {
  id: number;
  sha: string;
  /** Each start of a workflow adds one to the commit. */
  suite: number;
  startedAt: string;
  name: string;
  app: string;
  status: string;
  conclusion: string | null;
  summary: string | null;
  annotations: Annotation[];
  job: { runId: number; steps: { name: string; conclusion: string | null }[] } | null;
}

export interface WorkflowRun {
  id: number;
  suite: number;
  workflow: number;
  event: string;
  name: string;
  branch: string;
  sha: string;
  status: string;
  conclusion: string | null;
  attempt: number;
  createdAt: string;
}

interface TrafficDay {
  day: string;
  count: number;
  uniques: number;
}

export interface Repository {
  id: number;
  owner: string;
  name: string;
  /** Its former names. */
  formerNames: string[];
  isPrivate: boolean;
  isArchived: boolean;
  /** The rights of accounts. All others may read a public repository. */
  roles: Record<string, Role>;
  branches: Record<string, string>;
  /** The oldest first. A tag contains the pull requests that were merged before its time. */
  tags: { name: string; sha: string; taggedAt: string }[];
  pulls: PullRequest[];
  checkRuns: CheckRun[];
  statuses: { sha: string; context: string; state: string; description: string; url: string }[];
  workflowRuns: WorkflowRun[];
  traffic: {
    views: TrafficDay[];
    clones: TrafficDay[];
    referrers: { referrer: string; count: number; uniques: number }[];
    paths: { path: string; title: string; count: number; uniques: number }[];
  };
  /** Empty if the repository has no commits. */
  contributors: { login: string; weeks: { week: string; a: number; d: number; c: number }[] }[];
  /** Merges, and commits of people who are not listed. */
  unlistedCommits: number;
  /** GitHub computes statistics on the first request. */
  hasComputedStatistics: boolean;
}

export interface GitHubState {
  /** Accounts by access token. */
  tokens: Record<string, string>;
  repositories: Repository[];
  /** For each account, the IDs of the organisations whose single sign-on (SAML) it has not passed. */
  withheldOrganisations: Record<string, number[]>;
  nextId: number;
}
