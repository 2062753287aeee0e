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

/** Starts a tool in its own environment. */
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

describe('when all connections died between two calls', () => {
  test('a read succeeds, and its caller sees nothing', async () => {
    const call = read();
    await call();
    server.killConnections();

    expect(await call()).toBe(200);
    expect(served.filter((path) => path.startsWith('/proxy/'))).toHaveLength(2);
  });

  test('a read that met one dead connection does not try another', async () => {
    const call = read();
    // Concurrent calls leave several connections.
    await Promise.all([call(), call(), call(), call()]);
    server.killConnections();

    expect(await call()).toBe(200);
    expect(server.attemptsOnDead).toBe(1);
  });

  test('a write succeeds, was served once, and never tried a connection that may have died', async () => {
    const call = write();
    await call();
    served.length = 0;
    server.killConnections();

    expect(await call()).toBe(200);
    expect(served).toEqual(['/proxy/things']);
    expect(server.attemptsOnDead).toBe(0);
  });

  test('an account check that met one dead connection does not try another', async () => {
    const call = environment(readThing, { thing: 't1' }, 0);
    await Promise.all([call(), call(), call(), call()]);
    server.killConnections();

    expect(await call()).toBe(200);
    expect(server.attemptsOnDead).toBe(1);
  });

  test('the account check goes on without its caller noticing', async () => {
    const call = environment(createThing, { title: 'A thing' }, 0);
    await call();
    served.length = 0;
    server.killConnections();

    expect(await call()).toBe(200);
    expect(served).toEqual(['/api/v1/connected_accounts/details', '/proxy/things']);
    expect(server.attemptsOnDead).toBe(1);
  });
});

describe('a connection', () => {
  test('is used by one read after the other', async () => {
    const call = read();
    for (let calls = 0; calls < 5; calls += 1) await call();

    expect(server.connections).toBe(1);
  });

  test('that the same call has used may carry its write', async () => {
    const call = write();
    await call();

    // The token, the account, and the write.
    expect(served).toHaveLength(3);
    expect(server.connections).toBe(1);
  });

  test('that was idle for long is not used by a read', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const call = read();
    await call();
    vi.setSystemTime(Date.now() + 51_000);
    server.killConnections();

    expect(await call()).toBe(200);
    expect(server.attemptsOnDead).toBe(0);
    expect(server.connections).toBe(2);
  });

  test('that was idle for a moment is used again, even if the clock goes back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const call = read();
    await call();
    vi.setSystemTime(Date.now() - 3_600_000);

    expect(await call()).toBe(200);
    expect(server.connections).toBe(1);
  });
});
