import type { RequestListener } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { createLogSecret } from '../../../lib/mcp/log-secret.ts';
import { startRecordingServer } from '../../support/recording-server.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:scalekit-AbCdEf';
const inTime = () => AbortSignal.timeout(5_000);

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Starts an emulated Secrets Manager that sends this response. */
async function secretsManager(answer: RequestListener) {
  const { url, received, close } = await startRecordingServer(answer);
  closers.push(close);
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', url);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  return received;
}

const answering: RequestListener = (_request, response) => {
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.end(JSON.stringify({ SecretString: 'a-secret' }));
};
const refusing: RequestListener = (_request, response) => {
  response.writeHead(400).end('{}');
};

test('a secret in the environment is available immediately', async () => {
  expect(await createLogSecret({ SCALEKIT_CLIENT_SECRET: 'a-secret' })(inTime())).toBe('a-secret');
});

test('no request is sent if no secret is configured', async () => {
  expect(await createLogSecret({})(inTime())).toBeUndefined();
});

test('a secret in Secrets Manager is read once, and in Lambda the read begins at the start', async () => {
  const received = await secretsManager(answering);
  const variables = { SCALEKIT_CLIENT_SECRET_ARN: ARN, AWS_LAMBDA_FUNCTION_NAME: 'mcp' };

  const read = createLogSecret(variables);
  await vi.waitFor(() => expect(received).toHaveLength(1));

  expect(await Promise.all([read(inTime()), read(inTime())])).toEqual(['a-secret', 'a-secret']);
  expect(await read(AbortSignal.abort())).toBe('a-secret');
  expect(received).toHaveLength(1);
});

test('an access error of Secrets Manager is ignored, and the next call reads the secret again', async () => {
  const received = await secretsManager(refusing);
  const read = createLogSecret({ SCALEKIT_CLIENT_SECRET_ARN: ARN });

  expect(await read(inTime())).toBeUndefined();
  const attempts = received.length;
  expect(await read(inTime())).toBeUndefined();
  expect(received.length).toBeGreaterThan(attempts);
});

test('a call waits at most half a second for the secret', async () => {
  await secretsManager(() => {});
  const read = createLogSecret({ SCALEKIT_CLIENT_SECRET_ARN: ARN });
  const startedAtMs = performance.now();

  expect(await read(inTime())).toBeUndefined();

  expect(performance.now() - startedAtMs).toBeLessThan(2_000);
});
