import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMortalServer } from '../../support/mortal-server.ts';

const PROGRAM = join(import.meta.dirname, '../../support/environment-process.ts');

let served: string[];
let tokenLifetimeSeconds: number;
/** These responses are sent only when the test releases them. */
let held: ServerResponse[];
let isTokenHeld: boolean;
let server: Awaited<ReturnType<typeof startMortalServer>>;
let child: ChildProcessWithoutNullStreams | undefined;

beforeEach(async () => {
  [served, held, isTokenHeld, tokenLifetimeSeconds] = [[], [], false, 86_400];
  server = await startMortalServer(async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    await text(request);
    served.push(path);
    if (path === '/oauth/token' && isTokenHeld) return void held.push(response);
    const answers: Record<string, unknown> = {
      '/oauth/token': { access_token: `token-${served.length}`, expires_in: tokenLifetimeSeconds },
      '/api/v1/connected_accounts/details': { connected_account: { status: 'ACTIVE' } },
    };
    response.end(JSON.stringify(answers[path] ?? { id: 't1', title: 'A thing' }));
  });
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await server.close();
});

/**
 * Starts an environment that the test can freeze. `thaw` closes all its network connections and then lets it
 * continue.
 */
async function startEnvironment() {
  const environment = spawn(process.execPath, [PROGRAM], {
    env: {
      AWS_LAMBDA_FUNCTION_NAME: 'acme_read_thing',
      SCALEKIT_ENV_URL: server.url,
      SCALEKIT_CLIENT_ID: 'client',
      SCALEKIT_CLIENT_SECRET: 'secret',
      USER_VERIFY_URL: 'none',
      IDEMPOTENCY_TABLE: 'none',
      ACCOUNT_CACHE_SECONDS: '3600',
    },
  });
  child = environment;
  const lines = on(createInterface(environment.stdout), 'line');
  const nextLine = async () => String((await lines.next()).value);
  expect(await nextLine()).toBe('ready');
  return {
    call: (kind: 'read' | 'write') => {
      environment.stdin.write(`${kind}\n`);
      return nextLine();
    },
    freeze: () => environment.kill('SIGSTOP'),
    thaw: () => environment.kill('SIGCONT'),
    async end() {
      environment.stdin.end();
      const [code] = await once(environment, 'exit');
      return code;
    },
  };
}

test.each(['read', 'write'] as const)(
  'a %s after a freeze that closed all connections succeeds, and is sent once',
  async (kind) => {
    const environment = await startEnvironment();
    await environment.call(kind);
    served.length = 0;

    environment.freeze();
    server.closeConnections();
    await sleep(100);
    const answer = environment.call(kind);
    environment.thaw();

    expect(await answer).toBe('200');
    expect(served.filter((path) => path.startsWith('/proxy/'))).toHaveLength(1);
    expect(await environment.end()).toBe(0);
  },
);

test.each(['read', 'write'] as const)(
  'a %s after a freeze that silently dropped all connections succeeds, and is sent once',
  async (kind) => {
    const environment = await startEnvironment();
    await environment.call(kind);
    served.length = 0;

    environment.freeze();
    server.killConnections();
    const answer = environment.call(kind);
    environment.thaw();

    expect(await answer).toBe('200');
    expect(served.filter((path) => path.startsWith('/proxy/'))).toHaveLength(1);
    expect(await environment.end()).toBe(0);
  },
);

test('a token that expired during a freeze is renewed without an error for the caller', async () => {
  tokenLifetimeSeconds = 1;
  const environment = await startEnvironment();
  await environment.call('write');
  served.length = 0;

  environment.freeze();
  await sleep(1_100);
  const answer = environment.call('write');
  environment.thaw();

  expect(await answer).toBe('200');
  expect(served).toEqual(['/oauth/token', '/proxy/things']);
});

test('the first call requests the token if a freeze interrupted the request during initialisation', async () => {
  isTokenHeld = true;
  const environment = await startEnvironment();
  while (held.length === 0) await sleep(5);

  environment.freeze();
  server.closeConnections();
  isTokenHeld = false;
  await sleep(2_100);
  const answer = environment.call('read');
  environment.thaw();

  expect(await answer).toBe('200');
  expect(await environment.end()).toBe(0);
});
