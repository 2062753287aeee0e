// Scalekit's guide to custom tools has three functions that use only the SDK. These tests run them against the local
// stack.
// https://docs.scalekit.com/agent-auth/tools/custom-tools/
import { ScalekitClient } from '@scalekit-sdk/node';
import { ConnectorStatus } from '@scalekit-sdk/node/lib/pkg/grpc/scalekit/v1/connected_accounts/connected_accounts_pb.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { projectConnectors } from '../support/project-connectors.ts';
import { startStackForTest } from '../support/start-stack-for-test.ts';

const Filters = z.object({ filter: z.array(z.object({ id: z.string() })) });
const Messages = z.object({ messages: z.array(z.object({ id: z.string() })) });
const Sent = z.object({ ok: z.literal(true), ts: z.string(), channel: z.string() });

const connectors = await projectConnectors();

let stack: Awaited<ReturnType<typeof startStackForTest>>;
let actions: ScalekitClient['actions'];
beforeAll(async () => {
  stack = await startStackForTest();
  const { url, clientId, clientSecret } = stack.scalekit;
  ({ actions } = new ScalekitClient(url, clientId, clientSecret));
});
afterAll(() => stack.close());

async function assertActive(connectionName: string, identifier: string): Promise<void> {
  const { connectedAccount } = await actions.getOrCreateConnectedAccount({ connectionName, identifier });
  if (connectedAccount?.status !== ConnectorStatus.ACTIVE) throw new Error('Re-authorize the user.');
}

test.runIf(connectors.has('gmail'))('the SDK lists filters and unread messages of Gmail', async () => {
  const account = { connectionName: 'gmail', identifier: 'user_ada' };
  await assertActive(account.connectionName, account.identifier);

  const filters = await actions.request({
    ...account,
    method: 'GET',
    path: '/gmail/v1/users/me/settings/filters',
  });
  const unread = await actions.request({
    ...account,
    method: 'GET',
    path: '/gmail/v1/users/me/messages',
    queryParams: { q: 'is:unread', maxResults: 2 },
  });

  expect(Filters.parse(filters.data).filter).not.toEqual([]);
  expect(Messages.parse(unread.data).messages).toHaveLength(2);
});

test.runIf(connectors.has('slack'))('the SDK sends a message to Slack', async () => {
  const account = { connectionName: 'slack', identifier: 'user_ada' };
  await assertActive(account.connectionName, account.identifier);
  const { json } = await stack.call('user_ada', 'slack_find_channel', { query: 'a' });
  const [channel] = z.object({ channels: z.array(z.object({ id: z.string() })) }).parse(json).channels;

  const { data } = await actions.request({
    ...account,
    method: 'POST',
    path: '/api/chat.postMessage',
    body: { channel: channel?.id, text: 'The order has shipped.' },
  });

  expect(Sent.parse(data).channel).toBe(channel?.id);
});

test('an account that its user has not connected is not ACTIVE', async () => {
  const [connectionName = ''] = connectors.keys();

  await expect(assertActive(connectionName, 'user_new')).rejects.toThrow('Re-authorize the user.');
});
