import { simpleUser } from './accounts.ts';
import {
  type App,
  apiUrl,
  fullName,
  GitHubError,
  loginOf,
  type RequestContext,
  roleOf,
  webUrl,
} from './answers.ts';
import { pageOf } from './paging.ts';
import type { GitHubState, PullRequest, Repository } from './state.ts';

const DOCS = '/search/search#search-issues-and-pull-requests';
const RESULTS_MAX = 1_000;

interface Result {
  repository: Repository;
  pull: PullRequest;
}

/** Searches pull requests only: https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests */
export function searchRoutes(app: App, state: GitHubState): void {
  app.get('/search/issues', (context) => {
    const login = loginOf(context, state);
    const visible = state.repositories.filter((repository) => roleOf(repository, login));
    const matches = matcherOf(context.req.query('q') ?? '', login, visible);
    const results = visible
      .flatMap((repository) => repository.pulls.map((pull) => ({ repository, pull })))
      .filter(matches)
      .sort((one, other) => one.pull.createdAt.localeCompare(other.pull.createdAt));
    if (context.req.query('order') !== 'asc') results.reverse();
    assertWithinResults(context);
    const withheld = state.withheldOrganisations[login];
    if (withheld) context.header('x-github-sso', `partial-results; organizations=${withheld.join(',')}`);
    return context.json({
      total_count: results.length,
      incomplete_results: false,
      items: pageOf(context, results.slice(0, RESULTS_MAX)).map(resultAnswer),
      search_type: 'lexical',
    });
  });
}

function assertWithinResults(context: RequestContext) {
  const page = Number(context.req.query('page') ?? 1);
  const perPage = Number(context.req.query('per_page') ?? 30);
  if ((page - 1) * perPage < RESULTS_MAX) return;
  throw new GitHubError(422, 'Only the first 1000 search results are available', DOCS);
}

/**
 * Returns a function that tests a pull request against all words of a search. A word without a qualifier must be in the
 * title.
 */
function matcherOf(query: string, login: string, visible: Repository[]): (result: Result) => boolean {
  const words = query.split(/\s+/).filter((word) => word !== '');
  const tests = words.map((word) => testOf(word, login, visible));
  return (result) => tests.every((test) => test(result));
}

function testOf(word: string, login: string, visible: Repository[]): (result: Result) => boolean {
  const [, qualifier, value = ''] = /^([a-z-]+):(\S+)$/.exec(word) ?? [];
  const name = value === '@me' ? login : value;
  switch (qualifier) {
    case undefined:
      return ({ pull }) => pull.title.toLowerCase().includes(word.toLowerCase());
    case 'is':
    case 'state':
    case 'type':
      return ({ pull }) => ['pr', 'pull-request', pull.mergedAt ? 'merged' : '', pull.state].includes(value);
    case 'review-requested':
    case 'user-review-requested':
      return ({ pull }) => pull.requestedReviewers.includes(name);
    case 'author':
      return ({ pull }) => pull.author === name;
    case 'archived':
      return ({ repository }) => String(repository.isArchived) === value;
    case 'draft':
      return ({ pull }) => String(pull.draft) === value;
    case 'repo': {
      const wanted = value.toLowerCase();
      if (!visible.some((repository) => fullName(repository).toLowerCase() === wanted)) {
        const message =
          'The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.';
        throw refused(message);
      }
      return ({ repository }) => fullName(repository).toLowerCase() === wanted;
    }
    default:
      throw refused(`The emulated search does not know ${qualifier}.`);
  }
}

function refused(message: string): GitHubError {
  const errors = [{ message, resource: 'Search', field: 'q', code: 'invalid' }];
  return new GitHubError(422, 'Validation Failed', DOCS, { errors });
}

function resultAnswer({ repository, pull }: Result) {
  const api = apiUrl(repository);
  const issue = `${api}/issues/${pull.number}`;
  const page = `${webUrl(repository)}/pull/${pull.number}`;
  return {
    url: issue,
    repository_url: api,
    labels_url: `${issue}/labels{/name}`,
    comments_url: `${issue}/comments`,
    events_url: `${issue}/events`,
    html_url: page,
    id: repository.id * 1_000 + pull.number,
    node_id: `PR_${pull.number}`,
    number: pull.number,
    title: pull.title,
    user: simpleUser(pull.author),
    labels: [],
    state: pull.state,
    locked: false,
    assignee: null,
    milestone: null,
    comments: 0,
    created_at: pull.createdAt,
    updated_at: pull.createdAt,
    closed_at: pull.mergedAt,
    author_association: 'MEMBER',
    draft: pull.draft,
    pull_request: {
      url: `${api}/pulls/${pull.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: pull.mergedAt,
    },
    body: pull.body ?? '',
    score: 1,
  };
}
