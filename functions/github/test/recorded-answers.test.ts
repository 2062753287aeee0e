import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { answer, verdictOf } from '../../../test/support/provider-answers.ts';
import { githubErrors } from '../errors.ts';
import { SearchResponse } from '../list-review-queue.ts';
import { CommentResponse, ReplyResponse } from '../reply-to-review-comment.ts';
import { RunResponse } from '../rerun-failed-jobs.ts';
import { CheckRunResponse, StatusResponse, WorkflowRunResponse } from '../shared/commit-checks.ts';
import { JobResponse } from '../shared/failed-check.ts';
import { lastPage, nextPage } from '../shared/pages.ts';
import { PullRequestResponse } from '../shared/pull-request.ts';
import { ReviewCommentResponse } from '../shared/review-threads.ts';
import { ReviewResponse } from '../shared/reviews.ts';

// Real data from GitHub: responses that Octokit recorded, and webhook payloads that its community collected.
const require = createRequire(import.meta.url);
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const Hooks = z.array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }));
const hooks = Hooks.parse(readJson(require.resolve('@octokit/webhooks-examples')));
const Fixture = z.array(
  z.object({
    method: z.string(),
    path: z.string(),
    status: z.int(),
    response: z.unknown(),
    headers: z.object({ link: z.string().default('') }),
  }),
);
const scenarios = join(dirname(require.resolve('@octokit/fixtures')), 'scenarios/api.github.com');
const recorded = (scenario: string, method: string, path: RegExp) =>
  Fixture.parse(readJson(join(scenarios, scenario, 'normalized-fixture.json'))).filter(
    (call) => call.method === method && path.test(call.path),
  );

describe('the response schemas', () => {
  test.each<[event: string, key: string, schemas: z.ZodType[], examples: number]>([
    ['pull_request', 'pull_request', [PullRequestResponse], 29],
    ['pull_request_review', 'review', [ReviewResponse], 4],
    ['pull_request_review_comment', 'comment', [ReviewCommentResponse, CommentResponse, ReplyResponse], 5],
    ['check_run', 'check_run', [CheckRunResponse], 9],
    ['status', '', [StatusResponse], 4],
    ['workflow_run', 'workflow_run', [RunResponse, WorkflowRunResponse], 5],
    ['workflow_job', 'workflow_job', [JobResponse], 8],
  ])("accept the object in GitHub's examples of the webhook %s", (event, key, schemas, count) => {
    const payloads = hooks.find(({ name }) => name === event)?.examples ?? [];
    const objects = payloads.map((payload) => (key === '' ? payload : payload[key]));

    expect(objects).toHaveLength(count);
    for (const schema of schemas) {
      expect(objects.map((object) => schema.safeParse(object).error?.issues).filter(Boolean)).toEqual([]);
    }
  });
});

describe('the code that reads recorded responses', () => {
  test.each<[scenario: string, path: RegExp, schema: z.ZodType]>([
    ['search-issues', /^\/search\/issues/, SearchResponse],
    ['create-status', /\/status$/, z.object({ statuses: z.array(StatusResponse) })],
    ['create-status', /\/statuses$/, z.array(StatusResponse)],
  ])(
    'accepts the responses of the scenario %s to requests whose path matches %s',
    (scenario, path, schema) => {
      const calls = recorded(scenario, 'get', path);

      expect(calls.length).toBeGreaterThan(0);
      for (const { response } of calls) expect(schema.safeParse(response).error).toBeUndefined();
    },
  );

  test.each([
    ['rename-repository', 'get', 301, 'not_found, recognised'],
    ['rename-repository', 'patch', 307, 'not_found, recognised'],
    ['errors', 'post', 422, 'rejected_by_provider, recognised'],
  ])(
    'in the scenario %s, classifies the response to %s with status %i as: %s',
    (scenario, method, status, verdict) => {
      const refused = recorded(scenario, method, /./).filter((call) => call.status === status);

      expect(refused.length).toBeGreaterThan(0);
      for (const { response } of refused)
        expect(verdictOf(answer(status, response), githubErrors)).toBe(verdict);
    },
  );

  test('finds the next page and the last page in the links', () => {
    const links = recorded('paginate-issues', 'get', /./).map(({ headers }) => headers);

    expect(links.map(nextPage)).toEqual(['2', '3', '4', '5', undefined]);
    expect(links.map(lastPage)).toEqual(['5', '5', '5', '5', undefined]);
  });
});
