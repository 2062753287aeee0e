import { ada, grace } from '../../../local/providers/harbor-bikes.ts';
import type { Route } from './route.ts';

const MADE = '2026-01-05T08:00:00.000Z';
const OWNERS = [
  { id: '1234567', userId: 7654321, person: ada },
  { id: '1234568', userId: 7654322, person: grace },
];

export const ownerRoutes: Route[] = [
  {
    method: 'GET',
    path: '/crm/v3/owners',
    scopes: () => ['crm.objects.owners.read'],
    answer: ({ query }) => ({
      results: OWNERS.filter(({ person }) => [null, person.email].includes(query.get('email'))).map(
        ({ id, userId, person }) => ({
          id,
          email: person.email,
          type: 'PERSON',
          firstName: person.name.split(' ')[0],
          lastName: person.name.split(' ')[1],
          userId,
          createdAt: MADE,
          updatedAt: MADE,
          archived: false,
        }),
      ),
    }),
  },
];
