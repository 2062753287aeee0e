import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Tool } from '../../../lib/contract/define-tool.ts';
import { anyHandler } from '../../../local/testing/any-handler.ts';
import { createThing, readThing } from '../../support/acme.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from '../../support/http-event.ts';
import { startMortalServer } from '../../support/mortal-server.ts';

const served: string[] = [];
let server: Awaited<ReturnType<typeof startMortalServer>>;
beforeEach(async () => {
  served.length = 0;
  server = await startMortalServer(async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    await text(request);
    served.push(path);
    const answers: Record<string, unknown> = {
      '/oauth/token': { access_token: 'a-token', expires_in: 86_400 },
      '/api/v1/connected_accounts/details': { connected_account: { status: 'ACTIVE' } },
    };
    response.end(JSON.stringify(answers[path] ?? { id: 't1', title: 'A thing' }));
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

/** Starts a tool in a new environment. */
function environment(tool: Tool, input: unknown, accountCacheSeconds = 3_600) {
  const handler = anyHandler(tool, {
    variables: {
      SCALEKIT_ENV_URL: server.url,
      SCALEKIT_CLIENT_ID: 'client',
      SCALEKIT_CLIENT_SECRET: 'secret',
      USER_VERIFY_URL: 'none',
      IDEMPOTENCY_TABLE: 'none',
      ACCOUNT_CACHE_SECONDS: String(accountCacheSeconds),
    },
    log: () => {},
    metrics: () => {},
  });
  return async () => readHttpAnswer(await handler(httpEvent({ body: input }), lambdaContext())).status;
}

const read = () => environment(readThing, { thing: 't1' });
const write = () => environment(createThing, { title: 'A thing' });

describe('if all connections were closed between two calls', () => {
  test('a read succeeds without an error for its caller', async () => {
    const call = read();
    await call();
    server.killConnections();

    expect(await call()).toBe(200);
    expect(served.filter((path) => path.startsWith('/proxy/'))).toHaveLength(2);
  });

  test('a read tries at most one closed connection', async () => {
    const call = read();
    // The calls run at the same time, so they open several connections.
    await Promise.all([call(), call(), call(), call()]);
    server.killConnections();

    expect(await call()).toBe(200);
    expect(server.attemptsOnDead).toBe(1);
  });

  test('a write succeeds, is sent once, and uses no connection that may be closed', async () => {
    const call = write();
    await call();
    served.length = 0;
    server.killConnections();

    expect(await call()).toBe(200);
    expect(served).toEqual(['/proxy/things']);
    expect(server.attemptsOnDead).toBe(0);
  });

  test('an account check tries at most one closed connection', async () => {
    const call = environment(readThing, { thing: 't1' }, 0);
    await Promise.all([call(), call(), call(), call()]);
    server.killConnections();

    expect(await call()).toBe(200);
    expect(server.attemptsOnDead).toBe(1);
  });

  test('the account check of a write succeeds without an error for its caller', async () => {
    const call = environment(createThing, { title: 'A thing' }, 0);
    await call();
    served.length = 0;
    server.killConnections();

    expect(await call()).toBe(200);
    expect(served).toEqual(['/api/v1/connected_accounts/details', '/proxy/things']);
    expect(server.attemptsOnDead).toBe(1);
  });
});

describe('a connection to Scalekit', () => {
  test('is reused by consecutive reads', async () => {
    const call = read();
    for (let calls = 0; calls < 5; calls += 1) await call();

    expect(server.connections).toBe(1);
  });

  test('may be used for a write if the same call has used it before', async () => {
    const call = write();
    await call();

    // The three requests get the token, read the account and send the write.
    expect(served).toHaveLength(3);
    expect(server.connections).toBe(1);
  });

  test('is not used by a read if it was idle for a long time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const call = read();
    await call();
    vi.setSystemTime(Date.now() + 51_000);
    server.killConnections();

    expect(await call()).toBe(200);
    expect(server.attemptsOnDead).toBe(0);
    expect(server.connections).toBe(2);
  });

  test('is reused if it was idle for a short time, even if the clock goes back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const call = read();
    await call();
    vi.setSystemTime(Date.now() - 3_600_000);

    expect(await call()).toBe(200);
    expect(server.connections).toBe(1);
  });
});
