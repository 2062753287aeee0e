import { create } from '@bufbuild/protobuf';
import { createClient as createRpcClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import {
  ScalekitConflictException,
  ScalekitNotFoundException,
  ScalekitNotImplementedException,
} from '@scalekit-sdk/node';
import {
  AuthorizationDetailsSchema,
  ConnectedAccountService,
  ConnectorStatus,
} from '@scalekit-sdk/node/lib/pkg/grpc/scalekit/v1/connected_accounts/connected_accounts_pb.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ScalekitEmulator,
  startScalekitEmulator,
} from '../../../local/scalekit/start-scalekit-emulator.ts';
import { createClient, createSeed, fetchAccessToken } from './emulator-fixture.ts';

describe('the emulated accounts over gRPC', () => {
  let emulator: ScalekitEmulator;
  beforeEach(async () => {
    emulator = await startScalekitEmulator({ seed: createSeed('http://127.0.0.1:1') });
  });
  afterEach(() => emulator.close());

  const dave = { connectionName: 'slack-main', identifier: 'dave' };

  it('let the SDK fetch a token, and create, find, update, list and delete an account', async () => {
    const { actions } = createClient(emulator);

    const created = await actions.getOrCreateConnectedAccount(dave);
    expect(created.connectedAccount).toMatchObject({
      identifier: 'dave',
      connector: 'slack-main',
      provider: 'SLACK',
      status: ConnectorStatus.PENDING_AUTH,
    });
    expect(emulator.requests.map(({ rpc, kind, status }) => [rpc ?? kind, status])).toEqual([
      ['GetConnectedAccountAuth', 401],
      ['token', 200],
      ['GetConnectedAccountAuth', 404],
      ['CreateConnectedAccount', 200],
    ]);
    expect(emulator.requests[2]).toMatchObject({
      protocol: 'grpc',
      authorization: 'valid',
      connection: 'slack-main',
      identifier: 'dave',
    });

    const found = await actions.getOrCreateConnectedAccount(dave);
    expect(found.connectedAccount?.id).toBe(created.connectedAccount?.id);

    const authorizationDetails = create(AuthorizationDetailsSchema, {
      details: { case: 'oauthToken', value: { accessToken: 'given' } },
    });
    await actions.updateConnectedAccount({ ...dave, authorizationDetails });
    expect(emulator.getAccount('slack-main', 'dave')).toMatchObject({
      status: 'ACTIVE',
      accessToken: 'given',
    });

    const listed = await actions.listConnectedAccounts({ connectionName: 'slack-main', pageSize: 3 });
    expect(listed.connectedAccounts.map(({ identifier }) => identifier)).toEqual(['alice', 'bob', 'expired']);
    expect(listed.totalSize).toBe(4);
    const nextPage = await actions.listConnectedAccounts({
      connectionName: 'slack-main',
      pageSize: 3,
      pageToken: listed.nextPageToken,
    });
    expect(nextPage.connectedAccounts.map(({ identifier }) => identifier)).toEqual(['dave']);
    expect(nextPage.nextPageToken).toBe('');

    await actions.deleteConnectedAccount(dave);
    expect(emulator.getAccount('slack-main', 'dave')).toBeUndefined();
    await expect(actions.getConnectedAccount(dave)).rejects.toThrow(ScalekitNotFoundException);
  });

  it('reject a second account, an unknown connection, and calls of procedures that are not emulated', async () => {
    const { actions, connectedAccounts, tools } = createClient(emulator);
    await expect(
      actions.createConnectedAccount({
        connectionName: 'slack-main',
        identifier: 'alice',
        authorizationDetails: create(AuthorizationDetailsSchema),
      }),
    ).rejects.toThrow(ScalekitConflictException);
    await expect(
      connectedAccounts.getOrCreateConnectedAccount({ connector: 'nowhere', identifier: 'alice' }),
    ).rejects.toThrow(ScalekitNotFoundException);
    await expect(tools.executeTool({ toolName: 'slack_send', identifier: 'alice' })).rejects.toThrow(
      ScalekitNotImplementedException,
    );
    expect(emulator.requests.at(-1)).toMatchObject({ kind: 'rpc', status: 404 });
  });

  it('return credentials from GetConnectedAccountAuth and never from GetConnectedAccountDetails', async () => {
    const token = await fetchAccessToken(emulator);
    const client = createRpcClient(ConnectedAccountService, createGrpcTransport({ baseUrl: emulator.url }));
    const options = { headers: { authorization: `Bearer ${token}` } };
    const subject = { connector: 'slack-main', identifier: 'alice' };

    const details = await client.getConnectedAccountDetails(subject, options);
    expect(details.connectedAccount?.status).toBe(ConnectorStatus.ACTIVE);
    expect(details.connectedAccount?.authorizationDetails).toBeUndefined();

    const auth = await client.getConnectedAccountAuth(subject, options);
    expect(auth.connectedAccount?.authorizationDetails?.details).toMatchObject({
      case: 'oauthToken',
      value: { accessToken: 'slack-token-alice' },
    });
    const byId = await client.getConnectedAccountDetails({ id: details.connectedAccount?.id ?? '' }, options);
    expect(byId.connectedAccount?.identifier).toBe('alice');
  });

  it('let the SDK renew its token after all tokens have expired', async () => {
    const { actions } = createClient(emulator);
    const alice = { connectionName: 'slack-main', identifier: 'alice' };
    await actions.getConnectedAccount(alice);
    emulator.expireTokens();
    await actions.getConnectedAccount(alice);
    expect(emulator.requests.map(({ kind, authorization, status }) => [kind, authorization, status])).toEqual(
      [
        ['rpc', 'absent', 401],
        ['token', 'absent', 200],
        ['rpc', 'valid', 200],
        ['rpc', 'invalid', 401],
        ['token', 'absent', 200],
        ['rpc', 'valid', 200],
      ],
    );
  });

  it('equal the accounts of the seed after a reset', async () => {
    emulator.setAccount('slack-main', 'alice', { status: 'DISCONNECTED' });
    emulator.setAccount('slack-main', 'dave', {});
    emulator.deleteAccount('slack-main', 'bob');
    expect(emulator.getAccount('slack-main', 'alice')).toMatchObject({
      status: 'DISCONNECTED',
      accessToken: 'slack-token-alice',
    });
    await fetchAccessToken(emulator);

    emulator.reset();

    expect(emulator.getAccount('slack-main', 'alice')?.status).toBe('ACTIVE');
    expect(emulator.getAccount('slack-main', 'bob')?.accessToken).toBe('slack-token-bob');
    expect(emulator.getAccount('slack-main', 'dave')).toBeUndefined();
    expect(emulator.requests).toEqual([]);
  });

  it('reject the verification of an unknown auth request', async () => {
    const { actions } = createClient(emulator);
    const verification = actions.verifyConnectedAccountUser({
      authRequestId: 'made-up',
      identifier: 'alice',
    });
    await expect(verification).rejects.toThrow(ScalekitNotFoundException);
  });
});
