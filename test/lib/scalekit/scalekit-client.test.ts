import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRuntime } from '../../../lib/runtime/runtime.ts';
import { beginClient, begunClient } from '../../../lib/scalekit/scalekit-client.ts';
import { startScriptedScalekit } from '../../support/scripted-scalekit.ts';

let scalekit: Awaited<ReturnType<typeof startScriptedScalekit>>;
let variables: Record<string, string>;
beforeEach(async () => {
  scalekit = await startScriptedScalekit();
  variables = {
    SCALEKIT_ENV_URL: scalekit.url,
    SCALEKIT_CLIENT_ID: 'client',
    SCALEKIT_CLIENT_SECRET: 'secret',
    USER_VERIFY_URL: 'none',
  };
});
afterEach(() => scalekit.close());

const { signal } = new AbortController();
const options = { log: () => {}, metrics: () => {} };

test('calls use the client that was started early, and the token of this client', async () => {
  beginClient(variables);
  const { scalekit: client } = createRuntime({ variables, ...options });

  expect(client.token).toBe(begunClient(variables)?.token);
  expect(await client.token.get(signal)).toBe('a-token');
  expect(scalekit.received).toEqual(['/oauth/token']);
});

test('a second early start sends no second token request', async () => {
  beginClient(variables);
  const client = begunClient(variables);
  client?.token.prime();
  await client?.token.get(signal);
  client?.token.prime();
  await client?.token.get(signal);

  expect(scalekit.received).toEqual(['/oauth/token']);
});

test('different variables lead to different clients', () => {
  beginClient(variables);

  const { scalekit: other } = createRuntime({ variables: { ...variables }, ...options });

  expect(other.token).not.toBe(begunClient(variables)?.token);
});

test.each([
  ['SCALEKIT_ENV_URL', ''],
  ['SCALEKIT_ENV_URL', 'no url'],
  // With this URL, the client would send the secret without encryption.
  ['SCALEKIT_ENV_URL', 'http://acme.scalekit.com'],
  ['SCALEKIT_ENV_URL', 'https://user:password@acme.scalekit.com'],
  ['SCALEKIT_ENV_URL', 'https://acme.scalekit.com/path'],
  ['SCALEKIT_CLIENT_ID', ''],
  ['SCALEKIT_CLIENT_SECRET', ''],
])('an early start with %s=%s sends no request', (name, value) => {
  const malformed = { ...variables, [name]: value };

  beginClient(malformed);

  expect(begunClient(malformed)).toBeUndefined();
});
