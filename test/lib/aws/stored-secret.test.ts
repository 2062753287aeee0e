import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StoredSecret } from '../../../lib/aws/stored-secret.ts';
import {
  SECRET_ARN as ARN,
  startSecretsManager,
} from '../../../local/secrets-manager/start-secrets-manager.ts';
import { startRecordingServer } from '../../support/recording-server.ts';

const { signal } = new AbortController();
const unavailable = { name: 'ToolError', code: 'dependency_unavailable' };

describe('StoredSecret', () => {
  let secretsManager: Awaited<ReturnType<typeof startSecretsManager>>;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    secretsManager = await startSecretsManager();
    for (const [name, value] of Object.entries(secretsManager.variables)) vi.stubEnv(name, value);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.useRealTimers();
    await secretsManager.close();
  });

  test.each([
    ['without an ARN', { secret: 'plain-secret' }],
    ['with an ARN', { secret: 'plain-secret', arn: ARN }],
  ])('returns a secret from a variable without any request: %s', async (_, source) => {
    // Prepare
    const secret = new StoredSecret(source);

    // Act
    const value = await secret.read(signal);

    // Assess
    expect(value).toBe('plain-secret');
    expect(secretsManager.requests).toEqual([]);
  });

  test('never forgets a secret from a variable', async () => {
    // Prepare
    const secret = new StoredSecret({ secret: 'plain-secret', arn: ARN });
    await secret.read(signal);
    vi.setSystemTime(Date.now() + 3_600_000);

    // Act
    const forgotten = secret.forget();

    // Assess
    expect(forgotten).toBe(false);
    expect(await secret.read(signal)).toBe('plain-secret');
  });

  test('sends no request before the first read', () => {
    // Act
    new StoredSecret({ arn: ARN });

    // Assess
    expect(secretsManager.requests).toEqual([]);
  });

  test('reads a secret from Secrets Manager once for concurrent callers', async () => {
    // Prepare
    const secret = new StoredSecret({ arn: ARN });

    // Act
    const values = await Promise.all([secret.read(signal), secret.read(signal), secret.read(signal)]);
    vi.setSystemTime(Date.now() + 3_600_000);
    values.push(await secret.read(signal));

    // Assess
    expect(values).toEqual(Array(4).fill('first-secret'));
    expect(secretsManager.requests).toEqual([
      { target: 'secretsmanager.GetSecretValue', body: { SecretId: ARN } },
    ]);
  });

  test.each([
    ['is not accessible', 400, { __type: 'AccessDeniedException', message: 'not for you' }],
    ['is not a string', 200, { SecretBinary: 'AAEC' }],
    ['is an empty string', 200, { SecretString: '' }],
  ])('does not cache a failure if the secret %s', async (_, status, body) => {
    // Prepare
    const secret = new StoredSecret({ arn: ARN });
    secretsManager.answer(status, body);

    // Act
    const failure = await secret.read(signal).catch((error: unknown) => error);
    secretsManager.answer(200, { SecretString: 'first-secret' });
    const value = await secret.read(signal);

    // Assess
    expect(failure).toMatchObject(unavailable);
    expect(failure).toHaveProperty('message', expect.not.stringContaining('not for you'));
    expect(value).toBe('first-secret');
  });

  test('retries Secrets Manager after one failure', async () => {
    // Prepare
    const statuses = [500, 200];
    const failing = await startRecordingServer((_request, response) => {
      response.writeHead(statuses.shift() ?? 500).end(JSON.stringify({ SecretString: 'first-secret' }));
    });
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', failing.url);
    const secret = new StoredSecret({ arn: ARN });

    // Act
    const value = await secret.read(signal).finally(() => failing.close());

    // Assess
    expect(value).toBe('first-secret');
    expect(failing.received.map(({ body }) => JSON.parse(body))).toEqual(Array(2).fill({ SecretId: ARN }));
  });

  test('does not retry Secrets Manager after an access error', async () => {
    // Prepare
    const secret = new StoredSecret({ arn: ARN });
    secretsManager.answer(400, { __type: 'AccessDeniedException', message: 'not for you' });

    // Act
    const reading = secret.read(signal);

    // Assess
    await expect(reading).rejects.toMatchObject(unavailable);
    expect(secretsManager.requests).toHaveLength(1);
  });

  test('fails with dependency_unavailable if Secrets Manager cannot be reached', async () => {
    // Prepare
    const secret = new StoredSecret({ arn: ARN });
    await secretsManager.close();

    // Act
    const reading = secret.read(signal);

    // Assess
    await expect(reading).rejects.toMatchObject(unavailable);
  });

  test('waits at most a few seconds for Secrets Manager', async () => {
    // Prepare
    const secret = new StoredSecret({ arn: ARN });
    secretsManager.hang();

    // Act
    const reading = secret.read(signal);

    // Assess
    await expect(reading).rejects.toMatchObject(unavailable);
  }, 6_000);

  test('reads a forgotten secret again, but at most once a minute', async () => {
    // Prepare
    const secret = new StoredSecret({ arn: ARN });
    await secret.read(signal);
    secretsManager.answer(200, { SecretString: 'second-secret' });
    const readAtMs = Date.now();

    // Act
    const steps: unknown[] = [];
    for (const elapsedMs of [0, 59_999, 60_000, 60_001, 119_999, 120_000]) {
      vi.setSystemTime(readAtMs + elapsedMs);
      steps.push([elapsedMs, secret.forget(), await secret.read(signal)]);
    }

    // Assess
    expect(steps).toEqual([
      [0, false, 'first-secret'],
      [59_999, false, 'first-secret'],
      [60_000, true, 'second-secret'],
      [60_001, false, 'second-secret'],
      [119_999, false, 'second-secret'],
      [120_000, true, 'second-secret'],
    ]);
    expect(secretsManager.requests).toHaveLength(3);
  });

  test('reads a newer secret after a rejection, and returns the rejected secret until the newer secret is known', async () => {
    // Prepare
    const secret = new StoredSecret({ arn: ARN });
    await secret.read(signal);
    secretsManager.answer(200, { SecretString: 'second-secret' });
    vi.setSystemTime(Date.now() + 60_000);

    // Act
    const replacing = Array.from({ length: 5 }, () => secret.replace('first-secret', signal));
    const meanwhile = secret.known;
    const replaced = await Promise.all(replacing);
    const late = await secret.replace('first-secret', signal);

    // Assess
    expect([meanwhile, ...replaced, late]).toEqual(['first-secret', ...Array(6).fill('second-secret')]);
    expect(secretsManager.requests).toHaveLength(2);
  });

  test('requests a newer secret at most once a minute, even if secrets are rejected more often', async () => {
    // Prepare
    const secret = new StoredSecret({ arn: ARN });
    await secret.read(signal);
    const readAtMs = Date.now();

    // Act
    const steps: unknown[] = [];
    for (const elapsedMs of [0, 59_999, 60_000, 60_001, 119_999, 120_000]) {
      vi.setSystemTime(readAtMs + elapsedMs);
      steps.push([await secret.replace('first-secret', signal), secretsManager.requests.length]);
    }

    // Assess
    expect(steps).toEqual([1, 1, 2, 2, 2, 3].map((requests) => [undefined, requests]));
  });

  test('keeps the current secret if a newer secret cannot be read', async () => {
    // Prepare
    const secret = new StoredSecret({ arn: ARN });
    await secret.read(signal);
    vi.setSystemTime(Date.now() + 60_000);
    secretsManager.answer(400, { __type: 'AccessDeniedException' });

    // Act
    const replacing = secret.replace('first-secret', signal);

    // Assess
    await expect(replacing).rejects.toMatchObject(unavailable);
    expect(await secret.read(signal)).toBe('first-secret');
  });

  test('never replaces a secret from a variable', async () => {
    // Prepare
    const secret = new StoredSecret({ secret: 'plain-secret', arn: ARN });

    // Act
    const replaced = await secret.replace('plain-secret', signal);

    // Assess
    expect(replaced).toBeUndefined();
    expect(secretsManager.requests).toEqual([]);
  });

  test('returns a known secret immediately and without a request', async () => {
    // Prepare
    const plain = new StoredSecret({ secret: 'plain-secret' });
    const kept = new StoredSecret({ arn: ARN });

    // Act
    const known = [plain.known, kept.known];
    await kept.read(signal);
    known.push(kept.known);
    vi.setSystemTime(Date.now() + 60_000);
    kept.forget();
    known.push(kept.known);

    // Assess
    expect(known).toEqual(['plain-secret', undefined, 'first-secret', undefined]);
    expect(secretsManager.requests).toHaveLength(1);
  });
});
