// What lib/scalekit/sdk.ts leans on, one test for each thing. `npm run sdk:check` runs these tests against another version
// of the SDK and prints their names, so each of them imports the SDK by itself and needs nothing else of it.
import { execFile } from 'node:child_process';
import { Agent, type RequestListener } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type actions from '@scalekit-sdk/node/lib/actions.js';
import type core from '@scalekit-sdk/node/lib/core.js';
import type * as messages from '@scalekit-sdk/node/lib/pkg/grpc/scalekit/v1/connected_accounts/connected_accounts_pb.js';
import type { AxiosRequestConfig } from 'axios';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ObservedTransport } from '../../../lib/scalekit/observed-transport.ts';
import { TransportError } from '../../../lib/scalekit/transport-error.ts';
import { startRecordingServer } from '../../support/recording-server.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const FIVE_MEGABYTES = 5 * 1024 * 1024;
const SHORT_MS = 50;

/** `skipAuth` is the SDK's own. */
type RequestOptions = AxiosRequestConfig & { skipAuth?: boolean };

// Named by variables, since Vite resolves a name in the import itself beforehand: then all tests of the file fail at once.
const CORE = '@scalekit-sdk/node/lib/core.js';
const ACTIONS = '@scalekit-sdk/node/lib/actions.js';
const MESSAGES = '@scalekit-sdk/node/lib/pkg/grpc/scalekit/v1/connected_accounts/connected_accounts_pb.js';

async function importCoreClient() {
  const module: { default: typeof core } = await import(CORE);
  return module.default.default;
}

async function importActionsClient() {
  const module: { default: typeof actions } = await import(ACTIONS);
  return module.default.default;
}

async function createCore(environmentUrl: string) {
  const CoreClient = await importCoreClient();
  return new CoreClient(environmentUrl, 'a-client', '');
}

async function startCore(answer?: RequestListener) {
  const server = await startRecordingServer(answer);
  onTestFinished(server.close);
  const core = await createCore(server.url);
  return { ...server, core, send: (options: RequestOptions) => core.axios.request(options) };
}

const hang: RequestListener = () => {};
const answerWith =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end(body);

/** An object that may be asked for its own properties alone. */
function exactly<Allowed extends object>(name: string, allowed: Allowed): Allowed {
  return new Proxy(allowed, {
    get(target, property) {
      if (property in target) return Reflect.get(target, property);
      throw new Error(`The SDK uses ${name}.${String(property)}.`);
    },
  });
}

test.each(['core', 'actions'])(
  'lib/%s.js can be imported alone, without the package’s entry',
  async (module) => {
    const script = `
    import { createRequire } from 'node:module';
    const { cache, resolve } = createRequire(import.meta.url);
    const failure = await import('@scalekit-sdk/node/lib/${module}.js').then(() => null, ({ message }) => message);
    const entryIsLoaded = Object.keys(cache).includes(resolve('@scalekit-sdk/node'));
    console.log(JSON.stringify({ failure, modules: Object.keys(cache).length, entryIsLoaded }));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      {
        cwd: PROJECT,
      },
    );

    const { failure, modules, entryIsLoaded } = JSON.parse(stdout);
    if (failure) throw new Error(failure);
    expect(modules).toBeGreaterThan(0);
    expect(entryIsLoaded).toBe(false);
  },
);

test('lib/core.js has a class as its default export', async () => {
  expect(await createCore('https://acme.example')).toBeInstanceOf(await importCoreClient());
});

test.each([
  ['envUrl', 1],
  ['clientId', 2],
  ['clientSecret', 3],
])('the class of lib/core.js takes %s as its argument %i', async (name, position) => {
  const CoreClient = await importCoreClient();
  const given = ['https://acme.example', 'a-client', 'a-secret'] as const;

  expect(new CoreClient(...given)).toHaveProperty(name, given[position - 1]);
});

test('lib/actions.js has a class as its default export, with the method request', async () => {
  const ActionsClient = await importActionsClient();

  expect(ActionsClient.prototype.request).toBeTypeOf('function');
});

describe('core.axios', () => {
  test('is an axios instance that sends to the URL of the environment', async () => {
    const { core, url, received, send } = await startCore();

    await send({ url: '/a/path?b=c', method: 'PATCH' });

    expect(core.axios).toHaveProperty('defaults.baseURL', url);
    expect(received).toMatchObject([{ method: 'PATCH', url: '/a/path?b=c' }]);
  });

  test('puts core.accessToken into each request', async () => {
    const { core, received, send } = await startCore();
    core.accessToken = 'a-token';

    await send({ url: '/first' });
    await send({ url: '/second' });

    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer a-token',
      'Bearer a-token',
    ]);
  });

  test('puts no token into a request with skipAuth', async () => {
    const { core, received, send } = await startCore();
    core.accessToken = 'a-token';

    await send({ url: '/oauth/token', skipAuth: true });

    expect(received).toHaveLength(1);
    expect(received[0]?.headers).not.toHaveProperty('authorization');
  });

  test('uses a token that was set later for the next request', async () => {
    const { core, received, send } = await startCore();

    await send({ url: '/' });
    for (const token of ['first', 'second']) {
      core.accessToken = token;
      await send({ url: '/' });
    }

    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      'Bearer first',
      'Bearer second',
    ]);
  });

  test('adds a user-agent, without which GitHub refuses, and x-sdk-version', async () => {
    const { received, send } = await startCore();

    await send({ url: '/' });

    expect(received[0]?.headers).toMatchObject({
      'user-agent': expect.stringMatching(/\w/),
      'x-sdk-version': expect.stringMatching(/\d+\.\d+\.\d+/),
    });
  });

  test('sends each value of a repeated key in URLSearchParams under the same key', async () => {
    const { received, send } = await startCore();

    await send({ url: '/', params: new URLSearchParams('a=1&a=2&b=x+y%26z') });

    expect(received[0]?.url).toBe('/?a=1&a=2&b=x+y%26z');
  });

  test.each([
    ['application/json', '{ "id": 12345678901234567890 }'],
    ['application/x-www-form-urlencoded', 'a=1&a=2&b=x+y'],
  ])('sends a body of the type %s that is a string as it is', async (type, data) => {
    const { received, send } = await startCore();

    await send({ url: '/', method: 'POST', headers: { 'content-type': type }, data });

    expect(received).toMatchObject([{ body: data, headers: { 'content-type': type } }]);
  });
});

describe('an option of core.axios.request:', () => {
  test('validateStatus keeps every status, with its headers and its body', async () => {
    const { send } = await startCore(answerWith(429, 'slow down', { 'Retry-After': '7' }));

    const answer = await send({ url: '/', validateStatus: () => true });

    expect(answer).toMatchObject({ status: 429, data: 'slow down', headers: { 'retry-after': '7' } });
  });

  test('maxRedirects: 0 follows no redirect', async () => {
    const { received, send } = await startCore(answerWith(302, '', { location: '/elsewhere' }));

    const answer = await send({ url: '/', maxRedirects: 0, validateStatus: () => true });

    expect(answer).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
    expect(received).toHaveLength(1);
  });

  test('responseType and transformResponse leave the body the text that came', async () => {
    const text = ' {"id": 12345678901234567890}\n';
    const { send } = await startCore(answerWith(200, text, { 'content-type': 'application/json' }));

    const { data } = await send({ url: '/', responseType: 'text', transformResponse: [] });

    expect(data).toBe(text);
  });

  test('maxContentLength refuses a larger answer, and only a larger one', async () => {
    const { send } = await startCore(({ url }, response) =>
      response.end('x'.repeat(FIVE_MEGABYTES + Number(url === '/larger'))),
    );
    const options = { maxContentLength: FIVE_MEGABYTES };

    expect((await send({ url: '/fits', ...options })).data).toHaveLength(FIVE_MEGABYTES);
    const error = await send({ url: '/larger', ...options }).catch((reason: unknown) =>
      TransportError.from(reason, { wasConnected: true }),
    );
    expect(error).toMatchObject({ failure: 'too_large' });
  });

  test('transport sends the request, and is given what Node.js takes', async () => {
    const { received, send } = await startCore();
    const transport = new ObservedTransport();

    await send({ url: '/', transport, maxRedirects: 0 });

    expect(received).toHaveLength(1);
    expect(transport.progress).toMatchObject({ isConnected: true, response: { statusCode: 200 } });
  });

  test('httpAgent makes the connection', async () => {
    const { received, send } = await startCore();
    const httpAgent = new Agent({ keepAlive: true });
    onTestFinished(() => httpAgent.destroy());

    await send({ url: '/', httpAgent });

    await vi.waitFor(() => {
      const kept = Object.values(httpAgent.freeSockets).flatMap((sockets) => sockets ?? []);
      expect(kept.map(({ localPort }) => localPort)).toEqual([received[0]?.clientPort]);
    });
  });

  test('httpsAgent makes the connection', async () => {
    const { port, received } = await startCore();
    // It leaves encryption out, so that no certificate is needed.
    class PlainAgent extends HttpsAgent {
      override createConnection() {
        return connect(port, '127.0.0.1');
      }
    }
    const core = await createCore('https://acme.example');

    await core.axios.request({ url: '/', httpsAgent: new PlainAgent() });

    expect(received).toMatchObject([{ headers: { host: 'acme.example' } }]);
  });
});

describe('an error of axios', () => {
  const failureOf = async (request: Promise<unknown>, wasConnected = true) => {
    const asTransportError = (error: unknown) => TransportError.from(error, { wasConnected });
    const { failure, code } = (await request.then(() => undefined, asTransportError)) ?? {};
    return { failure, code };
  };

  test('says that no connection came about: ECONNREFUSED', async () => {
    const { close, send } = await startCore();
    await close();

    expect(await failureOf(send({ url: '/' }), false)).toEqual({
      failure: 'not_connected',
      code: 'ECONNREFUSED',
    });
  });

  test('says that the connection broke: ECONNRESET', async () => {
    const { send } = await startCore(({ socket }) => socket.resetAndDestroy());

    expect(await failureOf(send({ url: '/' }))).toEqual({ failure: 'connection_lost', code: 'ECONNRESET' });
  });

  test('says that the signal ended the request: ERR_CANCELED', async () => {
    const { send } = await startCore(hang);

    expect(await failureOf(send({ url: '/', signal: AbortSignal.timeout(SHORT_MS) }))).toEqual({
      failure: 'aborted',
      code: 'ERR_CANCELED',
    });
  });
});

describe('ActionsClient.prototype.request', () => {
  const call = {
    connectionName: 'acme',
    identifier: 'user_ada',
    path: '/things/a%20b',
    method: 'PATCH',
    headers: { accept: 'text/plain' },
    body: '{"title": "A thing"}',
    timeoutMs: 1_234,
  };

  test('uses of its client envUrl and axios.request alone, where it is given a time', async () => {
    const { request } = (await importActionsClient()).prototype;
    const send = vi.fn(async () => ({ status: 200 }));
    const axios = exactly('axios', { request: send });
    const coreClient = exactly('coreClient', {
      envUrl: 'https://acme.example',
      axios,
    });

    await request.call(exactly('this', { coreClient }), call);

    expect(send).toHaveBeenCalledTimes(1);
  });

  test('hands over url, method, headers with the account, data and timeout', async () => {
    const { request } = (await importActionsClient()).prototype;
    const send = vi.fn(async (_options: AxiosRequestConfig) => ({ status: 200 }));
    const coreClient = { envUrl: 'https://acme.example', axios: { request: send } };

    await request.call({ coreClient }, call);

    expect(send.mock.calls).toMatchObject([
      [
        {
          url: 'https://acme.example/proxy/things/a%20b',
          method: 'PATCH',
          headers: { accept: 'text/plain', connection_name: 'acme', identifier: 'user_ada' },
          data: '{"title": "A thing"}',
          timeout: 1_234,
        },
      ],
    ]);
  });

  test('reaches the proxy through core.axios, with the path as it was encoded', async () => {
    const { core, received } = await startCore();
    core.accessToken = 'a-token';
    const { envUrl } = core;
    const { request } = (await importActionsClient()).prototype;
    const axios = { request: (options: AxiosRequestConfig) => core.axios.request(options) };

    await request.call({ coreClient: { envUrl, axios } }, call);

    expect(received).toMatchObject([
      {
        method: 'PATCH',
        url: '/proxy/things/a%20b',
        headers: {
          accept: 'text/plain',
          authorization: 'Bearer a-token',
          connection_name: 'acme',
          identifier: 'user_ada',
        },
        body: '{"title": "A thing"}',
      },
    ]);
  });
});

test('the protobuf messages describe the calls that the emulated Scalekit of the other tests answers', async () => {
  const { ConnectedAccountService }: typeof messages = await import(MESSAGES);

  const needed = ['createConnectedAccount', 'getConnectedAccountDetails', 'getMagicLinkForConnectedAccount'];
  expect(needed.filter((name) => !(name in ConnectedAccountService.method))).toEqual([]);
});
