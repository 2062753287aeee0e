/** What the local GitHub knows; the routes read and change it. */
export type Role = 'read' | 'push' | 'admin';

export interface PullRequest {
  number: number;
  title: string;
  body: string | null;
  author: string;
  state: 'open' | 'closed';
  mergedAt: string | null;
  draft: boolean;
  /** `repository` is the fork's full name, null if the fork was deleted, and undefined in the repository itself. */
  head: { ref: string; sha: string; repository?: string | null };
  base: string;
  mergeable: boolean;
  mergeState: 'clean' | 'blocked' | 'behind' | 'dirty' | 'unstable' | 'draft';
  /** GitHub computes whether a pull request can be merged when somebody first asks. */
  isMergeabilityKnown: boolean;
  createdAt: string;
  requestedReviewers: string[];
  requestedTeams: string[];
  /** Without an author if the account was deleted; without a commit if a push has thrown it away. */
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
}

interface Annotation {
  path: string;
  line: number;
  level: 'notice' | 'warning' | 'failure';
  title: string | null;
  message: string;
}

/** A check run; one of GitHub Actions is a job with the same ID. */
export interface CheckRun {
  id: number;
  sha: string;
  /** Each start of a workflow makes another one for the same commit. */
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
  /** Names that it had before. */
  formerNames: string[];
  isPrivate: boolean;
  isArchived: boolean;
  /** Of each account that has any; with a public repository everybody else may read. */
  roles: Record<string, Role>;
  branches: Record<string, string>;
  /** The oldest first, each with the time up to which the pull requests merged before belong to it. */
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
  /** Merges, and the commits of people who are not listed. */
  unlistedCommits: number;
  /** Statistics are computed when somebody first asks for them. */
  hasComputedStatistics: boolean;
}

export interface GitHubState {
  /** The account of each access token. */
  tokens: Record<string, string>;
  repositories: Repository[];
  /** The organisations with single sign-on (SAML) that each account has not passed, by their IDs. */
  withheldOrganisations: Record<string, number[]>;
  nextId: number;
}
