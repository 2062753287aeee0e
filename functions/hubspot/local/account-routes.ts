import { ada, grace } from '../../../local/providers/harbor-bikes.ts';
import { page, type Route } from './route.ts';

const MADE = '2026-01-05T08:00:00.000Z';
const OWNERS = [
  { id: '1234567', userId: 7654321, person: ada, archived: false },
  { id: '1234568', userId: 7654322, person: grace, archived: false },
  // This user has left the company, but still owns records.
  {
    id: '1234569',
    userId: 7654323,
    person: { name: 'Emil Brandt', email: 'emil@harborbikes.example' },
    archived: true,
  },
];

export const accountRoutes: Route[] = [
  {
    method: 'GET',
    path: '/account-info/v3/details',
    scopes: () => [],
    answer: () => ({
      portalId: 4711,
      accountType: 'STANDARD',
      timeZone: 'Europe/Amsterdam',
      companyCurrency: 'EUR',
      additionalCurrencies: [],
      utcOffset: '+01:00',
      utcOffsetMilliseconds: 3_600_000,
      uiDomain: 'app-eu1.hubspot.com',
      dataHostingLocation: 'eu1',
    }),
  },
  {
    method: 'GET',
    path: '/crm/v3/owners',
    scopes: () => ['crm.objects.owners.read'],
    answer: ({ query }) =>
      page(
        query,
        500,
        OWNERS.filter(
          ({ person, archived }) =>
            [null, person.email].includes(query.get('email')) &&
            archived === (query.get('archived') === 'true'),
        ).map(({ id, userId, person, archived }) => ({
          id,
          email: person.email,
          type: 'PERSON',
          firstName: person.name.split(' ')[0],
          lastName: person.name.split(' ')[1],
          userId,
          createdAt: MADE,
          updatedAt: MADE,
          archived,
        })),
      ),
  },
];
