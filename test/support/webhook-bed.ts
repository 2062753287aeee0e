import { Webhook } from 'standardwebhooks';
import type { Environment } from '../../lib/settings/environment.ts';
import { createWebhookFunction } from '../../lib/webhooks/webhook.ts';
import { type EventBus, startEventBus } from '../../local/eventbridge/start-event-bus.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from './faulty-dynamodb.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from './http-event.ts';

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const OTHER_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

const ROUTE = 'POST /webhooks/scalekit';

/** What a test changes of a delivery before it is sent. */
export interface DeliveryChanges {
  id?: string;
  secret?: string;
  sentAtMs?: number;
  body?: string;
  /** In place of what was signed. */
  sentBody?: string;
  headers?: Record<string, string>;
  event?: Record<string, unknown>;
}

type Deliver = (changes?: DeliveryChanges) => Promise<ReturnType<typeof readHttpAnswer>>;

export interface WebhookBed {
  bus: EventBus;
  dynamoDb: FaultyDynamoDb;
  variables: Environment;
  /** The webhook in an execution environment of its own. */
  environment(variables?: Environment): Deliver;
  /** The connections of which an account has left ACTIVE. */
  leftActive: string[];
  logged(): string;
  reset(): void;
  close(): Promise<void>;
}

/** The body of a delivery, with the members of its data that a test changes. */
export function statusUpdated(data: Record<string, unknown> = {}, envelope: object = {}): string {
  return JSON.stringify({
    spec_version: '1',
    id: 'evt_1',
    object: 'ConnectedAccount',
    environment_id: 'env_1',
    occurred_at: '2026-11-25T09:00:00.123456789Z',
    type: 'connected_account.status_updated',
    data: {
      id: 'ca_1',
      identifier: 'user_ada',
      connection_name: 'gmail',
      status: 'EXPIRED',
      old_status: 'ACTIVE',
      access_token: 'never-passed-on',
      ...data,
    },
    ...envelope,
  });
}

/** The headers of a delivery. */
export function signed(body: string, { id = 'msg_1', secret = SECRET, sentAtMs = Date.now() } = {}) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAtMs / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(sentAtMs), body),
  };
}

export async function startWebhookBed(): Promise<WebhookBed> {
  const [bus, dynamoDb] = await Promise.all([startEventBus(), startFaultyDynamoDb()]);
  const lines: string[] = [];
  const leftActive: string[] = [];
  const variables = { ...dynamoDb.variables, ...bus.variables, SCALEKIT_WEBHOOK_SECRET: SECRET };

  return {
    bus,
    dynamoDb,
    variables,
    leftActive,

    environment(changed = {}) {
      const handler = createWebhookFunction({
        variables: { ...variables, ...changed },
        log: (level, message, fields) => lines.push(JSON.stringify({ level, message, ...fields })),
        countLeftActive: (connection) => leftActive.push(connection),
      });
      return async ({ body = statusUpdated(), sentBody = body, headers, event, ...how } = {}) => {
        const sent = httpEvent({
          authorizer: undefined,
          headers: { ...signed(body, how), ...headers },
          body: sentBody,
        });
        return readHttpAnswer(await handler({ ...sent, routeKey: ROUTE, ...event }, lambdaContext()));
      };
    },

    logged: () => lines.join('\n'),

    reset() {
      dynamoDb.fault = () => undefined;
      dynamoDb.operations.length = 0;
      bus.events.length = 0;
      lines.length = 0;
      leftActive.length = 0;
    },

    async close() {
      await Promise.all([bus.close(), dynamoDb.close()]);
    },
  };
}
