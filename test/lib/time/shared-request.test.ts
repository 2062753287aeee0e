import { describe, expect, test } from 'vitest';
import { SharedRequest } from '../../../lib/time/shared-request.ts';

/** Starts requests that end when the test says so. */
function startRequests() {
  const started: (PromiseWithResolvers<string> & { signal: AbortSignal })[] = [];
  const shared = new SharedRequest((signal) => {
    const request = { ...Promise.withResolvers<string>(), signal };
    started.push(request);
    return request.promise;
  });
  return { shared, started };
}

const forever = () => new AbortController().signal;

describe('SharedRequest', () => {
  test('is shared by concurrent waiters, and new for a later one', async () => {
    const { shared, started } = startRequests();
    const waiting = [shared.wait(forever()), shared.wait(forever())];
    started[0]?.resolve('first');
    const results = await Promise.all(waiting);
    const later = shared.wait(forever());
    started[1]?.resolve('second');

    expect(results).toEqual(['first', 'first']);
    expect(await later).toBe('second');
  });

  test('continues when one of two waiters gives up', async () => {
    const { shared, started } = startRequests();
    const givingUp = new AbortController();
    const gone = shared.wait(givingUp.signal);
    const staying = shared.wait(forever());
    givingUp.abort();
    await expect(gone).rejects.toThrow();
    const aborted = started[0]?.signal.aborted;
    started[0]?.resolve('first');

    expect(aborted).toBe(false);
    expect(await staying).toBe('first');
  });

  test('is aborted when nobody waits any more, and the next waiter starts a new one', async () => {
    const { shared, started } = startRequests();
    const givingUp = new AbortController();
    const gone = shared.wait(givingUp.signal);
    givingUp.abort();
    await expect(gone).rejects.toThrow();
    const next = shared.wait(forever());
    started[1]?.resolve('second');

    expect(started[0]?.signal.aborted).toBe(true);
    expect(await next).toBe('second');
  });

  test('that fails is not kept', async () => {
    const { shared, started } = startRequests();
    const failing = shared.wait(forever());
    started[0]?.reject(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    const next = shared.wait(forever());
    started[1]?.resolve('second');

    expect(await next).toBe('second');
  });

  test('that nobody waits for any more does not end the next one', async () => {
    const { shared, started } = startRequests();
    const givingUp = new AbortController();
    const gone = shared.wait(givingUp.signal);
    givingUp.abort();
    // Before the waiter that gave up has noticed it.
    const next = shared.wait(forever());
    await expect(gone).rejects.toThrow();
    for (const { resolve } of started) resolve('an answer');
    const joined = shared.wait(forever());

    expect(await Promise.all([next, joined])).toEqual(['an answer', 'an answer']);
    expect(started).toHaveLength(1);
  });
});
