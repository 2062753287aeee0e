import * as z from 'zod';
import { accountsCatalogue } from '../../lib/accounts/accounts-catalogue.ts';
import { createAccountsFunction } from '../../lib/accounts/accounts-function.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import { readThing } from './acme.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from './faulty-dynamodb.ts';
import { sendNote } from './globex.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from './http-event.ts';
import { startTestBed, type TestBed } from './test-bed.ts';

export const USER_VERIFY_URL = 'https://app.example.com/connected';
const CATALOGUE = accountsCatalogue([readThing, sendNote]);

export const VERIFY = '/api/v1/connected_accounts/user/verify';

const Link = z.object({ authorization_url: z.string(), state: z.string(), expires_at: z.string() });

interface AccountsCall {
  claims?: Record<string, unknown>;
  authorizer?: unknown;
  headers?: Record<string, string>;
  pathParameters?: Record<string, string>;
  body?: unknown;
  remainingMs?: number;
}

/** The query parameters that the page at USER_VERIFY_URL receives. */
export interface Returned {
  auth_request_id: string;
  state: string;
}

type Send = (routeKey: string, call?: AccountsCall) => Promise<ReturnType<typeof readHttpAnswer>>;

export interface AccountsBed {
  scalekit: TestBed['scalekit'];
  dynamoDb: FaultyDynamoDb;
  variables: Environment;
  /** Starts an execution environment of the accounts function. */
  environment(variables?: Environment): Send;
  /** Requests a consent link for a user from the accounts function. */
  link(send: Send, user: string, connector?: string): Promise<z.output<typeof Link>>;
  /** Completes the consent at a link, and returns the query parameters of the redirect. */
  consent(link: string): Promise<Returned>;
  /** Returns the number of requests to verify a user that Scalekit has received. */
  verifications(): number;
  logged(): string;
  reset(): void;
  close(): Promise<void>;
}

/**
 * Starts the accounts function, an emulated Scalekit, and a table of DynamoDB. The test sets the faults of the table.
 */
export async function startAccountsBed(): Promise<AccountsBed> {
  const bed = await startTestBed();
  const dynamoDb = await startFaultyDynamoDb();
  const { scalekit } = bed;
  const lines: string[] = [];
  const variables = {
    SCALEKIT_ENV_URL: scalekit.url,
    SCALEKIT_CLIENT_ID: scalekit.clientId,
    SCALEKIT_CLIENT_SECRET: scalekit.clientSecret,
    USER_VERIFY_URL,
    ...dynamoDb.variables,
  };

  const environment: AccountsBed['environment'] = (changed = {}) => {
    const handler = createAccountsFunction(CATALOGUE, {
      variables: { ...variables, ...changed },
      log: (level, message, fields) => lines.push(JSON.stringify({ level, message, ...fields })),
    });
    return async (routeKey, { pathParameters, remainingMs, ...call } = {}) => {
      const event = { ...httpEvent(call), routeKey, ...(pathParameters && { pathParameters }) };
      return readHttpAnswer(await handler(event, lambdaContext(remainingMs)));
    };
  };

  return {
    scalekit,
    dynamoDb,
    variables,
    environment,

    async link(send, user, connector = 'acme') {
      const pathParameters = { connector };
      const route = 'POST /accounts/{connector}/authorize';
      return Link.parse((await send(route, { claims: { sub: user }, pathParameters })).json);
    },

    async consent(link) {
      const confirmed = await fetch(link, {
        method: 'POST',
        body: new URLSearchParams(),
        redirect: 'manual',
      });
      const { searchParams } = new URL(confirmed.headers.get('location') ?? '');
      return {
        auth_request_id: searchParams.get('auth_request_id') ?? '',
        state: searchParams.get('state') ?? '',
      };
    },

    verifications: () => scalekit.requests.filter(({ path }) => path === VERIFY).length,

    logged: () => lines.join('\n'),

    reset() {
      bed.reset();
      dynamoDb.fault = () => undefined;
      dynamoDb.operations.length = 0;
      lines.length = 0;
    },

    async close() {
      await Promise.all([bed.close(), dynamoDb.close()]);
    },
  };
}
