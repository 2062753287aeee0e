import { fleetPlanner } from './fleet-planner.ts';
import { repairTickets } from './repair-tickets.ts';
import { pullRequest, sha, shopRepository } from './repository-of-shop.ts';
import type { GitHubState } from './state.ts';

const NEXT_ID = 600_000;

/** The repositories of Harbor Bikes, as they are when the local GitHub starts. */
export function seed(tokens: GitHubState['tokens']): GitHubState {
  return {
    tokens,
    nextId: NEXT_ID,
    repositories: [
      fleetPlanner(),
      repairTickets(),
      shopRepository({ id: 883, name: 'campus-repair-day', roles: { 'ada-okafor': 'admin' } }),
      shopRepository({
        id: 884,
        name: 'old-webshop',
        isArchived: true,
        roles: { 'ada-okafor': 'admin' },
        branches: { main: sha('old-webshop main') },
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
    ],
  };
}
