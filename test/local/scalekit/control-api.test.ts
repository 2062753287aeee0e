import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ScalekitEmulator,
  startScalekitEmulator,
} from '../../../local/scalekit/start-scalekit-emulator.ts';
import { createSeed, fetchAccessToken } from './emulator-fixture.ts';

describe('the control API', () => {
  let emulator: ScalekitEmulator;
  beforeEach(async () => {
    emulator = await startScalekitEmulator({ seed: createSeed('http://127.0.0.1:1') });
  });
  afterEach(() => emulator.close());

  function call(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${emulator.url}/emulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  it('shows the accounts without any token', async () => {
    const response = await call('GET', '/state');
    const state = await response.text();
    expect(state).not.toContain('-token-');
    expect(JSON.parse(state)).toMatchObject({
      connections: [{ name: 'slack-main', proxyEnabled: true }, {}, { proxyEnabled: false }, {}],
      grants: [{ label: 'Somebody else', hasAccessToken: true }, { identifier: 'carol' }, {}],
      accounts: expect.arrayContaining([
        expect.objectContaining({
          connection: 'slack-main',
          identifier: 'alice',
          status: 'ACTIVE',
          hasAccessToken: true,
        }),
      ]),
    });
  });

  it('creates, changes and deletes an account', async () => {
    const path = `/accounts/slack-main/${encodeURIComponent('dave/é@example.org')}`;
    const made = await call('PUT', path, {});
    expect(made.status).toBe(200);
    expect(await made.json()).toMatchObject({ status: 'PENDING_AUTH', hasAccessToken: false });

    expect((await call('PUT', path, { status: 'ACTIVE' })).status).toBe(400);
    expect((await call('PUT', path, { status: 'ACTIVE', accessToken: 'new' })).status).toBe(200);
    expect(emulator.getAccount('slack-main', 'dave/é@example.org')).toMatchObject({
      status: 'ACTIVE',
      accessToken: 'new',
    });

    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('DELETE', path)).status).toBe(404);
    expect(emulator.getAccount('slack-main', 'dave/é@example.org')).toBeUndefined();
  });

  it.each([
    ['an unknown connection', 'PUT', '/accounts/nowhere/alice', {}, 404],
    ['an unknown status', 'PUT', '/accounts/slack-main/alice', { status: 'READY' }, 400],
    ['an unknown field', 'PUT', '/accounts/slack-main/alice', { token: 'x' }, 400],
    ['a path that is not encoded', 'DELETE', '/accounts/slack-main/%E0%A4%A', undefined, 404],
    ['an unknown path', 'POST', '/state', {}, 404],
  ])('rejects %s', async (_name, method, path, body, status) => {
    const before = await (await call('GET', '/state')).text();
    expect((await call(method, path, body)).status).toBe(status);
    expect(await (await call('GET', '/state')).text()).toBe(before);
  });

  it('replaces the state with a seed, and a reset restores this seed', async () => {
    const seed = {
      connections: [{ name: 'new', connector: 'github', providerUrl: 'http://127.0.0.1:2' }],
      grants: [],
      accounts: [{ connection: 'new', identifier: 'erin', status: 'EXPIRED' }],
    };
    expect((await call('POST', '/seed', seed)).status).toBe(200);
    expect(emulator.getAccount('new', 'erin')?.status).toBe('EXPIRED');
    expect(emulator.getAccount('slack-main', 'alice')).toBeUndefined();

    emulator.setAccount('new', 'erin', { status: 'DISCONNECTED' });
    expect((await call('POST', '/reset')).status).toBe(204);
    expect(emulator.getAccount('new', 'erin')?.status).toBe('EXPIRED');
  });

  it('reports the faults of an invalid seed and changes nothing', async () => {
    const seed = createSeed('not a URL');
    const bad = {
      ...seed,
      accounts: [{ connection: 'nowhere', identifier: 'x', status: 'EXPIRED' }],
    };
    const response = await call('POST', '/seed', bad);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      message: expect.stringContaining('connections[0].providerUrl'),
    });
    const inconsistent = await call('POST', '/seed', {
      ...createSeed('http://127.0.0.1:1'),
      accounts: [
        { connection: 'nowhere', identifier: 'x', status: 'EXPIRED' },
        { connection: 'slack-main', identifier: 'x', status: 'ACTIVE' },
        { connection: 'slack-main', identifier: 'x', status: 'EXPIRED' },
      ],
    });
    const answer = await inconsistent.text();
    expect(inconsistent.status).toBe(400);
    expect(answer).toContain('accounts[0].connection');
    expect(answer).toContain('accounts[1].accessToken');
    expect(answer).toContain('accounts[2].identifier');
    expect(emulator.getAccount('slack-main', 'alice')?.status).toBe('ACTIVE');
  });

  it('expires tokens, and shows and clears the list of requests, which leaves out control requests', async () => {
    const authorization = `Bearer ${await fetchAccessToken(emulator)}`;
    const list = () => fetch(`${emulator.url}/api/v1/connected_accounts`, { headers: { authorization } });
    expect((await list()).status).toBe(200);
    expect((await call('POST', '/expire-tokens')).status).toBe(204);
    expect((await list()).status).toBe(401);

    const shown = await (await call('GET', '/requests')).json();
    expect(shown).toMatchObject({ requests: [{ kind: 'token' }, { status: 200 }, { status: 401 }] });
    expect((await call('DELETE', '/requests')).status).toBe(204);
    expect(emulator.requests).toEqual([]);
  });

  it.each([
    ['from a web page', { origin: 'https://evil.example' }, 403],
    ['from a page that has no origin', { origin: 'null' }, 403],
    ['from an origin without a port', { origin: 'http://localhost' }, 403],
    ['to a name that resolves to this machine', { host: 'evil.example:PORT' }, 403],
    ['to another port', { host: 'localhost:1' }, 403],
    ['to localhost', { host: 'localhost:PORT' }, 204],
    ['to 127.0.0.1', { host: '127.0.0.1:PORT' }, 204],
  ])(
    'accepts requests only without an origin and for its own host: %s, %o',
    async (_name, headers, status) => {
      const { port } = new URL(emulator.url);
      emulator.setAccount('slack-main', 'alice', { status: 'EXPIRED' });
      const answered = await new Promise((resolve, reject) => {
        request({
          hostname: '127.0.0.1',
          port,
          method: 'POST',
          path: '/emulator/reset',
          agent: false,
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', port)]),
          ),
        })
          .on('error', reject)
          .on('response', (response) => {
            response.resume();
            resolve(response.statusCode);
          })
          .end();
      });
      expect(answered).toBe(status);
      expect(emulator.getAccount('slack-main', 'alice')?.status).toBe(status === 204 ? 'ACTIVE' : 'EXPIRED');
    },
  );
});

describe('a seed that is merged into the current seed', () => {
  const accountsOf = (emulator: ScalekitEmulator, connection: string) =>
    emulator.accounts
      .filter((account) => account.connection === connection)
      .map(({ identifier, status }) => ({ identifier, status }));

  it('replaces the accounts of its connections, even after a reset', async () => {
    const emulator = await startScalekitEmulator({ seed: createSeed('http://127.0.0.1:1') });
    try {
      emulator.setAccount('crm-main', 'alice', { status: 'EXPIRED' });
      emulator.mergeSeed({
        connections: [
          { name: 'slack-main', connector: 'slack', providerUrl: 'http://127.0.0.1:2' },
          { name: 'asana', connector: 'asana', providerUrl: 'http://127.0.0.1:3' },
        ],
        grants: [{ connector: 'asana', identifier: 'alice', label: 'Alice', accessToken: 'asana-alice' }],
        accounts: [
          { connection: 'slack-main', identifier: 'erin', status: 'EXPIRED' },
          { connection: 'asana', identifier: 'alice', status: 'ACTIVE' },
        ],
      });

      for (const crm of ['EXPIRED', 'ACTIVE']) {
        expect(accountsOf(emulator, 'slack-main')).toEqual([{ identifier: 'erin', status: 'EXPIRED' }]);
        expect(accountsOf(emulator, 'asana')).toEqual([{ identifier: 'alice', status: 'ACTIVE' }]);
        expect(emulator.getAccount('asana', 'alice')?.accessToken).toBe('asana-alice');
        expect(accountsOf(emulator, 'crm-main')).toEqual([{ identifier: 'alice', status: crm }]);
        emulator.reset();
      }
    } finally {
      await emulator.close();
    }
  });
});
