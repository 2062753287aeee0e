import type { ServerResponse } from 'node:http';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { TokenVerifier } from '../../../lib/identity/token-verifier.ts';
import { type Issuer, startIssuer } from '../../../local/issuer/start-issuer.ts';
import { type SigningKey, signingKey, startKeyIssuer } from '../../support/start-key-issuer.ts';

type KeyIssuer = Awaited<ReturnType<typeof startKeyIssuer>>;

let rsa: SigningKey;
let elliptic: SigningKey;
let other: SigningKey;
let issuer: KeyIssuer;
beforeAll(async () => {
  [rsa, elliptic, other] = await Promise.all(['RS256', 'ES256', 'RS256'].map(signingKey)).then(
    ([one, two, three]) => {
      if (!one || !two || !three) throw new Error('A key is missing.');
      return [one, two, three];
    },
  );
});
beforeEach(async () => {
  issuer = await startKeyIssuer(rsa, elliptic);
});
afterEach(async () => {
  vi.useRealTimers();
  await issuer.close();
});

const nowSeconds = () => Math.floor(Date.now() / 1_000);
const signal = () => AbortSignal.timeout(10_000);
const verifierOf = ({ url, audience }: { url: string; audience: string }) =>
  new TokenVerifier({ issuer: url, audiences: ['another', audience] });
const keyRequests = () => issuer.received.filter(({ path }) => path === '/keys').length;

describe('a token', () => {
  test('is accepted if it is from the local issuer, and its claims are returned', async () => {
    const local: Issuer = await startIssuer();
    const token = await local.sign({ sub: 'user_1', org_id: 'org_1' });

    const claims = await verifierOf(local).verify(token, signal());

    await local.close();
    expect(claims).toMatchObject({ sub: 'user_1', org_id: 'org_1' });
  });

  test.each<[string, () => Promise<string>]>([
    ['RS256', () => issuer.sign({}, rsa)],
    ['ES256', () => issuer.sign({}, elliptic)],
    ['one of several audiences', () => issuer.sign({ aud: ['x', issuer.audience] })],
    ['a client in place of an audience', () => issuer.sign({ aud: undefined, client_id: issuer.audience })],
    ['a clock that is a little ahead', () => issuer.sign({ nbf: nowSeconds() + 3 })],
  ])('is valid with %s', async (_, token) => {
    await expect(verifierOf(issuer).verify(await token(), signal())).resolves.toMatchObject({
      sub: 'user_ada',
    });
  });

  test.each<[string, () => Promise<string> | string]>([
    ['a wrong format', () => 'token'],
    ['no content', () => ''],
    ['alg none', () => new UnsecuredJWT({ iss: issuer.url, aud: issuer.audience, exp: 9e9 }).encode()],
    [
      'the public key as a shared secret',
      () =>
        new SignJWT({ iss: issuer.url, aud: issuer.audience, exp: 9e9 })
          .setProtectedHeader({ alg: 'HS256', kid: rsa.kid })
          .sign(new TextEncoder().encode(rsa.pem)),
    ],
    ['an algorithm that is not allowed', () => signWith('PS256')],
    ['another key under a known ID', () => issuer.sign({}, other, { kid: rsa.kid })],
    ['an unknown key', () => issuer.sign({}, other)],
    ['no key ID', () => issuer.sign({}, rsa, { kid: undefined })],
    ['another issuer', () => issuer.sign({ iss: 'https://issuer.example' })],
    ['the issuer with a slash at its end', () => issuer.sign({ iss: `${issuer.url}/` })],
    ['no issuer', () => issuer.sign({ iss: undefined })],
    ['another audience', () => issuer.sign({ aud: 'api' })],
    ['an audience that only begins like the right one', () => issuer.sign({ aud: `${issuer.audience}-2` })],
    ['another audience and the right client', () => issuer.sign({ aud: 'api', client_id: issuer.audience })],
    ['no audience, but the right client', () => issuer.sign({ aud: [], client_id: issuer.audience })],
    ['an empty audience, but the right client', () => issuer.sign({ aud: '', client_id: issuer.audience })],
    ['a null audience, but the right client', () => issuer.sign({ aud: null, client_id: issuer.audience })],
    ['neither audience nor client', () => issuer.sign({ aud: undefined })],
    ['no expiry', () => issuer.sign({ exp: undefined })],
    ['an expiry in the past', () => issuer.sign({ exp: nowSeconds() - 6 })],
    ['a start in the future', () => issuer.sign({ nbf: nowSeconds() + 60 })],
    ['a shortened signature', async () => (await issuer.sign({})).slice(0, -4)],
    ['claims that were changed', async () => forged(await issuer.sign({}), { sub: 'user_grace' })],
  ])('is rejected with %s', async (_, token) => {
    const given = await token();

    await expect(verifierOf(issuer).verify(given, signal())).rejects.toMatchObject({
      name: 'ToolError',
      code: 'unauthenticated',
    });
  });

  async function signWith(alg: string): Promise<string> {
    const key = await signingKey(alg);
    issuer.publish(rsa, key);
    return issuer.sign({}, key);
  }

  function forged(token: string, changes: object): string {
    const [header, payload = '', signature] = token.split('.');
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...changes };
    return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  }
});

describe('the keys of the issuer', () => {
  test('are read only once for many concurrent tokens, without a kept-alive connection', async () => {
    const verifier = verifierOf(issuer);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => issuer.sign({})));

    await Promise.all(tokens.map((token) => verifier.verify(token, signal())));
    await verifier.verify(await issuer.sign({}, elliptic), signal());

    expect(issuer.received).toEqual([
      { path: '/.well-known/openid-configuration', connection: 'close' },
      { path: '/keys', connection: 'close' },
    ]);
  });

  test('are read again if a token names an unknown key, but at most every 30 s', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const verifier = verifierOf(issuer);
    await verifier.verify(await issuer.sign({}), signal());
    issuer.publish(other);
    const token = await issuer.sign({}, other);

    await expect(verifier.verify(token, signal())).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(keyRequests()).toBe(1);
    vi.advanceTimersByTime(30_000);
    await expect(verifier.verify(token, signal())).resolves.toMatchObject({ sub: 'user_ada' });
    expect(keyRequests()).toBe(2);
    await expect(verifier.verify(await issuer.sign({}, rsa), signal())).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(keyRequests()).toBe(2);
  });

  test('are trusted for at most ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const verifier = verifierOf(issuer);
    await verifier.verify(await issuer.sign({}), signal());
    issuer.publish(other);

    vi.advanceTimersByTime(10 * 60_000 - 1);
    await verifier.verify(await issuer.sign({}), signal());
    vi.advanceTimersByTime(1);
    const withdrawn = verifier.verify(await issuer.sign({}), signal());

    await expect(withdrawn).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test.each<[string, () => void]>([
    ['the issuer is down', () => void issuer.close()],
    [
      'there is no discovery document',
      () => void issuer.documents.delete('/.well-known/openid-configuration'),
    ],
    ['there are no keys', () => void issuer.documents.delete('/keys')],
    ['the keys are not JSON', () => answer((response) => response.end('<html>'))],
    ['the keys are not a key set', () => void issuer.documents.set('/keys', { keys: 'none' })],
    ['the connection is lost', () => answer((response) => response.destroy())],
    [
      'the URL of the keys redirects to another URL',
      () => answer((response) => response.writeHead(302, { location: `${issuer.url}/moved` }).end()),
    ],
    ['the URL of the keys uses http', () => discover({ jwks_uri: 'http://issuer.example/keys' })],
    [
      'the URL of the keys is a data URL that contains the keys',
      () => discover({ jwks_uri: `data:application/json,${JSON.stringify({ keys: [rsa.jwk] })}` }),
    ],
  ])('cause a retryable error if they cannot be read, and no token is accepted: %s', async (_, fail) => {
    const token = await issuer.sign({});
    issuer.documents.set('/moved', { keys: [rsa.jwk] });
    fail();

    await expect(verifierOf(issuer).verify(token, signal())).rejects.toMatchObject({
      name: 'ToolError',
      code: 'dependency_unavailable',
    });
  });

  test.each([
    ['another issuer', () => 'https://issuer.example'],
    ['the issuer with a slash at its end', () => `${issuer.url}/`],
  ])('are not used if the metadata names %s; the error states the setting to fix', async (_, named) => {
    const token = await issuer.sign({});
    discover({ issuer: named() });

    await expect(verifierOf(issuer).verify(token, signal())).rejects.toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('OIDC_ISSUER'),
    });
  });

  test('are read again by the next call if they could not be read', async () => {
    const verifier = verifierOf(issuer);
    const token = await issuer.sign({});
    issuer.documents.delete('/keys');
    await expect(verifier.verify(token, signal())).rejects.toMatchObject({ code: 'dependency_unavailable' });

    issuer.publish(rsa);

    await expect(verifier.verify(token, signal())).resolves.toMatchObject({ sub: 'user_ada' });
  });

  test("are not awaited after the call's deadline", async () => {
    const token = await issuer.sign({});
    answer(() => {});

    const verified = verifierOf(issuer).verify(token, AbortSignal.timeout(50));

    await expect(verified).rejects.toMatchObject({ code: 'dependency_unavailable' });
  });

  test("are found if the issuer's URL has a path and a slash at its end", async () => {
    const { url } = issuer;
    const address = `${url}/tenant/`;
    issuer.documents.set('/tenant/.well-known/openid-configuration', {
      issuer: address,
      jwks_uri: `${url}/keys`,
    });
    const verifier = new TokenVerifier({ issuer: address, audiences: [issuer.audience] });

    const claims = await verifier.verify(await issuer.sign({ iss: address }), signal());

    expect(claims).toMatchObject({ iss: address });
  });

  function answer(script: (response: ServerResponse) => void) {
    issuer.documents.set('/keys', script);
  }

  function discover(changes: object) {
    issuer.documents.set('/.well-known/openid-configuration', {
      issuer: issuer.url,
      jwks_uri: `${issuer.url}/keys`,
      ...changes,
    });
  }
});
