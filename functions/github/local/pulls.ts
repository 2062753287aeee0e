import { simpleUser } from './accounts.ts';
import { type App, apiUrl, found, numberOf, type RequestContext, repositoryOf, webUrl } from './answers.ts';
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
    return context.json({ ...pullInList(repository, pull), ...detailsOf(pull) });
  });

  app.get(`${PULLS}/:number/reviews`, (context) => {
    const { repository, pull } = pullOf(context, state);
    const page = `${webUrl(repository)}/pull/${pull.number}`;
    return context.json(
      pageOf(context, pull.reviews).map(({ id, author, state, body, submittedAt }) => ({
        id,
        node_id: `PRR_${id}`,
        user: simpleUser(author),
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
        commit_id: pull.head.sha,
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

/** @throws Refused 404 */
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
  const branch = (ref: string, sha: string) => ({
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: simpleUser(repository.owner),
  });
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
    requested_teams: [],
    head: branch(pull.head.ref, pull.head.sha),
    base: branch(pull.base, repository.branches[pull.base] ?? ''),
    author_association: 'MEMBER',
    auto_merge: null,
    draft: pull.draft,
  };
}

function detailsOf({ files, mergedAt, mergeable, comments }: PullRequest) {
  return {
    merged: mergedAt !== null,
    mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
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
