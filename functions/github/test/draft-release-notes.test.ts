import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../draft-release-notes.ts';
import { officially } from './by-path.ts';
import { githubProviderErrors } from './provider-errors.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

const PAGE = 'https://github.com/harbor-bikes/fleet-planner';
const NOTES = 'POST /repos/harbor-bikes/fleet-planner/releases/generate-notes';
const repository = 'harbor-bikes/fleet-planner';
const octocat = { repository: 'octocat/Hello-World', tag: 'v1.0.0' };

describe('github_draft_release_notes', () => {
  const github = useGitHub();

  test('lists the changes between two tags', async () => {
    const { status, json } = await github.call('user_ada', tool.name, {
      repository,
      tag: 'v1.2.0',
      previous_tag: 'v1.1.0',
    });

    expect(status).toBe(200);
    expect(json).toEqual({
      title: 'v1.2.0',
      notes: [
        "## What's Changed",
        `* Quote leases of a year or longer by @ada-okafor in ${PAGE}/pull/49`,
        `* Round monthly rates to whole euros by @jonas-keller in ${PAGE}/pull/52`,
        '',
        '',
        `**Full Changelog**: ${PAGE}/compare/v1.1.0...v1.2.0`,
      ].join('\n'),
      is_complete: true,
      missing: [],
    });
    expect(github.sent()).toEqual([`${NOTES} {"tag_name":"v1.2.0","previous_tag_name":"v1.1.0"}`]);
  });

  test('returns notes without changes for a new tag on an unchanged branch', async () => {
    const { json } = await github.call('user_ada', tool.name, { repository, tag: 'v1.3.0', target: 'main' });

    const notes = `**Full Changelog**: ${PAGE}/compare/v1.2.0...v1.3.0`;
    expect(json).toMatchObject({ title: 'v1.3.0', notes });
    expect(github.sent()).toEqual([`${NOTES} {"tag_name":"v1.3.0","target_commitish":"main"}`]);
  });

  test.each([
    ['an unknown previous tag', 'user_ada', { previous_tag: 'v0.1' }, 'rejected_by_provider'],
    ['an unknown target', 'user_ada', { tag: 'v2', target: 'nowhere' }, 'rejected_by_provider'],
    ['an account that may not push', 'user_grace', {}, 'not_found'],
  ])('reports an error for %s', async (_, user, given, code) => {
    const { error } = await github.call(user, tool.name, { repository, tag: 'v1.2.0', ...given });

    expect(error).toMatchObject({ code, message: expect.stringMatching(/one of the tags|push access/) });
  });

  test("accepts the example in GitHub's documentation", async () => {
    github.bed.provider.script = officially();

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({
      title: 'Release v1.0.0 is now available!',
      notes: '##Changes in Release v1.0.0 ... ##Contributors @monalisa',
    });
  });

  test('shortens long notes to the size limit of a response', async () => {
    github.bed.provider.script = () => ({
      body: { name: 'v1', body: '* A change by @hubot\n'.repeat(50_000) },
    });

    const { body, json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({
      notes: expect.stringMatching(/…$/),
      is_complete: false,
      missing: ['The notes after the first 15000 characters.'],
    });
    expect(body.length).toBeLessThan(24_000);
  });
});

testProviderErrors(tool, octocat, {
  ...githubProviderErrors,
  'an app without the permission': {
    answer: {
      status: 403,
      body: {
        message: 'Resource not accessible by integration',
        documentation_url: 'https://docs.github.com/rest/releases/releases',
        status: '403',
      },
    },
    error: { code: 'permission_denied', retryable: false },
  },
});
testBadInputs(tool, octocat, {
  tag: ['', 'v1 v2', 'v1\r\nv2', 'v'.repeat(256), 1],
  previous_tag: ['v1..v2 x', 'v^'],
  target: ['\u0000', 'main branch'],
});
