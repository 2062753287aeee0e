import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ScalekitEmulator,
  startScalekitEmulator,
} from '../../../local/scalekit/start-scalekit-emulator.ts';
import { createSeed, fetchAccessToken } from './emulator-fixture.ts';

describe('the REST API', () => {
  let emulator: ScalekitEmulator;
  let token: string;
  beforeEach(async () => {
    emulator = await startScalekitEmulator({ seed: createSeed('http://127.0.0.1:1') });
    token = await fetchAccessToken(emulator);
  });
  afterEach(() => emulator.close());

  async function call(method: string, path: string, body?: unknown) {
    const response = await fetch(`${emulator.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    return { status: response.status, answer };
  }

  const alice = 'connector=slack-main&identifier=alice';

  it('returns account details without credentials, and auth details with credentials, under the field names of the proto files', async () => {
    const details = await call('GET', `/connected_accounts/details?${alice}`);
    expect(details).toEqual({
      status: 200,
      answer: {
        connected_account: {
          id: expect.stringMatching(/^ca_/),
          identifier: 'alice',
          connector: 'slack-main',
          connection_id: expect.any(String),
          provider: 'SLACK',
          status: 'ACTIVE',
          authorization_type: 'OAUTH',
          updated_at: expect.any(String),
        },
      },
    });
    const auth = await call('GET', `/connected_accounts/auth?${alice}`);
    expect(auth.answer).toMatchObject({
      connected_account: {
        authorization_details: { oauth_token: { access_token: 'slack-token-alice' } },
      },
    });
    expect(emulator.requests.at(-1)).toMatchObject({
      kind: 'rpc',
      protocol: 'http/1.1',
      rpc: 'GetConnectedAccountAuth',
      connection: 'slack-main',
      identifier: 'alice',
      status: 200,
    });
  });

  it('creates accounts, creates links, lists accounts and deletes them', async () => {
    const subject = { connector: 'slack-main', identifier: 'dave' };
    const created = await call('POST', '/connected_accounts', { ...subject, connected_account: {} });
    expect(created.answer).toMatchObject({ connected_account: { status: 'PENDING_AUTH' } });
    expect(await call('POST', '/connected_accounts', { ...subject, connected_account: {} })).toMatchObject({
      status: 409,
      answer: { code: 6, message: expect.any(String), details: [] },
    });

    const link = await call('POST', '/connected_accounts/magic_link', subject);
    expect(link.answer).toEqual({
      link: expect.stringMatching(new RegExp(`^${emulator.url}/magicLink/[\\w-]{32}$`)),
      expiry: expect.any(String),
    });

    const listed = await call(
      'GET',
      '/connected_accounts?connection_names=crm-main&connection_names=no-proxy&page_size=5',
    );
    expect(listed.answer).toMatchObject({
      total_size: 2,
      connected_accounts: [{ connector: 'crm-main' }, { connector: 'no-proxy' }],
    });

    expect(await call('POST', '/connected_accounts:delete', subject)).toEqual({ status: 200, answer: {} });
    expect(emulator.getAccount('slack-main', 'dave')).toBeUndefined();
  });

  it('accepts field names in camelCase and in snake_case', async () => {
    const link = await call('POST', '/connected_accounts/magic_link', {
      connector: 'slack-main',
      identifier: 'alice',
      userVerifyUrl: 'ftp://not-the-web',
    });
    expect(link).toMatchObject({
      status: 400,
      answer: { message: expect.stringContaining('user_verify_url') },
    });
    const listed = await call('GET', '/connected_accounts?connectionNames=crm-main&pageSize=1');
    expect(listed.answer).toMatchObject({ total_size: 1 });
  });

  it.each([
    [
      'an unknown connection',
      'GET',
      '/connected_accounts/details?connector=x&identifier=alice',
      undefined,
      404,
      5,
    ],
    [
      'an unknown account',
      'GET',
      '/connected_accounts/auth?connector=slack-main&identifier=x',
      undefined,
      404,
      5,
    ],
    ['a request without an account', 'GET', '/connected_accounts/details', undefined, 400, 3],
    ['a body that is not JSON', 'POST', '/connected_accounts', '{', 400, 3],
    ['a body of the wrong type', 'POST', '/connected_accounts', { connector: 7 }, 400, 3],
    ['an unknown path', 'GET', '/nothing', undefined, 404, 5],
    ['a method that the path does not have', 'DELETE', '/connected_accounts', undefined, 501, 12],
    ['a procedure that is not emulated', 'GET', '/connected_accounts/ca_1', undefined, 501, 12],
    [
      'a procedure that is not emulated, with a verb in its path',
      'POST',
      '/connected_accounts/ca_1:disconnect',
      {},
      501,
      12,
    ],
  ])('rejects %s', async (_name, method, path, body, status, code) => {
    expect(await call(method, path, body)).toEqual({
      status,
      answer: { code, message: expect.any(String), details: [] },
    });
  });

  it('rejects a request without a token', async () => {
    const response = await fetch(`${emulator.url}/api/v1/connected_accounts/details?${alice}`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 16 });
    emulator.expireTokens();
    expect((await call('GET', `/connected_accounts/details?${alice}`)).status).toBe(401);
  });
});
