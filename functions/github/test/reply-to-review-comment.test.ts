import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../reply-to-review-comment.ts';
import { byPath, officially } from './by-path.ts';
import { githubProviderErrors } from './provider-errors.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

const PULLS = '/repos/harbor-bikes/repair-tickets/pulls';
const input = {
  repository: 'harbor-bikes/repair-tickets',
  comment_id: '512001',
  body: 'Das Büro ruft an. 📞\n\n> "late"',
};
const octocat = { repository: 'octocat/Hello-World', comment_id: '10', body: 'Great stuff!' };

describe('github_reply_to_review_comment', () => {
  const github = useGitHub();

  test.each([
    ['the first comment of a thread', '512001'],
    ['a later comment of a thread', '512002'],
  ])('sends one reply to %s', async (_, comment_id) => {
    const { status, json } = await github.call('user_ada', tool.name, { ...input, comment_id });

    expect(status).toBe(200);
    const url = 'https://github.com/harbor-bikes/repair-tickets/pull/12#discussion_r';
    expect(json).toEqual({ id: expect.stringMatching(/^\d+$/), url: expect.stringContaining(url) });
    expect(github.sent()).toEqual([
      `GET ${PULLS}/comments/${comment_id}`,
      `POST ${PULLS}/12/comments/512001/replies ${JSON.stringify({ body: input.body })}`,
    ]);
    expect(await github.read(`${PULLS}/12/comments`)).toContainEqual(
      expect.objectContaining({
        body: input.body,
        in_reply_to_id: 512_001,
        user: expect.objectContaining({ login: 'ada-okafor' }),
        path: 'src/reminder.ts',
      }),
    );
  });

  test.each([
    ['an unknown comment', 'user_ada', { comment_id: '1' }],
    ['a hidden repository', 'user_grace', { repository: 'harbor-bikes/old-webshop' }],
  ])('returns not_found for %s, and writes nothing', async (_, user, given) => {
    const { error } = await github.call(user, tool.name, { ...input, ...given });

    expect(error).toMatchObject({ code: 'not_found', retryable: false });
    expect(github.sent()).toHaveLength(1);
  });

  test.each([
    'https://github.com/harbor-bikes/repair-tickets/pull/12#discussion_r512002',
    'https://github.com/harbor-bikes/repair-tickets/pull/12/files#r512002',
    'https://api.github.com/repos/harbor-bikes/repair-tickets/pulls/comments/512002',
    'discussion_r512002',
    512_002,
  ])('reads the comment ID from %j', async (comment_id) => {
    const { status } = await github.call('user_ada', tool.name, { ...input, comment_id });

    expect(status).toBe(200);
    expect(github.sent()[0]).toBe(`GET ${PULLS}/comments/512002`);
  });

  test('returns a conflict if the user has a pending review', async () => {
    const { error } = await github.call('user_ada', tool.name, {
      ...input,
      repository: 'harbor-bikes/fleet-planner',
      comment_id: '600100',
    });

    expect(error).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('not submitted'),
      details: [],
    });
  });

  // GitHub reports this error in three formats: https://github.com/microsoft/vscode-pull-request-github/issues/1317,
  // https://github.com/namanshergill/diohub/issues/18 and https://github.com/max-sixty/tend/pull/1171
  test.each([
    [{ message: 'User can only have one pending review per pull request' }],
    [
      {
        message: 'Validation Failed',
        errors: [
          {
            resource: 'PullRequestReview',
            code: 'custom',
            field: 'user_id',
            message: 'user_id can only have one pending review per pull request',
          },
        ],
      },
    ],
    [{ message: 'Unprocessable Entity', errors: ['User can only have one pending review per pull request'] }],
  ])('returns a conflict for the response %j', async (body) => {
    github.bed.provider.script = byPath({
      '/comments/10': comment,
      '/replies': { status: 422, body: { ...body, documentation_url } },
    });

    const { error } = await github.bed.environment(tool)({ input: octocat });

    expect(error).toMatchObject({ code: 'conflict', details: [] });
  });

  test('names the tool that lists comments if the comment is unknown', async () => {
    const { error } = await github.call('user_ada', tool.name, { ...input, comment_id: '1' });

    expect(error?.message).toContain('github_list_review_threads');
  });

  const comment = { body: { pull_request_url: 'https://api.github.com/repos/octocat/Hello-World/pulls/1' } };
  const documentation_url = 'https://docs.github.com/rest/pulls/comments';

  test.each([
    ['Repository was archived so is read-only.', 403, 'conflict'],
    ['Unable to create comment because issue is locked.', 403, 'conflict'],
    ['Resource not accessible by personal access token', 403, 'permission_denied'],
    ['Not Found', 404, 'not_found'],
    ['Server Error', 500, 'outcome_unknown'],
  ])('for the message “%s” with status %i, returns %s', async (message, status, code) => {
    const answer = { status, body: { message, documentation_url, status: String(status) } };
    github.bed.provider.script = byPath({ '/comments/10': comment, '/replies': answer });

    const { error } = await github.bed.environment(tool)({ input: octocat });

    expect(error).toMatchObject({ code, retryable: false });
    expect(github.bed.provider.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  test("accepts the examples in GitHub's documentation", async () => {
    github.bed.provider.script = officially();

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toEqual({
      id: '10',
      url: 'https://github.com/octocat/Hello-World/pull/1#discussion-diff-1',
    });
    const [, reply] = github.bed.provider.requests;
    expect(reply?.url).toBe('/repos/octocat/Hello-World/pulls/1/comments/8/replies');
  });

  test.each([
    'https://api.github.com/repos/o/r/pulls/1/../2',
    'https://api.github.com/repos/o/r/pulls/x',
    '',
  ])('does not reply to a comment with the invalid pull request URL %j', async (pull_request_url) => {
    github.bed.provider.script = byPath({ '/comments/10': { body: { pull_request_url } } });

    const { error } = await github.bed.environment(tool)({ input: octocat });

    expect(error?.code).toBe('invalid_provider_response');
    expect(github.bed.provider.requests).toHaveLength(1);
  });
});

testProviderErrors(tool, octocat, githubProviderErrors);
testBadInputs(tool, octocat, {
  comment_id: ['', '1/replies', 'r10', 'https://github.com/octocat/Hello-World/pull/1#issuecomment-10'],
  body: [' \n\t', 'x'.repeat(65_537), null],
});
