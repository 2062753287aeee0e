import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClientSecret } from '../../../lib/settings/client-secret.ts';
import { listenOnLoopback } from '../../../local/listen-on-loopback.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:scalekit-AbCdEf';
const { signal } = new AbortController();
const unavailable = { name: 'ToolError', code: 'dependency_unavailable' };

/** Secrets Manager, as far as one secret goes; an answer of undefined never comes. */
async function startSecretsManager() {
  const requests: { target: unknown; body: unknown }[] = [];
  const state: { answer: { status: number; body: unknown } | undefined } = {
    answer: { status: 200, body: { SecretString: 'first-secret' } },
  };
  const server = createServer(async (request, response) => {
    requests.push({ target: request.headers['x-amz-target'], body: JSON.parse(await text(request)) });
    if (!state.answer) return;
    response.writeHead(state.answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(state.answer.body));
  });
  const { url, close } = await listenOnLoopback(server, 0);
  return {
    url,
    requests,
    answer(status: number, body: unknown) {
      state.answer = { status, body };
    },
    hang() {
      state.answer = undefined;
    },
    close,
  };
}

describe('ClientSecret', () => {
  let secretsManager: Awaited<ReturnType<typeof startSecretsManager>>;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    secretsManager = await startSecretsManager();
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', secretsManager.url);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.useRealTimers();
    await secretsManager.close();
  });

  test.each([
    ['alone', { secret: 'plain-secret' }],
    ['before an ARN', { secret: 'plain-secret', arn: ARN }],
  ])('gives a plain secret %s, and asks nobody', async (_, source) => {
    // Prepare
    const secret = new ClientSecret(source);

    // Act
    const value = await secret.read(signal);

    // Assess
    expect(value).toBe('plain-secret');
    expect(secretsManager.requests).toEqual([]);
  });

  test('cannot read a plain secret again', async () => {
    // Prepare
    const secret = new ClientSecret({ secret: 'plain-secret', arn: ARN });
    await secret.read(signal);
    vi.setSystemTime(Date.now() + 3_600_000);

    // Act
    const forgotten = secret.forget();

    // Assess
    expect(forgotten).toBe(false);
    expect(await secret.read(signal)).toBe('plain-secret');
  });

  test('reads nothing before it is asked', () => {
    // Act
    new ClientSecret({ arn: ARN });

    // Assess
    expect(secretsManager.requests).toEqual([]);
  });

  test('reads the secret of its ARN once, however many ask', async () => {
    // Prepare
    const secret = new ClientSecret({ arn: ARN });

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
    ['is refused', 400, { __type: 'AccessDeniedException', message: 'not for you' }],
    ['holds no text', 200, { SecretBinary: 'AAEC' }],
    ['holds an empty text', 200, { SecretString: '' }],
  ])('keeps no failure when the secret %s', async (_, status, body) => {
    // Prepare
    const secret = new ClientSecret({ arn: ARN });
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

  test('fails as a dependency where nothing listens', async () => {
    // Prepare
    const secret = new ClientSecret({ arn: ARN });
    await secretsManager.close();

    // Act
    const reading = secret.read(signal);

    // Assess
    await expect(reading).rejects.toMatchObject(unavailable);
  });

  test('waits no longer than a few seconds', async () => {
    // Prepare
    const secret = new ClientSecret({ arn: ARN });
    secretsManager.hang();

    // Act
    const reading = secret.read(signal);

    // Assess
    await expect(reading).rejects.toMatchObject(unavailable);
  }, 6_000);

  test('reads a secret again that was forgotten, at most once a minute', async () => {
    // Prepare
    const secret = new ClientSecret({ arn: ARN });
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

  test('tells at once what it has read, without asking anybody', async () => {
    // Prepare
    const plain = new ClientSecret({ secret: 'plain-secret' });
    const kept = new ClientSecret({ arn: ARN });

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
