import { Steps, takeStep } from './approvals.ts';
import { pluralOf } from './describe-object.ts';
import { Reviews, review } from './flow-approvals.ts';
import { definitions } from './objects.ts';
import { firstPage, laterPage } from './query-pages.ts';
import { API, type Route } from './route.ts';
import { runSoql } from './run-soql.ts';
import { SalesforceError } from './salesforce-error.ts';
import { malformed } from './soql-tokens.ts';

/** All routes except the routes for an object's records. */
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
  { method: 'GET', path: '/', answer: ({ access }) => ({ body: resources(access.userId) }) },
  {
    method: 'GET',
    path: '/sobjects',
    answer: ({ access }) => ({
      body: {
        encoding: 'UTF-8',
        maxBatchSize: 200,
        sobjects: definitions
          .filter(({ name }) => access.object(name))
          .map(({ name, label, keyPrefix }) => ({ name, label, labelPlural: pluralOf(label), keyPrefix })),
      },
    }),
  },
  {
    method: 'GET',
    path: '/chatter/users/me',
    // In organisations that were created since Summer '26, Chatter is off at first.
    answer() {
      throw new SalesforceError(
        403,
        'FUNCTIONALITY_NOT_ENABLED',
        'Chatter is not enabled or user does not have access to Chatter',
      );
    },
  },
  {
    method: 'POST',
    path: '/actions/standard/reviewApprovalWorkItem',
    answer({ access, json }) {
      const reviews = Reviews.safeParse(json).data;
      if (!reviews)
        throw new SalesforceError(400, 'JSON_PARSER_ERROR', 'Unexpected value at [line:1, column:1]');
      return review(access, reviews.inputs[0]);
    },
  },
  {
    method: 'POST',
    path: '/process/approvals',
    answer({ access, json }) {
      const steps = Steps.safeParse(json).data;
      if (!steps)
        throw new SalesforceError(400, 'JSON_PARSER_ERROR', 'Unexpected value at [line:1, column:1]');
      return { body: steps.requests.map((step) => takeStep(access, step)) };
    },
  },
];

/** Returns the resources of the API version. The URL in `identity` ends with the user's ID. */
function resources(userId: string) {
  const names = ['sobjects', 'query', 'search', 'process', 'actions', 'limits', 'recent'];
  return {
    ...Object.fromEntries(names.map((name) => [name, `${API}/${name}`])),
    identity: `https://login.salesforce.com/id/00DHB0000000001MAA/${userId}`,
  };
}
