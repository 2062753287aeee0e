import { movedByWeeks } from '../../../local/providers/story-time.ts';
import { fleetPlanner } from './fleet-planner.ts';
import { repairTickets } from './repair-tickets.ts';
import { pullRequest, sha, shopRepository } from './repository-of-shop.ts';
import type { GitHubState, Repository } from './state.ts';
import { workshopCalendar } from './workshop-calendar.ts';

const NEXT_ID = 600_000;

/** Returns the state in which the local GitHub starts: the repositories of the bike shop Harbor Bikes. */
export function seed(tokens: GitHubState['tokens']): GitHubState {
  return {
    tokens,
    nextId: NEXT_ID,
    // Grace was invited to City Ferries' organisation, but she has not used its single sign-on yet.
    withheldOrganisations: { 'grace-lindqvist': [21_955_855] },
    repositories: inTime([
      fleetPlanner(),
      repairTickets(),
      workshopCalendar(),
      shopRepository({ id: 883, name: 'campus-repair-day', roles: { 'ada-okafor': 'admin' } }),
      shopRepository({
        id: 884,
        name: 'old-webshop',
        isArchived: true,
        roles: { 'ada-okafor': 'admin' },
        branches: { main: sha('old-webshop main') },
        // With `unlistedCommits`, this repository has 12,000 commits. GitHub does not count lines in a
        // repository of that size.
        contributors: [{ login: 'jonas-keller', weeks: [{ week: '2024-02-25', a: 0, d: 0, c: 7_400 }] }],
        unlistedCommits: 4_600,
        pulls: [
          pullRequest({
            number: 3,
            title: 'Show opening hours',
            author: 'jonas-keller',
            createdAt: '2024-03-01T10:00:00Z',
            requestedReviewers: ['ada-okafor'],
          }),
        ],
      }),
    ]),
  };
}

function inTime(repositories: Repository[]): Repository[] {
  return JSON.parse(JSON.stringify(repositories), (_, value) =>
    typeof value === 'string' ? movedByWeeks(value) : value,
  );
}
