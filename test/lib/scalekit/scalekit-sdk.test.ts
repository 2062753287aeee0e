// What the unmodified Scalekit SDK says on the wire, held against what lib/scalekit/scalekit-api.ts says in its place.
// `npm run sdk:check` runs these tests against another version of the SDK and prints their names, so each of them imports
// by itself the SDK, and the emulated Scalekit, which takes messages and REST rules from it.
import { connect } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import type * as sdk from '@scalekit-sdk/node';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { AccessToken } from '../../../lib/scalekit/access-token.ts';
import type { Account } from '../../../lib/scalekit/account.ts';
import { AccountsApi } from '../../../lib/scalekit/accounts-api.ts';
import { ControlPlane } from '../../../lib/scalekit/control-plane.ts';
import { path } from '../../../lib/scalekit/path.ts';
import type { ProviderRequestOptions } from '../../../lib/scalekit/provider-client.ts';
import { encodeRequest } from '../../../lib/scalekit/provider-request.ts';
import { ScalekitApi } from '../../../lib/scalekit/scalekit-api.ts';
import { StoredSecret } from '../../../lib/settings/stored-secret.ts';
import { Deadline } from '../../../lib/time/deadline.ts';
import type { RecordedRequest } from '../../../local/scalekit/recorded-request.ts';
import type * as emulation from '../../../local/scalekit/start-scalekit-emulator.ts';
import { startRawServer } from '../../support/raw-server.ts';
import { startRecordingServer } from '../../support/recording-server.ts';

// Named by variables, since Vite resolves a name in the import itself beforehand: then all tests of the file fail at once.
const SDK = '@scalekit-sdk/node';
const EMULATOR = join(import.meta.dirname, '../../../local/scalekit/start-scalekit-emulator.ts');

const CONNECTION = 'acme';
const IDENTIFIER = 'user_ada';
const LIMITS = { signal: new AbortController().signal, timeoutMs: 5_000 };
// Who speaks, what it can decode, and its connection.
const OWN_HEADERS = new Set(['user-agent', 'x-sdk-version', 'accept-encoding', 'connection']);

const TokenAnswer = z.object({ access_token: z.string() });

/** The two that speak to an emulated Scalekit, in front of a provider that answers all. */
async function start() {
  const { startScalekitEmulator }: typeof emulation = await import(EMULATOR);
  const { ScalekitClient }: typeof sdk = await import(SDK);
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
  const { url, heard } = await listenIn(emulator.url);
  const client = new ScalekitClient(url, emulator.clientId, emulator.clientSecret);
  const api = new ScalekitApi({ environmentUrl: url, clientId: emulator.clientId });

  return {
    emulator,
    client,
    api,
    heard,
    /** The SDK asks for a token once it was refused a call, other than one through the proxy. */
    async authorizeSdk() {
      await client.actions.getOrCreateConnectedAccount({
        connectionName: CONNECTION,
        identifier: IDENTIFIER,
      });
    },
    async authorizeApi() {
      const { body } = await api.requestToken(emulator.clientSecret, LIMITS);
      api.setAccessToken(TokenAnswer.parse(JSON.parse(body)).access_token);
    },
  };
}

/** Passes on what is said, and keeps it, one text for each connection. */
async function listenIn(listener: string) {
  const { hostname, port } = new URL(listener);
  const heard: string[] = [];
  const url = await startRawServer((speaker) => {
    const index = heard.push('') - 1;
    speaker.on('data', (bytes) => {
      heard[index] += String(bytes);
    });
    pipeline(speaker, connect(Number(port), hostname), speaker, () => {});
  });
  return { url, heard };
}

/** Fails with a line that tells all in which the SDK's request and ours differ, for `npm run sdk:check`. */
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

test('the request for an access token', async () => {
  // Prepare
  const { emulator, heard, authorizeSdk, authorizeApi } = await start();

  // Act
  await authorizeSdk();
  await authorizeApi();

  // Assess
  const requests = emulator.requests.filter(({ kind }) => kind === 'token');
  const [formOfSdk, ourForm] = heard
    .filter((text) => text.startsWith('POST /oauth/token '))
    .map((text) => [...new URLSearchParams(text.split('\r\n\r\n')[1])]);
  expectSame(requests);
  expect(requests[1]).toMatchObject({
    method: 'POST',
    path: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 200,
  });
  expect(ourForm).toEqual(formOfSdk);
  expect(ourForm).toEqual([
    ['grant_type', 'client_credentials'],
    ['client_id', emulator.clientId],
    ['client_secret', emulator.clientSecret],
  ]);
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
])('$name through the proxy', async ({ name: _, method, ...options }) => {
  // Prepare
  const { emulator, client, api, authorizeSdk, authorizeApi } = await start();
  await authorizeSdk();
  await authorizeApi();
  emulator.reset();
  const { query, json, form } = options;
  const request = encodeRequest(method, THINGS, options);

  // Act
  await client.actions.request({
    connectionName: CONNECTION,
    identifier: IDENTIFIER,
    method,
    path: THINGS.value,
    // With the type of the body: by itself the SDK names no charset, and sends a form as JSON.
    headers: request.headers,
    ...(query && { queryParams: query }),
    ...(form && { formData: form }),
    body: json,
  });
  await api.proxy({
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
])('the SDK declares %s where lib/scalekit/accounts-api.ts asks for it', async (rpc, ask) => {
  // Prepare
  const { emulator, api } = await start();
  const secret = new StoredSecret({ secret: emulator.clientSecret });
  const controlPlane = new ControlPlane(api, new AccessToken(api, secret));
  const accounts = new AccountsApi(controlPlane, 'https://app.example/verify', secret);
  const deadline = new Deadline(LIMITS.timeoutMs);
  onTestFinished(() => deadline.end());

  // Act
  await ask(accounts, deadline).catch(() => undefined);

  // Assess
  expect(emulator.requests.map((request) => request.rpc)).toContain(rpc);
});

function account(identifier: string): Account {
  return { connection: CONNECTION, connectionSetting: 'ACME_CONNECTION', identifier };
}
