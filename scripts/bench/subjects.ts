import { randomUUID } from 'node:crypto';
import { agentCoreClientContext } from '../../local/events/agentcore-client-context.ts';
import { httpEvent } from '../../local/events/http-event.ts';
import type { Bundle } from './bundles.ts';
import type { Subject } from './measure.ts';
import type { Addresses } from './servers.ts';

export const TOOLS = {
  read: { name: 'gmail_list_filters', module: 'functions/gmail/list-filters', input: {} },
  write: {
    name: 'slack_send_message',
    module: 'functions/slack/send-message',
    input: { channel: 'C024BE91L', text: 'The order has shipped.' },
  },
} as const;

export type SubjectName = 'empty' | 'baselineRead' | 'read' | 'agentCore' | 'baselineWrite' | 'write';

/** Returns the functions to measure, by their names in the report. */
export function subjectsOf(
  bundles: Readonly<Record<Exclude<SubjectName, 'agentCore'>, Bundle>>,
  addresses: Addresses,
): Record<SubjectName, Subject> {
  const variables = variablesOf(addresses);
  const event = (kind: keyof typeof TOOLS, headers = {}) =>
    httpEvent({ tool: TOOLS[kind].name, claims: { sub: 'user_ada' }, headers, body: TOOLS[kind].input });
  const benched = ({ folder, module }: Bundle, given: Readonly<Record<string, string>>) => ({
    folder,
    handler: `${module}.handler`,
    variables: given,
  });
  const clientContext = agentCoreClientContext(TOOLS.read.name, {
    Authorization: `Bearer ${addresses.token}`,
  });
  return {
    empty: {
      benched: benched(bundles.empty, {}),
      invocation: () => ({ event: {} }),
      isAnswered: () => true,
    },
    baselineRead: {
      benched: benched(bundles.baselineRead, variables.baseline),
      invocation: () => ({ event: event('read') }),
      isAnswered: isOk,
    },
    read: {
      benched: benched(bundles.read, variables.ours),
      invocation: () => ({ event: event('read') }),
      isAnswered: isOk,
    },
    agentCore: {
      benched: benched(bundles.read, variables.ours),
      invocation: () => ({ event: TOOLS.read.input, clientContext }),
      isAnswered: (answer) => 'filters' in Object(answer),
    },
    baselineWrite: {
      benched: benched(bundles.baselineWrite, variables.baseline),
      invocation: () => ({ event: event('write') }),
      isAnswered: isOk,
    },
    write: {
      benched: benched(bundles.write, variables.ours),
      // Each call has a new key, so the tool never returns a stored result.
      invocation: () => ({ event: event('write', { 'idempotency-key': randomUUID() }) }),
      isAnswered: isOk,
    },
  };
}

function isOk(answer: unknown): boolean {
  const { statusCode }: { statusCode?: unknown } = Object(answer);
  return statusCode === 200;
}

/**
 * Returns the settings of a deployment, for the baseline and for our functions. Only the baseline reads its secret
 * from an environment variable.
 */
function variablesOf(addresses: Addresses) {
  const common = { SCALEKIT_ENV_URL: addresses.scalekit, SCALEKIT_CLIENT_ID: addresses.clientId };
  return {
    baseline: { ...common, SCALEKIT_CLIENT_SECRET: addresses.clientSecret },
    ours: {
      ...common,
      SCALEKIT_CLIENT_SECRET_ARN: addresses.secretArn,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: addresses.secretsManager,
      AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamoDb,
      IDEMPOTENCY_TABLE: addresses.table,
      USER_VERIFY_URL: 'https://app.example.com/verify',
      OIDC_ISSUER: addresses.issuer,
      OIDC_AUDIENCE: addresses.audience,
    },
  };
}
