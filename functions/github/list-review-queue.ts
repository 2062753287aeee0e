import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { describePullRequest, FoundPullRequest, PullRequest } from './shared/found-pull-request.ts';
import { repository } from './shared/inputs.ts';
import { nextPage } from './shared/pages.ts';

const QUEUE = 'is:pull-request is:open archived:false review-requested:@me';

export const tool = defineTool({
  connector: github,
  name: 'github_list_review_queue',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Lists the open GitHub pull requests that wait for the review of the user or a team of theirs, oldest first.',
  input: { repository: repository.optional().describe('Only of this one, such as octocat/Hello-World.') },
  output: { is_complete: z.boolean().describe('False where GitHub did not search everything in time.') },
  list: { key: 'pull_requests', item: PullRequest, default: 20, maximum: 100 },
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
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ repository, page }, { api }) {
    const q = repository === undefined ? QUEUE : `${QUEUE} repo:${repository}`;
    // https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests
    const { body, headers } = await api.get(path`/search/issues`, {
      query: { q, sort: 'created', order: 'asc', per_page: page.size, page: page.cursor },
      response: z.object({ incomplete_results: z.boolean(), items: z.array(FoundPullRequest) }),
      errors: { 422: { code: 'not_found', message: 'GitHub has no such repository, or hides it.' } },
    });
    const items = body.items.map(describePullRequest);
    return { items, next: nextPage(headers), is_complete: !body.incomplete_results };
  },
});

export const handler = createHandler(tool);
