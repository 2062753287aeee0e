import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ScalekitEmulator,
  startScalekitEmulator,
} from '../../../local/scalekit/start-scalekit-emulator.ts';
import { ScriptedProvider } from '../../../local/testing/scripted-provider.ts';
import { createClient, createSeed, fetchAccessToken } from './emulator-fixture.ts';

describe('the proxy', () => {
  let provider: ScriptedProvider;
  let emulator: ScalekitEmulator;
  let token: string;
  beforeEach(async () => {
    provider = await ScriptedProvider.start();
    emulator = await startScalekitEmulator({ seed: createSeed(provider.url) });
    token = await fetchAccessToken(emulator);
  });
  afterEach(async () => {
    await emulator.close();
    await provider.close();
  });

  function send(path: string, headers: Record<string, string> = {}, method = 'GET', body = '') {
    return new Promise<{ status: number | undefined; rawHeaders: string[]; body: string }>(
      (resolve, reject) => {
        const { hostname, port } = new URL(emulator.url);
        const defaults = {
          authorization: `Bearer ${token}`,
          connection_name: 'slack-main',
          identifier: 'alice',
        };
        request({ hostname, port, path, method, headers: { ...defaults, ...headers }, agent: false })
          .on('error', reject)
          .on('response', async (response) =>
            resolve({
              status: response.statusCode,
              rawHeaders: response.rawHeaders,
              body: await text(response),
            }),
          )
          .end(body);
      },
    );
  }

  it('forwards a request of the SDK with the token of the user that the request names', async () => {
    const { actions } = createClient(emulator);
    for (const identifier of ['alice', 'bob']) {
      await actions.getConnectedAccount({ connectionName: 'slack-main', identifier });
      const answer = await actions.request({
        connectionName: 'slack-main',
        identifier,
        path: '/api/chat.postMessage',
        method: 'POST',
        queryParams: { dry: 'yes' },
        body: { text: `from ${identifier}` },
      });
      expect(answer.status).toBe(200);
    }
    expect(provider.requests).toMatchObject([
      { headers: { authorization: 'Bearer slack-token-alice' }, body: '{"text":"from alice"}' },
      { headers: { authorization: 'Bearer slack-token-bob' }, body: '{"text":"from bob"}' },
    ]);
    const [first] = provider.requests;
    expect(first).toMatchObject({ method: 'POST', url: '/api/chat.postMessage?dry=yes' });
    expect(first?.headers.host).toBe(new URL(provider.url).host);
    for (const name of ['connection_name', 'identifier', 'x-sdk-version', 'x-api-version']) {
      expect(first?.headers).not.toHaveProperty(name);
    }
    expect(emulator.requests.at(-1)).toMatchObject({
      kind: 'proxy',
      status: 200,
      connection: 'slack-main',
      identifier: 'bob',
      forwarded: {
        method: 'POST',
        path: '/api/chat.postMessage?dry=yes',
        url: `${provider.url}/api/chat.postMessage?dry=yes`,
        headers: { 'content-type': 'application/json' },
        body: '{"text":"from bob"}',
      },
    });
    expect(JSON.stringify(emulator.requests)).not.toContain('slack-token');
  });

  it.each([
    '/',
    '/a%2Fb/%7e/c%20d//e?x=1&x=2&y=a+b%2B&z',
    '/a/../b/./c?next=/proxy/../x&empty=',
    '?only=query',
    '/%C3%BCmlaut?q=%E2%82%ac',
  ])('forwards the path %s byte for byte', async (rest) => {
    await send(`/proxy${rest}`);
    expect(provider.requests.at(-1)?.url).toBe(rest.startsWith('?') ? `/${rest}` : rest);
  });

  it("appends the path to the path of the provider's URL", async () => {
    await send('/proxy/query?q=SELECT%20Id', { connection_name: 'crm-main' });
    expect(provider.requests).toMatchObject([
      {
        url: '/services/data/v60.0/query?q=SELECT%20Id',
        headers: { authorization: 'Bearer crm-token-alice' },
      },
    ]);
  });

  it('removes only the headers that apply to a single connection', async () => {
    await send(
      '/proxy/x',
      { connection: 'close, x-hop', 'x-hop': '1', 'X-Kept': 'k', 'transfer-encoding': 'chunked' },
      'PATCH',
      'ünïcode',
    );
    const [received] = provider.requests;
    expect(received).toMatchObject({ method: 'PATCH', body: 'ünïcode', headers: { 'x-kept': 'k' } });
    expect(received?.headers).not.toHaveProperty('x-hop');
    expect(received?.headers['content-length']).toBe(String(Buffer.byteLength('ünïcode')));
  });

  it.each([302, 404, 429, 503])(
    'returns a response of the provider with status %i unchanged',
    async (status) => {
      provider.script = () => ({
        status,
        headers: { location: '/elsewhere', 'retry-after': '7', 'set-cookie': ['a=1', 'b=2'] },
        body: 'not {json',
      });
      const answer = await send('/proxy/x');
      expect(answer).toMatchObject({ status, body: 'not {json' });
      const text = answer.rawHeaders.join('\n');
      for (const pair of ['location\n/elsewhere', 'retry-after\n7', 'set-cookie\na=1', 'set-cookie\nb=2']) {
        expect(text).toContain(pair);
      }
      expect(provider.requests).toHaveLength(1);
    },
  );

  it('does not decompress the body', async () => {
    const compressed = gzipSync('{"compressed":true}');
    provider.script = () => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: compressed });
    const raw = await send('/proxy/x');
    expect(raw.rawHeaders.join('\n')).toContain('content-encoding\ngzip');
    expect(raw.body).toBe(compressed.toString());
  });

  it.each([
    ['an unknown connection', { connection_name: 'nowhere' }, 404, 'connection not found'],
    ['a connection without proxy', { connection_name: 'no-proxy' }, 400, 'proxy not enabled for provider'],
    ['an unknown account', { identifier: 'nobody' }, 404, 'connected account not found'],
    ['an account that is not active', { identifier: 'expired' }, 403, 'EXPIRED'],
    ['a request without an identifier', { identifier: '' }, 400, 'identifier'],
    ['a request to a provider that is down', { connection_name: 'unreachable' }, 502, 'cannot be reached'],
    ['a forged token', { authorization: 'Bearer forged' }, 401, 'token'],
    ['a request without a token', { authorization: '' }, 401, 'token'],
  ])('rejects %s', async (_name, headers, status, message) => {
    const answer = await send('/proxy/x', headers);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ message: expect.stringContaining(message) });
    expect(provider.requests).toEqual([]);
    expect(emulator.requests.at(-1)).toMatchObject({ kind: 'proxy', status });
  });

  it('rejects expired tokens, and actions.request does not renew them', async () => {
    const { actions } = createClient(emulator);
    const alice = { connectionName: 'slack-main', identifier: 'alice' };
    await expect(actions.request({ ...alice, path: '/x' })).rejects.toMatchObject({ httpStatus: 401 });
    await actions.getConnectedAccount(alice);
    await actions.request({ ...alice, path: '/x' });
    emulator.expireTokens();
    await expect(actions.request({ ...alice, path: '/x' })).rejects.toMatchObject({ httpStatus: 401 });
    expect(provider.requests).toHaveLength(1);
  });
});
