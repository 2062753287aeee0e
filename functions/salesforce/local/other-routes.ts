import { Steps, takeStep } from './approvals.ts';
import { currentUser } from './current-user.ts';
import { firstPage, laterPage } from './query-pages.ts';
import { Refusal } from './refusal.ts';
import type { Route } from './route.ts';
import { runSoql } from './run-soql.ts';
import { malformed } from './soql-tokens.ts';

/** What there is besides the records of an object. */
export const otherRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/query',
    answer({ access, query, batchSize }) {
      const text = query('q');
      if (!text) throw malformed('A query string has to be specified');
      return { body: firstPage(access.organisation, runSoql(access, text), batchSize) };
    },
  },
  {
    method: 'GET',
    path: '/query/:locator',
    answer: ({ access, parameter, batchSize }) => ({
      body: laterPage(access.organisation, parameter('locator'), batchSize),
    }),
  },
  { method: 'GET', path: '/chatter/users/me', answer: ({ access }) => ({ body: currentUser(access) }) },
  {
    method: 'POST',
    path: '/process/approvals',
    answer({ access, json }) {
      const steps = Steps.safeParse(json).data;
      if (!steps) throw new Refusal(400, 'JSON_PARSER_ERROR', 'Unexpected value at [line:1, column:1]');
      return { body: steps.requests.map((step) => takeStep(access, step)) };
    },
  },
];
