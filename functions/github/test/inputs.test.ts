import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { coerceInput } from '../../../lib/runtime/coerce-input.ts';
import { commentId, gitRef, plainRef, repository, runId } from '../shared/inputs.ts';

const issuesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ message }) => message);

describe('the repository input', () => {
  // These formats are used on GitHub's pages, in git and in package managers:
  // https://docs.github.com/en/get-started/git-basics/about-remote-repositories,
  // https://docs.npmjs.com/cli/configuring-npm/package-json#repository
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
  ])('reads octocat/Hello-World from “%s”', (given) => {
    expect(repository.parse(given)).toBe('octocat/Hello-World');
  });

  test.each(['octo-org/.github', 'octo_corp/a', 'octocat/octocat.github.io'])(
    'accepts the name %s',
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
  ])('rejects “%s”, and shows a valid example', (given) => {
    expect(issuesOf(repository, given)).toEqual([expect.stringContaining('octocat/Hello-World')]);
  });
});

describe('the input for a Git ref', () => {
  const sha = '7fd1a60b01f91b314f59955a4e4d4e80d8edf11d';
  const page = 'https://github.com/octocat/Hello-World';
  const Input = z.strictObject({ repository, ref: gitRef, tag: plainRef('Tag.').optional() });
  /** Returns the input that `run` receives, or the errors in the given input. */
  const read = (given: object) => {
    const { input, details } = coerceInput(Input, {
      repository: 'Octocat/hello-world',
      ref: 'main',
      ...given,
    });
    const issues = details.map(({ issue }) => issue);
    if (issues.length > 0) return { issues };
    return { input: Input.safeParse(input).data, issues: issuesOf(Input, input) };
  };

  // https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/checking-out-pull-requests-locally
  test.each([
    ['main', 'main'],
    [' feature/login ', 'feature/login'],
    ['heads/main', 'heads/main'],
    ['refs/heads/main', 'heads/main'],
    ['refs/tags/v1.0', 'tags/v1.0'],
    ['refs/pull/1347/head', 'refs/pull/1347/head'],
    ['#1347', 'refs/pull/1347/head'],
    [`${page}/pull/1347/checks?check_run_id=1`, 'refs/pull/1347/head'],
    [`${page}/commit/${sha}`, sha],
    [`${page}/commits/${sha}`, sha],
    [`${page}/tree/feature/login`, 'feature/login'],
    ['github.com/octocat/Hello-World/releases/tag/v1.0?x=1', 'v1.0'],
  ])('converts “%s” to the ref “%s”', (given, ref) => {
    expect(read({ ref: given })).toMatchObject({ input: { ref } });
  });

  test.each([
    ['refs/tags/v1.0', 'v1.0'],
    ['tags/v1.0', 'v1.0'],
    [`${page}/releases/tag/v1.0`, 'v1.0'],
  ])('reads a tag from “%s”', (given, tag) => {
    expect(read({ tag: given })).toMatchObject({ input: { tag } });
  });

  test.each([
    ['the branch of another repository', 'https://github.com/octocat/Spoon-Knife/tree/main'],
    ['the pull request of another repository', 'https://github.com/octocat/Spoon-Knife/pull/1347'],
    ['a page of GitHub that shows no code', `${page}/settings`],
    ['the branch of a fork', 'octocat:patch-1'],
    ['a range of commits', 'a..b'],
  ])('rejects %s, and names a tool that returns a commit', (_, ref) => {
    expect(read({ ref }).issues).toEqual([
      expect.stringContaining('head_sha of github_summarize_pull_request'),
    ]);
  });

  test('rejects a pull request in place of a tag', () => {
    expect(read({ tag: '#1347' }).issues).toEqual([expect.stringContaining('name of a tag')]);
  });
});

test.each([
  ['https://github.com/octocat/Hello-World/pull/1347#discussion_r426899381', '426899381'],
  ['https://github.com/octocat/Hello-World/pull/1347/files#r426899381', '426899381'],
  ['discussion_r426899381', '426899381'],
  ['426899381', '426899381'],
])('the input for a review comment reads the comment ID from %s', (given, id) => {
  expect(commentId.parse(given)).toBe(id);
});

test.each([
  'https://github.com/octocat/Hello-World/pull/1347#issuecomment-426899381',
  'https://github.com/octocat/Hello-World/pull/1347#pullrequestreview-426899381',
  'https://github.com/octocat/Hello-World/pull/1347',
])('the input for a review comment rejects the address of something else: %s', (given) => {
  expect(issuesOf(commentId, given)).toEqual([expect.stringContaining('github_list_review_threads')]);
});

test.each([
  ['https://github.com/octocat/Hello-World/actions/runs/30433642', '30433642'],
  ['https://github.com/octocat/Hello-World/actions/runs/30433642/job/399444496', '30433642'],
  ['https://github.com/octocat/Hello-World/actions/runs/30433642/attempts/2', '30433642'],
  ['https://github.com/octocat/Hello-World/actions/runs/30433642?check_suite_focus=true', '30433642'],
])('the input for a workflow run reads the run ID from %s', (given, id) => {
  expect(runId.parse(given)).toBe(id);
});

test('the input for a workflow run rejects the address of a check run', () => {
  expect(issuesOf(runId, 'https://github.com/octocat/Hello-World/runs/399444496')).toEqual([
    expect.stringContaining('github_explain_failed_checks'),
  ]);
});

test.each([repository, gitRef, commentId, runId])(
  'each GitHub input checks megabytes of text within two seconds',
  (schema) => {
    const startedAt = performance.now();
    for (const part of ['a', '/', '#', 'github.com/', 'git@', '/actions/runs/1', '.']) {
      schema.safeParse(part.repeat(500_000));
    }
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  },
);
