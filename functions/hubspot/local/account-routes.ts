import type { Route } from './route.ts';

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
];
