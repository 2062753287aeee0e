import { describe, expect, test } from 'vitest';
import { movedByWeeks } from '../../../local/providers/story-time.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../explain-failed-checks.ts';
import { byPath, officially } from './by-path.ts';
import { githubProviderErrors } from './provider-errors.ts';
import { testBadInputs } from './test-bad-inputs.ts';
import { useGitHub } from './use-github.ts';

const PLANNER = '/repos/harbor-bikes/fleet-planner';
const RUN = 'https://github.com/harbor-bikes/fleet-planner/actions/runs/7700057';
const input = { repository: 'harbor-bikes/fleet-planner', ref: 'feature/child-seats' };
const octocat = { repository: 'octocat/Hello-World', ref: 'main' };

describe('github_explain_failed_checks', () => {
  const github = useGitHub();
  const call = (given: unknown) => github.call('user_ada', tool.name, given);

  test('returns annotations, failed steps, and statuses', async () => {
    const { status, json } = await call(input);

    expect(status).toBe(200);
    expect(json).toEqual({
      failed_checks: [
        {
          name: 'test',
          conclusion: 'failure',
          summary: null,
          annotations: [
            {
              path: 'test/quote.test.ts',
              line: 88,
              message: 'expected 1480 to be 1516: three seats at 12 EUR are missing',
            },
            { path: '.github', line: 4, message: 'Node 18 is deprecated.' },
          ],
          annotations_count: 2,
          failed_step: null,
          completed_at: movedByWeeks('2026-11-20T10:02:00Z'),
          run_id: '7700057',
          url: `${RUN}/job/57001`,
        },
        {
          name: 'build',
          conclusion: 'failure',
          summary: null,
          // GitHub's runner adds an annotation with the exit code to each failed job. The tool leaves it out.
          annotations: [],
          annotations_count: 0,
          failed_step: 'Compile',
          completed_at: movedByWeeks('2026-11-20T10:02:00Z'),
          run_id: '7700057',
          url: `${RUN}/job/57002`,
        },
        {
          name: 'preview/deploy',
          conclusion: 'error',
          summary: 'No room on the preview server',
          annotations: [],
          annotations_count: 0,
          failed_step: null,
          completed_at: movedByWeeks('2026-11-20T10:04:00Z'),
          run_id: null,
          url: 'https://preview.harborbikes.example/57',
        },
      ],
      failed: 3,
      pending: 0,
      passed: 3,
      is_complete: true,
      missing: [],
      count: 3,
      next_cursor: null,
      omitted: 0,
    });
    expect(github.sent().sort()).toEqual([
      `GET ${PLANNER}/actions/jobs/57002`,
      expect.stringMatching(/\/actions\/runs\?head_sha=[0-9a-f]{40}&per_page=100$/),
      `GET ${PLANNER}/check-runs/57001/annotations?per_page=100`,
      `GET ${PLANNER}/check-runs/57002/annotations?per_page=100`,
      `GET ${PLANNER}/commits/feature/child-seats/check-runs?per_page=100`,
      `GET ${PLANNER}/commits/feature/child-seats/status?per_page=100`,
    ]);
  });

  test.each([1, 2, 3])(
    'returns every failed check once if max_results is %i, and reads no annotations for other pages',
    async (size) => {
      const pages = await everyPage(call, 'failed_checks', { ...input, max_results: size });

      const names = ['test', 'build', 'preview/deploy'];
      expect(pages.flat()).toEqual(names.map((name) => expect.objectContaining({ name })));
      expect(pages).toHaveLength(Math.ceil(3 / size));
      expect(github.sent().filter((line) => line.includes('/annotations'))).toHaveLength(2);
    },
  );

  test.each([
    ['if all passed', { repository: 'harbor-bikes/repair-tickets', ref: 'heads/main' }, 1],
    ['if there are no checks', { ...input, ref: 'v1.2.0' }, 0],
  ])('returns an empty list of failed checks %s', async (_, given, passed) => {
    const { json } = await call(given);

    expect(json).toMatchObject({ failed_checks: [], failed: 0, pending: 0, passed, next_cursor: null });
  });

  test.each([
    ['an unknown branch', 'user_ada', { ...input, ref: 'feature/nowhere' }],
    ['a hidden repository', 'user_grace', { repository: 'harbor-bikes/old-webshop', ref: 'main' }],
  ])('returns not_found for %s', async (_, user, given) => {
    const { error } = await github.call(user, tool.name, given);

    expect(error).toMatchObject({ code: 'not_found', retryable: false });
  });

  const checks = (run: object) => ({
    '/check-runs': { body: { check_runs: [{ id: 4, name: 'test', status: 'completed', ...run }] } },
    '/status': { body: { statuses: [] } },
  });

  test("accepts the examples of a failed check in GitHub's documentation", async () => {
    github.bed.provider.script = officially(
      checks({
        conclusion: 'failure',
        html_url: 'https://github.com/github/hello-world/runs/4',
        details_url: 'https://octoapp.example/actions/runs/1/job/1',
        output: {
          title: 'Mighty Readme report',
          summary: 'There are 0 failures, 2 warnings, and 1 notice.',
        },
        app: { slug: 'octoapp' },
      }),
    );

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({
      failed_checks: [
        {
          name: 'test',
          conclusion: 'failure',
          summary: 'There are 0 failures, 2 warnings, and 1 notice.',
          annotations: [{ path: 'README.md', line: 2, message: "Check your spelling for 'banaas'." }],
          failed_step: null,
          run_id: null,
          url: 'https://github.com/github/hello-world/runs/4',
        },
      ],
    });
  });

  test('accepts responses without optional values', async () => {
    const script = checks({ conclusion: 'timed_out', app: { slug: 'github-actions' } });
    const annotation = { path: '.github', start_line: 1, annotation_level: null, message: null };
    github.bed.provider.script = byPath({
      ...script,
      '/annotations': { body: [annotation] },
      '/jobs/4': { body: { id: 4, run_id: 1 } },
    });

    const { json } = await github.bed.environment(tool)({ input: octocat });

    const failed = { summary: null, annotations: [], failed_step: null, run_id: null, url: null };
    expect(json).toMatchObject({ failed_checks: [{ conclusion: 'timed_out', ...failed }] });
  });

  test.each([
    ['empty', ''],
    ['absent', null],
    ['not a web page', 'javascript:alert(1)'],
    ['too long', `https://ci.example/${'x'.repeat(2_000)}`],
  ])('returns no URL for a status whose URL is %s', async (_, target_url) => {
    const status = { context: 'ci', state: 'failure', description: '', target_url };
    const script = {
      '/check-runs': { body: { check_runs: [] } },
      '/status': { body: { statuses: [status] } },
    };
    github.bed.provider.script = byPath(script);

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({ failed_checks: [{ name: 'ci', summary: null, url: null }] });
  });

  test.each([
    [
      'the name of the step that timed out, and the run ID from details_url',
      [{ name: 'Wait', conclusion: 'timed_out' }],
      'Wait',
    ],
    [
      'failed_step: null and the run ID from details_url if no step failed',
      [
        { name: 'A', conclusion: 'success' },
        { name: 'B', conclusion: null },
      ],
      null,
    ],
  ])('returns %s', async (_, steps, failed_step) => {
    const html_url = 'https://github.com/octocat/Hello-World/runs/4';
    const details_url = 'https://github.com/octocat/Hello-World/actions/runs/99/job/4';
    github.bed.provider.script = byPath({
      ...checks({ conclusion: 'failure', app: { slug: 'github-actions' }, html_url, details_url }),
      '/annotations': { body: [] },
      '/jobs/4': { body: { steps } },
    });

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({ failed_checks: [{ failed_step, run_id: '99', url: html_url }] });
  });

  test.each([
    [
      'failed_step: null if the job was deleted with its run',
      { status: 404, body: { message: 'Not Found' } },
      undefined,
    ],
    [
      'permission_denied if the account may not read the job',
      { status: 403, body: { message: 'Resource not accessible by integration' } },
      'permission_denied',
    ],
  ])('returns %s', async (_, answer, code) => {
    github.bed.provider.script = byPath({
      ...checks({ conclusion: 'failure', app: { slug: 'github-actions' } }),
      '/annotations': { body: [] },
      '/jobs/4': answer,
    });

    const { error, json } = await github.bed.environment(tool)({ input: octocat });

    expect(error?.code).toBe(code);
    if (code === undefined) expect(json).toMatchObject({ failed_checks: [{ failed_step: null }] });
  });

  test.each([
    ['https://github.com/harbor-bikes/fleet-planner/tree/feature/child-seats'],
    ['refs/heads/feature/child-seats'],
    ['#57'],
    ['https://github.com/harbor-bikes/fleet-planner/pull/57'],
    [' feature/child-seats '],
  ])('returns the failed checks of the branch if the input is %j', async (ref) => {
    const { json } = await call({ ...input, ref });

    expect(json).toMatchObject({ failed: 3 });
  });

  const annotation = (level: string, message: string) => ({
    path: 'src/a.ts',
    start_line: 7,
    annotation_level: level,
    message,
  });
  const next = (page: number) => ({
    link: `<https://api.github.com/repositories/1/check-runs/4/annotations?per_page=100&page=${page}>; rel="next"`,
  });
  /** Responds with pages of annotations. The last page has no link to a next page. */
  const paged = (
    pages: readonly (readonly object[])[],
    isEndless = false,
  ): typeof github.bed.provider.script => {
    const script = byPath(checks({ conclusion: 'failure', output: { annotations_count: 5_000 } }));
    return (request) => {
      if (!request.url?.includes('/annotations')) return script(request);
      const page = Number(/[?&]page=(\d+)/.exec(request.url)?.[1] ?? 1);
      const hasNext = isEndless || page < pages.length;
      return { body: pages[Math.min(page, pages.length) - 1], headers: hasNext ? next(page + 1) : {} };
    };
  };
  const warnings = Array.from({ length: 100 }, (_, index) => annotation('warning', `unused ${index}`));

  test('finds a failure on the third page of annotations', async () => {
    github.bed.provider.script = paged([warnings, warnings, [annotation('failure', 'Type error')]]);

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({
      failed_checks: [{ annotations: [{ message: 'Type error' }, {}, {}, {}, {}, {}, {}, {}, {}, {}] }],
      is_complete: false,
      missing: ['Annotations of test other than the 10 listed.'],
    });
  });

  test('stops reading annotations after ten failures, but reports the number of all annotations', async () => {
    const failures = Array.from({ length: 12 }, () => annotation('failure', 'Type error'));
    github.bed.provider.script = paged([failures, warnings], true);

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({ failed_checks: [{ annotations_count: 5_000 }], is_complete: false });
    expect(github.bed.provider.requests.filter(({ url }) => url?.includes('/annotations'))).toHaveLength(1);
  });

  test.each([
    [10, true],
    [11, false],
  ])(
    'if there are %i annotations with a reason and one with only an exit code, returns is_complete: %j',
    async (count, is_complete) => {
      const failures = Array.from({ length: count }, () => annotation('failure', 'Type error'));
      const exit = annotation('failure', 'Process completed with exit code 1.');
      github.bed.provider.script = byPath({
        ...checks({ conclusion: 'failure', output: { annotations_count: count + 1 } }),
        '/annotations': { body: [...failures, exit] },
      });

      const { json } = await github.bed.environment(tool)({ input: octocat });

      expect(json).toMatchObject({ failed_checks: [{ annotations_count: count }], is_complete });
      expect(Object(json).failed_checks[0].annotations).toHaveLength(10);
    },
  );

  test('reads at most 1,000 annotations, and reports that others are missing', async () => {
    github.bed.provider.script = paged([warnings], true);

    const { json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({
      is_complete: false,
      missing: ['The annotations of test after the first 1000.'],
    });
  });

  test('returns at most ten annotations, failures first, within the size limit of a response', async () => {
    const annotation = (annotation_level: string, message: string) => ({
      path: 'a.ts',
      start_line: 1,
      annotation_level,
      message,
    });
    const nothing = annotation('failure', `Process completed with exit code ${'1'.repeat(500_000)}`);
    const warnings = Array.from({ length: 20 }, () => annotation('warning', ' '.repeat(100_000)));
    github.bed.provider.script = byPath({
      ...checks({ conclusion: 'failure', name: 'n'.repeat(100_000) }),
      '/annotations': { body: [...warnings, nothing, annotation('failure', 'The cause')] },
    });

    const { body, json } = await github.bed.environment(tool)({ input: octocat });

    expect(json).toMatchObject({
      failed_checks: [{ annotations: [{}, { message: 'The cause' }, {}, {}, {}, {}, {}, {}, {}, {}] }],
    });
    expect(body.length).toBeLessThan(24_000);
  });
});

testProviderErrors(tool, octocat, githubProviderErrors);
testBadInputs(tool, octocat, {
  ref: ['', 'a b', '../main', 'a/../b', '/main', 'a//b', 'a\r\nb', 'a:b', 'x'.repeat(300), null],
});
