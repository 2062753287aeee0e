import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ScalekitEmulator,
  startScalekitEmulator,
} from '../../../local/scalekit/start-scalekit-emulator.ts';
import { createSeed, fetchAccessToken, postToken, tokenAnswerSchema } from './emulator-fixture.ts';

describe('the token endpoint', () => {
  let emulator: ScalekitEmulator;
  beforeEach(async () => {
    emulator = await startScalekitEmulator({
      clientId: 'skc_test',
      clientSecret: 'the secret',
      tokenLifetimeSeconds: 600,
      seed: createSeed('http://127.0.0.1:1'),
    });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await emulator.close();
  });

  const credentials = { client_id: 'skc_test', client_secret: 'the secret' };

  function listAccounts(token: string) {
    return fetch(`${emulator.url}/api/v1/connected_accounts`, {
      headers: { authorization: `Bearer ${token}` },
    });
  }

  it('issues a JWT that can be verified with the keys at /keys', async () => {
    const response = await postToken(emulator.url, { grant_type: 'client_credentials', ...credentials });
    expect(response.status).toBe(200);
    const answer = tokenAnswerSchema.parse(await response.json());
    expect(answer.expires_in).toBe(600);

    const keys = createRemoteJWKSet(new URL(`${emulator.url}/keys`));
    const { payload, protectedHeader } = await jwtVerify(answer.access_token, keys, {
      issuer: emulator.url,
      subject: 'skc_test',
    });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload.jti).toBeTypeOf('string');
    expect(Number(payload.exp) - Number(payload.iat)).toBe(600);
  });

  it('publishes no private key', async () => {
    const response = await fetch(`${emulator.url}/keys`);
    expect(await response.json()).toEqual({
      keys: [
        {
          kty: 'RSA',
          alg: 'RS256',
          use: 'sig',
          kid: expect.any(String),
          n: expect.any(String),
          e: expect.any(String),
        },
      ],
    });
  });

  it.each([
    { name: 'a wrong secret', form: { ...credentials, client_secret: 'The secret' } },
    { name: 'a wrong client', form: { ...credentials, client_id: 'skc_other' } },
    { name: 'no secret', form: { client_id: 'skc_test' } },
  ])('rejects a request with $name', async ({ form }) => {
    const response = await postToken(emulator.url, { grant_type: 'client_credentials', ...form });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: 'invalid_client',
      error_description: expect.any(String),
    });
  });

  it('rejects other grant types', async () => {
    const response = await postToken(emulator.url, { grant_type: 'password', ...credentials });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'unsupported_grant_type' });
  });

  it('issues tokens that are rejected after they expire, and by another emulator', async () => {
    const token = await fetchAccessToken(emulator);
    expect((await listAccounts(token)).status).toBe(200);

    const other = await startScalekitEmulator({
      clientId: 'skc_test',
      clientSecret: 'the secret',
      seed: createSeed('http://127.0.0.1:1'),
    });
    const foreignToken = await fetchAccessToken(other);
    await other.close();
    expect((await listAccounts(foreignToken)).status).toBe(401);

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
    expect((await listAccounts(token)).status).toBe(401);
  });

  it('leaves secrets and tokens out of the list of requests', async () => {
    const token = await fetchAccessToken(emulator);
    await listAccounts(token);
    await listAccounts('forged');
    expect(emulator.requests).toMatchObject([
      { kind: 'token', method: 'POST', path: '/oauth/token', status: 200, authorization: 'absent' },
      { kind: 'rpc', rpc: 'ListConnectedAccounts', status: 200, authorization: 'valid' },
      { kind: 'rpc', rpc: 'ListConnectedAccounts', status: 401, authorization: 'invalid' },
    ]);
    const recorded = JSON.stringify(emulator.requests);
    expect(recorded).not.toContain(emulator.clientSecret);
    expect(recorded).not.toContain(token);
  });
});
