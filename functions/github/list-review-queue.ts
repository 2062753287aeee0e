import {
  completeness,
  completenessOutput,
  defineTool,
  id,
  path,
  providerTime,
  text,
  time,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { repository } from './shared/inputs.ts';
import { nextPage, withheldIn } from './shared/pages.ts';

const OPEN = 'is:pull-request is:open archived:false';
// https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
const QUALIFIERS = { reviewer: 'review-requested:@me', author: 'author:@me' } as const;

// https://docs.github.com/en/rest/search/search#about-search
const RESULTS_MAX = 1_000;

/** https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests */
const FoundPullRequestResponse = z.object({
  number: z.int(),
  title: z.string(),
  user: z.object({ login: z.string() }).nullish(),
  draft: z.boolean().nullish(),
  created_at: providerTime(),
  repository_url: z.string(),
  html_url: z.string(),
});

export const SearchResponse = z.object({
  total_count: z.int(),
  incomplete_results: z.boolean(),
  items: z.array(FoundPullRequestResponse),
});

const FoundPullRequestOutput = z.strictObject({
  repository: id(),
  number: z.int(),
  title: text(300),
  author: text(100).nullable(),
  is_draft: z.boolean(),
  created_at: time(),
  url: id(),
});

export const tool = defineTool({
  connector: github,
  name: 'github_list_review_queue',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Lists the open GitHub pull requests that wait for the review of the user or their teams, or that the user opened, oldest first. github_summarize_pull_request has the details.',
  input: {
    role: z
      .enum(['reviewer', 'author'])
      .optional()
      .describe('author for those the user opened; reviewer by default.'),
    repository: repository
      .optional()
      .describe('Such as octocat/Hello-World, or its address; all by default.'),
  },
  output: completenessOutput,
  list: { key: 'pull_requests', item: FoundPullRequestOutput, default: 20, maximum: 100 },
  examples: [
    {
      input: { repository: 'octocat/Hello-World' },
      output: {
        pull_requests: [
          {
            repository: 'octocat/Hello-World',
            number: 1347,
            title: 'Amazing new feature',
            author: 'octocat',
            is_draft: false,
            created_at: '2011-01-26T19:01:12Z',
            url: 'https://github.com/octocat/Hello-World/pull/1347',
          },
        ],
        is_complete: true,
        missing: [],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ role = 'reviewer', repository, page }, { api }) {
    const q = [OPEN, QUALIFIERS[role], repository && `repo:${repository}`].filter(Boolean).join(' ');
    // https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests
    const { body, headers } = await api.get(path`/search/issues`, {
      query: { q, sort: 'created', order: 'asc', per_page: page.size, page: page.cursor },
      response: SearchResponse,
      errors: { 422: { code: 'not_found', message: 'GitHub has no such repository, or hides it.' } },
    });
    return {
      items: body.items.map(toFoundPullRequest),
      next: nextPage(headers),
      ...completeness([
        body.incomplete_results && 'Repositories that GitHub did not search in time. Repeat the call.',
        body.total_count > RESULTS_MAX && `The pull requests after the first ${RESULTS_MAX}.`,
        ...withheldIn(headers),
      ]),
    };
  },
});

function toFoundPullRequest(
  found: z.output<typeof FoundPullRequestResponse>,
): z.input<typeof FoundPullRequestOutput> {
  const { number, title, user, draft, created_at, repository_url, html_url } = found;
  return {
    repository: repository_url.split('/').slice(-2).join('/'),
    number,
    title,
    author: user?.login ?? null,
    is_draft: draft ?? false,
    created_at,
    url: html_url,
  };
}

export const handler = createHandler(tool);
