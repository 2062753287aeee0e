import { pullRequest, sha, shopRepository } from './repository-of-shop.ts';

const main = sha('repair-tickets main');
const lateRepairs = sha('late repairs');
const day = (date: string, count: number, uniques: number) => ({ day: date, count, uniques });
const week = (start: string, c: number, a: number, d: number) => ({ week: start, a, d, c });

/**
 * The software for the workshop's repair tickets. The repository is public, because other shops also use this software.
 */
export const repairTickets = () =>
  shopRepository({
    id: 882,
    name: 'repair-tickets',
    formerNames: ['workshop-tickets'],
    isPrivate: false,
    roles: { 'ada-okafor': 'admin', 'grace-lindqvist': 'push', 'jonas-keller': 'push' },
    branches: { main, 'late-repairs': lateRepairs },
    pulls: [
      pullRequest({
        number: 12,
        title: 'Tell customers when a repair is late',
        body: 'Ticket 5120 was promised for Tuesday, and nobody told Tomas Berg.',
        author: 'jonas-keller',
        createdAt: '2026-11-18T13:20:00Z',
        head: { ref: 'late-repairs', sha: lateRepairs },
        requestedReviewers: ['grace-lindqvist', 'ada-okafor'],
        isMergeabilityKnown: false,
        files: [
          {
            filename: 'src/reminder.ts',
            status: 'added',
            additions: 46,
            deletions: 0,
            patch: '@@ -0,0 +1,46 @@',
          },
          {
            filename: 'src/front-desk.ts',
            status: 'modified',
            additions: 7,
            deletions: 2,
            patch: '@@ -30,6 +30,11 @@ export function tasksOf(desk: Desk)',
          },
        ],
        comments: [
          {
            id: 512_001,
            author: 'grace-lindqvist',
            body: 'What if the customer has no email address?',
            path: 'src/reminder.ts',
            line: 17,
            inReplyTo: null,
            createdAt: '2026-11-19T07:40:00Z',
          },
          {
            id: 512_002,
            author: 'jonas-keller',
            body: 'Then the front desk gets a task to call.',
            path: 'src/reminder.ts',
            line: 17,
            inReplyTo: 512_001,
            createdAt: '2026-11-19T08:05:00Z',
          },
          {
            id: 512_003,
            author: null,
            body: 'Is this still used?',
            path: 'src/front-desk.ts',
            line: null,
            inReplyTo: null,
            createdAt: '2026-11-19T09:00:00Z',
          },
        ],
      }),
    ],
    checkRuns: [
      {
        id: 12_001,
        sha: main,
        suite: 12_100,
        startedAt: '2026-11-17T16:00:00Z',
        name: 'test',
        app: 'github-actions',
        status: 'completed',
        conclusion: 'success',
        summary: null,
        annotations: [],
        job: { runId: 7_700_012, steps: [{ name: 'Run the tests', conclusion: 'success' }] },
      },
      {
        id: 12_002,
        sha: lateRepairs,
        suite: 12_200,
        startedAt: '2026-11-18T13:22:00Z',
        name: 'test',
        app: 'github-actions',
        status: 'completed',
        conclusion: 'success',
        summary: null,
        annotations: [],
        job: { runId: 7_700_013, steps: [{ name: 'Run the tests', conclusion: 'success' }] },
      },
    ],
    workflowRuns: [
      {
        id: 7_700_012,
        suite: 12_100,
        workflow: 781,
        event: 'push',
        name: 'CI',
        branch: 'main',
        sha: main,
        status: 'completed',
        conclusion: 'success',
        attempt: 1,
        createdAt: '2026-11-17T16:00:00Z',
      },
      {
        id: 7_700_013,
        suite: 12_200,
        workflow: 781,
        event: 'pull_request',
        name: 'CI',
        branch: 'late-repairs',
        sha: lateRepairs,
        status: 'completed',
        conclusion: 'success',
        attempt: 1,
        createdAt: '2026-11-18T13:21:00Z',
      },
    ],
    traffic: {
      views: [day('2026-11-18', 40, 21), day('2026-11-19', 64, 30), day('2026-11-20', 35, 19)],
      clones: [day('2026-11-17', 2, 1), day('2026-11-19', 7, 4)],
      referrers: [
        { referrer: 'cycletrade.example', count: 58, uniques: 31 },
        { referrer: 'Google', count: 22, uniques: 17 },
      ],
      paths: [
        {
          path: '/harbor-bikes/repair-tickets',
          title: 'harbor-bikes/repair-tickets: Tickets for bike workshops',
          count: 96,
          uniques: 48,
        },
      ],
    },
    contributors: [
      {
        login: 'grace-lindqvist',
        weeks: [week('2026-11-01', 4, 210, 35), week('2026-11-08', 0, 0, 0), week('2026-11-15', 3, 84, 20)],
      },
      {
        login: 'jonas-keller',
        weeks: [week('2026-11-01', 9, 640, 12), week('2026-11-08', 0, 0, 0), week('2026-11-15', 0, 0, 0)],
      },
      {
        login: 'ada-okafor',
        weeks: [week('2026-11-01', 0, 0, 0), week('2026-11-08', 0, 0, 0), week('2026-11-15', 1, 3, 1)],
      },
    ],
  });
