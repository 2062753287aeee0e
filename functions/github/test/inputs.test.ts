import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { commentId, gitRef, plainRef, repository, runId } from '../shared/inputs.ts';

const issuesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ message }) => message);

describe('the repository', () => {
  // The forms that GitHub's pages, git and package managers show:
  // https://docs.github.com/en/get-started/git-basics/about-remote-repositories, https://docs.npmjs.com/cli/configuring-npm/package-json#repository
  test.each([
    'octocat/Hello-World',
    ' octocat/Hello-World/ ',
    'octocat/Hello-World.git',
    'octocat/Hello-World#1347',
    'https://github.com/octocat/Hello-World',
    'https://github.com/octocat/Hello-World/',
    'http://www.github.com/octocat/Hello-World.git',
    'HTTPS://GitHub.com/octocat/Hello-World?tab=readme-ov-file#readme',
    'github.com/octocat/Hello-World/tree/main/src',
    'https://github.com/octocat/Hello-World/pull/1347/files',
    'https://github.com/octocat/Hello-World/actions/runs/30433642/job/1',
    'https://api.github.com/repos/octocat/Hello-World/pulls/1347',
    'git@github.com:octocat/Hello-World.git',
    'ssh://git@github.com/octocat/Hello-World.git',
    'git+https://github.com/octocat/Hello-World.git',
    'git://github.com/octocat/Hello-World.git',
  ])('%s', (given) => {
    expect(repository.parse(given)).toBe('octocat/Hello-World');
  });

  test.each(['octo-org/.github', 'octo_corp/a', 'octocat/octocat.github.io'])(
    'the name %s is one',
    (given) => {
      expect(repository.parse(given)).toBe(given);
    },
  );

  test.each([
    'Hello-World',
    'https://gitlab.com/octocat/Hello-World',
    'https://github.com.example/octocat/Hello-World',
    'https://github.com@evil.example/octocat/Hello-World',
    'https://github.com/octocat',
    'https://github.com/orgs/octo-org',
    'https://github.com/settings/profile',
    'https://gist.github.com/octocat/6cad326836d38bd3a7ae',
    'https://github.com/octocat/..',
    'octocat/Hello World',
  ])('%s is refused with what to send', (given) => {
    expect(issuesOf(repository, given)).toEqual([expect.stringContaining('octocat/Hello-World')]);
  });
});

describe('a branch, a tag or a commit', () => {
  const sha = '7fd1a60b01f91b314f59955a4e4d4e80d8edf11d';

  test.each([
    ['main', 'main'],
    [' feature/login ', 'feature/login'],
    ['heads/main', 'heads/main'],
    ['refs/heads/main', 'heads/main'],
    ['refs/tags/v1.0', 'tags/v1.0'],
    ['releases/tag/v1', 'releases/tag/v1'],
    [`https://github.com/octocat/Hello-World/commit/${sha}`, sha],
    [`https://github.com/octocat/Hello-World/commits/${sha}`, sha],
    ['https://github.com/octocat/Hello-World/tree/feature/login', 'feature/login'],
    ['github.com/octocat/Hello-World/releases/tag/v1.0?x=1', 'v1.0'],
  ])('%s', (given, ref) => {
    expect(gitRef.parse(given)).toBe(ref);
  });

  test.each([
    ['refs/tags/v1.0', 'v1.0'],
    ['tags/v1.0', 'v1.0'],
    ['https://github.com/octocat/Hello-World/releases/tag/v1.0', 'v1.0'],
  ])('%s of a release', (given, ref) => {
    expect(plainRef('Tag.').parse(given)).toBe(ref);
  });

  test.each(['octocat:patch-1', 'https://github.com/octocat/Hello-World/pull/1347', 'a..b', '#1347 x'])(
    '%s is refused, and the error names the tool that gives one',
    (given) => {
      expect(issuesOf(gitRef, given)).toEqual([
        expect.stringContaining('head_sha of github_summarize_pull_request'),
      ]);
    },
  );
});

test.each([
  ['https://github.com/octocat/Hello-World/pull/1347#discussion_r426899381', '426899381'],
  ['https://github.com/octocat/Hello-World/pull/1347/files#r426899381', '426899381'],
  ['discussion_r426899381', '426899381'],
  ['426899381', '426899381'],
])('the comment %s', (given, id) => {
  expect(commentId.parse(given)).toBe(id);
});

test.each([
  'https://github.com/octocat/Hello-World/pull/1347#issuecomment-426899381',
  'https://github.com/octocat/Hello-World/pull/1347#pullrequestreview-426899381',
  'https://github.com/octocat/Hello-World/pull/1347',
])('%s is not the address of a review comment', (given) => {
  expect(issuesOf(commentId, given)).toEqual([expect.stringContaining('github_summarize_pull_request')]);
});

test.each([
  ['https://github.com/octocat/Hello-World/actions/runs/30433642', '30433642'],
  ['https://github.com/octocat/Hello-World/actions/runs/30433642/job/399444496', '30433642'],
  ['https://github.com/octocat/Hello-World/actions/runs/30433642/attempts/2', '30433642'],
  ['https://github.com/octocat/Hello-World/actions/runs/30433642?check_suite_focus=true', '30433642'],
])('the run %s', (given, id) => {
  expect(runId.parse(given)).toBe(id);
});

test('the address of a check run is not that of a workflow run', () => {
  expect(issuesOf(runId, 'https://github.com/octocat/Hello-World/runs/399444496')).toEqual([
    expect.stringContaining('github_explain_failed_checks'),
  ]);
});

test.each([repository, gitRef, commentId, runId])('megabytes are judged at once', (schema) => {
  const startedAt = performance.now();
  for (const part of ['a', '/', '#', 'github.com/', 'git@', '/actions/runs/1', '.']) {
    schema.safeParse(part.repeat(500_000));
  }
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
