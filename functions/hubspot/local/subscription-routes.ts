import * as z from 'zod';
import { invalid, notFound, type Route, read } from './route.ts';
import type { HubSpotState, SubscriptionStatus } from './state.ts';

const TYPES = new Map([
  [7890, 'Workshop news'],
  [7891, 'Offers for fleets'],
]);
const NewStatus = z.strictObject({
  subscriptionId: z.int(),
  statusState: z.enum(['SUBSCRIBED', 'UNSUBSCRIBED', 'NOT_SPECIFIED']),
  channel: z.literal('EMAIL'),
  legalBasis: z.string().optional(),
  legalBasisExplanation: z.string().optional(),
});
const path = '/communication-preferences/v4/statuses/:email';

export const subscriptionRoutes: Route[] = [
  {
    method: 'GET',
    path: '/communication-preferences/v4/definitions',
    scopes: () => ['communication_preferences.read_write'],
    answer: () =>
      results(
        [...TYPES].map(([id, name]) => ({
          id: String(id),
          name,
          description: `${name}, about once a month`,
          isActive: true,
          isDefault: false,
          isInternal: false,
          communicationMethod: 'Email',
        })),
      ),
  },
  {
    method: 'GET',
    path,
    scopes: () => ['communication_preferences.read_write'],
    answer: ({ params, query }, state) => {
      if (query.get('channel') !== 'EMAIL') throw invalid('channel is required');
      const { email = '' } = params;
      return results([...TYPES.keys()].map((id) => statusView(statusOf(state, email, id))));
    },
  },
  {
    method: 'POST',
    path,
    scopes: () => ['communication_preferences.read_write'],
    answer({ params, body }, state) {
      const { email = '' } = params;
      const { subscriptionId, statusState, legalBasis, legalBasisExplanation } = read(NewStatus, body);
      if (!TYPES.has(subscriptionId)) throw notFound(`Subscription ${subscriptionId} does not exist`);
      if (statusState === 'SUBSCRIBED' && state.optedOut.includes(email))
        throw invalid(`${email} has unsubscribed from all email and cannot be subscribed`);
      const before = statusOf(state, email, subscriptionId);
      const after = { ...before, status: statusState, legalBasis, legalBasisExplanation };
      const others = state.subscriptionStatuses.filter(
        (status) => status.email !== email || status.subscriptionId !== subscriptionId,
      );
      state.subscriptionStatuses = [...others, { ...after, timestamp: new Date().toISOString() }];
      const reason = before.status === statusState ? 'NO_STATUS_CHANGE' : 'REQUESTED_CHANGE_OCCURRED';
      return results([{ ...statusView(after), setStatusSuccessReason: reason }]);
    },
  },
];

function statusOf(state: HubSpotState, email: string, subscriptionId: number): SubscriptionStatus {
  const kept = state.subscriptionStatuses.find(
    (status) => status.email === email && status.subscriptionId === subscriptionId,
  );
  return kept ?? { email, subscriptionId, status: 'NOT_SPECIFIED', timestamp: new Date().toISOString() };
}

function statusView({ email, ...status }: SubscriptionStatus) {
  const subscriptionName = TYPES.get(status.subscriptionId);
  return { ...status, channel: 'EMAIL', source: 'API', subscriberIdString: email, subscriptionName };
}

function results(statuses: readonly object[]) {
  const now = new Date().toISOString();
  return { status: 'COMPLETE', results: statuses, startedAt: now, completedAt: now };
}
