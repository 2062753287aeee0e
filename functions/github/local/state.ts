/** The role of an account in a repository, as in GitHub. */
export type Role = 'read' | 'push' | 'admin';

export interface PullRequest {
  number: number;
  title: string;
  body: string | null;
  author: string;
  state: 'open' | 'closed';
  mergedAt: string | null;
  draft: boolean;
  /**
   * `repository` is the full name of a fork. It is null if the fork was deleted, and undefined if the branch is in the
   * repository of the pull request.
   */
  head: { ref: string; sha: string; repository?: string | null };
  base: string;
  mergeable: boolean;
  mergeState: 'clean' | 'blocked' | 'behind' | 'dirty' | 'unstable';
  /** False until the first request, which makes GitHub compute whether the pull request can be merged. */
  isMergeabilityKnown: boolean;
  createdAt: string;
  requestedReviewers: string[];
  requestedTeams: string[];
  /** The author is null if the account was deleted. The commit is null after a force push. */
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
  /** Null if the line has changed since the comment was written. */
  line: number | null;
  inReplyTo: number | null;
  createdAt: string;
  /** True if the comment belongs to a review that its author has not submitted. */
  isPending?: boolean;
  /** Set only on the first comment of a thread. */
  thread?: {
    isResolved?: boolean;
    subject?: 'FILE' | 'LINE';
    /** The line numbers when the comment was written. */
    originalLine?: number;
    originalStartLine?: number;
    /** The lines of the diff, ending with the commented line. */
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

/** A check run. If GitHub Actions made the check run, its job has the same ID. */
export interface CheckRun {
  id: number;
  sha: string;
  /** The ID of the check suite. Each start of a workflow adds a check suite to the commit. */
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
  /** The earlier names of the repository. */
  formerNames: string[];
  isPrivate: boolean;
  isArchived: boolean;
  /** The role of each account. Other accounts may read the repository if it is public. */
  roles: Record<string, Role>;
  branches: Record<string, string>;
  /** Oldest first. The release of a tag contains the pull requests that were merged before `taggedAt`. */
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
  /** The number of merges, plus the number of commits by people who are not in `contributors`. */
  unlistedCommits: number;
  /** False until the first request, which makes GitHub compute the statistics. */
  hasComputedStatistics: boolean;
}

export interface GitHubState {
  /** The account of each access token. */
  tokens: Record<string, string>;
  repositories: Repository[];
  /** For each account, the IDs of the organisations whose single sign-on (SAML) the account has not used. */
  withheldOrganisations: Record<string, number[]>;
  nextId: number;
}
