import { defineTool, path } from 'scalekit-lambda-tools';
import { beforeAll, expect, test } from 'vitest';
import { startTestBed, type TestBed } from '../../../test/support/test-bed.ts';
import { github } from '../connector.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});

const readRepository = defineTool({
  connector: github,
  name: 'github_read_repository',
  effect: 'read',
  scopes: ['repo'],
  description: 'A tool of the tests.',
  examples: [],
  output: {},
  async run(_input, { api }) {
    await api.get(path`/repos/octo/hello`);
    return {};
  },
});

test('the GitHub connector sends the media type, the API version and a user agent', async () => {
  bed.provider.script = () => ({ status: 200, body: {} });

  const { status } = await bed.environment(readRepository)();

  expect(status).toBe(200);
  // GitHub rejects requests without a user agent.
  expect(bed.provider.requests).toEqual([
    expect.objectContaining({
      url: '/repos/octo/hello',
      headers: expect.objectContaining({
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        'user-agent': expect.stringMatching(/\S/),
      }),
    }),
  ]);
});

test('the GitHub connector returns rate_limited if GitHub sends a rate limit with status 403', async () => {
  bed.provider.script = () => ({
    status: 403,
    headers: { 'retry-after': '40', 'x-ratelimit-remaining': '4984' },
    body: { message: 'You have exceeded a secondary rate limit.' },
  });

  const { error } = await bed.environment(readRepository)();

  expect(error).toMatchObject({ code: 'rate_limited', retryable: true, retry_after_seconds: 40 });
});
