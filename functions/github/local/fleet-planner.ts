import { pullRequest, sha, shopRepository } from './repository-of-shop.ts';

const childSeats = sha('child seats');
const CI_RUN = 7_700_057;

/** What plans leased fleets and quotes them: City Ferries' twelve bikes wait for its next release. */
export const fleetPlanner = () =>
  shopRepository({
    id: 881,
    name: 'fleet-planner',
    // Grace reads it, so that a missing right can be seen.
    roles: { 'ada-okafor': 'admin', 'jonas-keller': 'push', 'grace-lindqvist': 'read' },
    branches: { main: sha('fleet-planner main'), 'feature/child-seats': childSeats },
    tags: [
      { name: 'v1.1.0', sha: sha('fleet-planner v1.1.0'), taggedAt: '2026-10-01T09:00:00Z' },
      { name: 'v1.2.0', sha: sha('fleet-planner v1.2.0'), taggedAt: '2026-11-13T16:00:00Z' },
    ],
    pulls: [
      pullRequest({
        number: 41,
        title: 'Take the price of a wheelset from the supplier’s quote',
        author: 'jonas-keller',
        createdAt: '2026-09-20T09:00:00Z',
        mergedAt: '2026-09-22T10:00:00Z',
      }),
      pullRequest({
        number: 49,
        title: 'Quote leases of a year or longer',
        author: 'ada-okafor',
        createdAt: '2026-11-09T09:30:00Z',
        mergedAt: '2026-11-10T12:00:00Z',
      }),
      pullRequest({
        number: 52,
        title: 'Round monthly rates to whole euros',
        author: 'jonas-keller',
        createdAt: '2026-11-11T08:00:00Z',
        mergedAt: '2026-11-12T15:10:00Z',
      }),
      pullRequest({
        number: 57,
        title: 'Quote child seats',
        body: 'City Ferries wants three of the twelve bikes with a child seat. Adds them to the lease quote.',
        author: 'jonas-keller',
        createdAt: '2026-11-20T09:58:00Z',
        head: { ref: 'feature/child-seats', sha: childSeats },
        requestedReviewers: ['ada-okafor'],
        reviews: [
          {
            id: 9_001,
            author: 'grace-lindqvist',
            state: 'CHANGES_REQUESTED',
            body: 'The seat is too heavy for the city bike.',
            submittedAt: '2026-11-20T11:00:00Z',
          },
          {
            id: 9_002,
            author: 'grace-lindqvist',
            state: 'APPROVED',
            body: '',
            submittedAt: '2026-11-20T14:30:00Z',
          },
          {
            id: 9_003,
            author: 'grace-lindqvist',
            state: 'COMMENTED',
            body: 'Looks good with the lighter seat.',
            submittedAt: '2026-11-20T14:35:00Z',
          },
        ],
        files: [
          {
            filename: 'src/quote.ts',
            status: 'modified',
            additions: 31,
            deletions: 6,
            patch: '@@ -12,6 +12,31 @@ export function quote(fleet: Fleet)',
          },
          {
            filename: 'src/child-seat.ts',
            status: 'added',
            additions: 24,
            deletions: 0,
            patch: '@@ -0,0 +1,24 @@',
          },
        ],
      }),
      pullRequest({
        number: 58,
        title: 'Add winter lights to lease offers',
        author: 'grace-lindqvist',
        createdAt: '2026-11-21T08:15:00Z',
        requestedReviewers: ['ada-okafor'],
        draft: true,
      }),
    ],
    checkRuns: [
      {
        id: 57_001,
        sha: childSeats,
        name: 'test',
        app: 'github-actions',
        status: 'completed',
        conclusion: 'failure',
        summary: null,
        annotations: [
          { path: '.github', line: 4, level: 'warning', title: null, message: 'Node 18 is deprecated.' },
          {
            path: 'test/quote.test.ts',
            line: 88,
            level: 'failure',
            title: null,
            message: 'expected 1480 to be 1516: three seats at 12 EUR are missing',
          },
          {
            path: '.github',
            line: 21,
            level: 'failure',
            title: null,
            message: 'Process completed with exit code 1.',
          },
        ],
        job: { runId: CI_RUN, steps: [{ name: 'Run the tests', conclusion: 'failure' }] },
      },
      {
        id: 57_002,
        sha: childSeats,
        name: 'build',
        app: 'github-actions',
        status: 'completed',
        conclusion: 'failure',
        summary: null,
        annotations: [
          {
            path: '.github',
            line: 30,
            level: 'failure',
            title: null,
            message: 'Process completed with exit code 2.',
          },
        ],
        job: {
          runId: CI_RUN,
          steps: [
            { name: 'Set up job', conclusion: 'success' },
            { name: 'Compile', conclusion: 'failure' },
            { name: 'Upload', conclusion: 'skipped' },
          ],
        },
      },
      {
        id: 57_003,
        sha: childSeats,
        name: 'lint',
        app: 'github-actions',
        status: 'completed',
        conclusion: 'success',
        summary: null,
        annotations: [],
        job: { runId: CI_RUN, steps: [{ name: 'Lint', conclusion: 'success' }] },
      },
    ],
    statuses: [
      {
        sha: childSeats,
        context: 'preview/deploy',
        state: 'error',
        description: 'No room on the preview server',
        url: 'https://preview.harborbikes.example/57',
      },
    ],
    workflowRuns: [
      {
        id: CI_RUN,
        name: 'CI',
        branch: 'feature/child-seats',
        sha: childSeats,
        status: 'completed',
        conclusion: 'failure',
        attempt: 1,
        createdAt: '2026-11-20T10:02:00Z',
      },
    ],
  });
