import { describe, expect, test } from 'vitest';
import { movedByWeeks } from '../../../local/providers/story-time.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../get-traffic.ts';
import { officially } from './by-path.ts';
import { githubProviderErrors } from './provider-errors.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

describe('github_get_traffic', () => {
  const github = useGitHub();

  test('returns views and clones by day, and sends the documented requests', async () => {
    const { status, json } = await github.call('user_ada', tool.name, {
      repository: 'harbor-bikes/repair-tickets',
    });

    expect(status).toBe(200);
    expect(json).toEqual({
      views: 139,
      visitors: 56,
      clones: 9,
      cloners: 4,
      days: [
        { day: movedByWeeks('2026-11-17'), views: 0, visitors: 0, clones: 2, cloners: 1 },
        { day: movedByWeeks('2026-11-18'), views: 40, visitors: 21, clones: 0, cloners: 0 },
        { day: movedByWeeks('2026-11-19'), views: 64, visitors: 30, clones: 7, cloners: 4 },
        { day: movedByWeeks('2026-11-20'), views: 35, visitors: 19, clones: 0, cloners: 0 },
      ],
      referrers: [
        { referrer: 'cycletrade.example', views: 58, visitors: 31 },
        { referrer: 'Google', views: 22, visitors: 17 },
      ],
      pages: [{ path: '/harbor-bikes/repair-tickets', views: 96, visitors: 48 }],
    });
    expect(github.sent().sort()).toEqual(
      ['clones', 'popular/paths', 'popular/referrers', 'views'].map(
        (kind) => `GET /repos/harbor-bikes/repair-tickets/traffic/${kind}`,
      ),
    );
  });

  test('accepts a repository without visitors', async () => {
    const { json } = await github.call('user_ada', tool.name, { repository: 'harbor-bikes/fleet-planner' });

    const none = { views: 0, visitors: 0, clones: 0, cloners: 0 };
    expect(json).toEqual({ ...none, days: [], referrers: [], pages: [] });
  });

  test.each([
    ['an account that may only read', 'harbor-bikes/fleet-planner', 'permission_denied'],
    ['an account that may not see the repository', 'harbor-bikes/campus-repair-day', 'not_found'],
    ['an unknown repository', 'harbor-bikes/fleet', 'not_found'],
  ])('reports an error for %s', async (_, repository, code) => {
    const { error } = await github.call('user_grace', tool.name, { repository });

    expect(error).toMatchObject({ code, retryable: false });
  });

  test("accepts the examples in GitHub's documentation", async () => {
    github.bed.provider.script = officially();

    const { json } = await github.bed.environment(tool)({ input: { repository: 'github/hubot' } });

    expect(json).toEqual({
      views: 14850,
      visitors: 3782,
      clones: 173,
      cloners: 128,
      days: [{ day: '2016-10-10', views: 440, visitors: 143, clones: 2, cloners: 1 }],
      referrers: [{ referrer: 'Google', views: 4, visitors: 3 }],
      pages: [{ path: '/github/hubot', views: 3542, visitors: 2225 }],
    });
  });

  test('rejects a malformed response', async () => {
    github.bed.provider.script = officially({
      '/traffic/views': { body: { count: '14850', uniques: 1, views: [] } },
    });

    const { error } = await github.bed.environment(tool)({ input: { repository: 'github/hubot' } });

    expect(error?.code).toBe('invalid_provider_response');
  });
});

testProviderErrors(tool, { repository: 'octocat/Hello-World' }, githubProviderErrors);
testBadInputs(tool, { repository: 'octocat/Hello-World' }, {});
