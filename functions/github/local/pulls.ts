import { simpleUser, userOrNull } from './accounts.ts';
import {
  type App,
  apiUrl,
  found,
  fullName,
  loginOf,
  numberOf,
  type RequestContext,
  repositoryOf,
  webUrl,
} from './answers.ts';
import { pageOf } from './paging.ts';
import type { GitHubState, PullRequest, Repository } from './state.ts';

const PULLS = '/repos/:owner/:repo/pulls';

/** https://docs.github.com/en/rest/pulls */
export function pullRoutes(app: App, state: GitHubState): void {
  app.get(PULLS, (context) => {
    const repository = repositoryOf(context, state);
    const wanted = context.req.query('state') ?? 'open';
    const pulls = repository.pulls.filter((pull) => wanted === 'all' || pull.state === wanted);
    const newestFirst = [...pulls].sort((one, other) => other.number - one.number);
    return context.json(pageOf(context, newestFirst).map((pull) => pullInList(repository, pull)));
  });

  app.get(`${PULLS}/:number`, (context) => {
    const { repository, pull } = pullOf(context, state);
    const details = detailsOf(pull);
    pull.isMergeabilityKnown = true;
    return context.json({ ...pullInList(repository, pull), ...details });
  });

  app.get(`${PULLS}/:number/reviews`, (context) => {
    const { repository, pull } = pullOf(context, state);
    const page = `${webUrl(repository)}/pull/${pull.number}`;
    return context.json(
      // A review that is not submitted is visible only to its author.
      pageOf(
        context,
        pull.reviews.filter(
          ({ author, state: word }) => word !== 'PENDING' || author === loginOf(context, state),
        ),
      ).map(({ id, author, state, body, submittedAt, commit }) => ({
        id,
        node_id: `PRR_${id}`,
        user: userOrNull(author),
        body,
        state,
        html_url: `${page}#pullrequestreview-${id}`,
        pull_request_url: urlOf(repository, pull),
        author_association: 'MEMBER',
        _links: {
          html: { href: `${page}#pullrequestreview-${id}` },
          pull_request: { href: urlOf(repository, pull) },
        },
        submitted_at: submittedAt,
        commit_id: commit,
      })),
    );
  });

  app.get(`${PULLS}/:number/files`, (context) => {
    const { repository, pull } = pullOf(context, state);
    const { sha } = pull.head;
    return context.json(
      pageOf(context, pull.files).map(({ filename, ...file }) => ({
        sha: sha.split('').reverse().join(''),
        filename,
        ...file,
        changes: file.additions + file.deletions,
        blob_url: `${webUrl(repository)}/blob/${sha}/${filename}`,
        raw_url: `${webUrl(repository)}/raw/${sha}/${filename}`,
        contents_url: `${apiUrl(repository)}/contents/${filename}?ref=${sha}`,
      })),
    );
  });
}

/** @throws GitHubError 404 */
export function pullOf(context: RequestContext, state: GitHubState) {
  const repository = repositoryOf(context, state);
  const number = numberOf(context, 'number');
  const pull = found(
    repository.pulls.find((candidate) => candidate.number === number),
    '/pulls/pulls#get-a-pull-request',
  );
  return { repository, pull };
}

export const urlOf = (repository: Repository, pull: PullRequest) =>
  `${apiUrl(repository)}/pulls/${pull.number}`;

function pullInList(repository: Repository, pull: PullRequest) {
  const url = urlOf(repository, pull);
  const page = `${webUrl(repository)}/pull/${pull.number}`;
  return {
    url,
    id: repository.id * 1_000 + pull.number,
    node_id: `PR_${pull.number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    issue_url: `${apiUrl(repository)}/issues/${pull.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${apiUrl(repository)}/pulls/comments{/number}`,
    comments_url: `${apiUrl(repository)}/issues/${pull.number}/comments`,
    statuses_url: `${apiUrl(repository)}/statuses/${pull.head.sha}`,
    patch_url: `${page}.patch`,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: simpleUser(pull.author),
    body: pull.body,
    labels: [],
    milestone: null,
    created_at: pull.createdAt,
    updated_at: pull.createdAt,
    closed_at: pull.mergedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: null,
    assignee: null,
    requested_reviewers: pull.requestedReviewers.map(simpleUser),
    requested_teams: pull.requestedTeams.map((slug) => ({ id: slug.length, name: slug, slug })),
    head: branch(pull.head.repository === undefined ? fullName(repository) : pull.head.repository, pull.head),
    base: branch(fullName(repository), { ref: pull.base, sha: repository.branches[pull.base] ?? '' }),
    author_association: 'MEMBER',
    auto_merge: null,
    draft: pull.draft,
  };
}

/** @param repository full name of the repository, or null if it was deleted */
function branch(repository: string | null, { ref, sha }: { ref: string; sha: string }) {
  const [owner = ''] = (repository ?? '').split('/');
  return {
    label: repository === null ? `unknown repository:${ref}` : `${owner}:${ref}`,
    ref,
    sha,
    user: repository === null ? null : simpleUser(owner),
    repo:
      repository === null
        ? null
        : { full_name: repository, name: repository.split('/')[1], owner: simpleUser(owner) },
  };
}

function detailsOf({ files, mergedAt, comments, ...pull }: PullRequest) {
  const isKnown = pull.isMergeabilityKnown && pull.state === 'open';
  return {
    merged: mergedAt !== null,
    mergeable: isKnown ? pull.mergeable : null,
    mergeable_state: isKnown ? pull.mergeState : 'unknown',
    merged_by: null,
    comments: 0,
    review_comments: comments.length,
    maintainer_can_modify: false,
    commits: 1,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}
