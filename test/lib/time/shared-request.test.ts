import { describe, expect, test } from 'vitest';
import { SharedRequest, SharedRequests } from '../../../lib/time/shared-request.ts';

/** Starts requests that run until the test ends them. */
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
  test('is shared by concurrent callers, and new for a later caller', async () => {
    const { shared, started } = startRequests();
    const waiting = [shared.wait(forever()), shared.wait(forever())];
    started[0]?.resolve('first');
    const results = await Promise.all(waiting);
    const later = shared.wait(forever());
    started[1]?.resolve('second');

    expect(results).toEqual(['first', 'first']);
    expect(await later).toBe('second');
  });

  test('continues if one of two callers stops waiting', async () => {
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

  test('is aborted if no caller waits any more, and the next caller starts a new request', async () => {
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

  test('is not cached if it fails', async () => {
    const { shared, started } = startRequests();
    const failing = shared.wait(forever());
    started[0]?.reject(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    const next = shared.wait(forever());
    started[1]?.resolve('second');

    expect(await next).toBe('second');
  });

  test('does not end the next request when the first request is aborted', async () => {
    const { shared, started } = startRequests();
    const givingUp = new AbortController();
    const gone = shared.wait(givingUp.signal);
    givingUp.abort();
    // The first caller has stopped waiting, but its promise is not rejected yet.
    const next = shared.wait(forever());
    await expect(gone).rejects.toThrow();
    for (const { resolve } of started) resolve('an answer');
    const joined = shared.wait(forever());

    expect(await Promise.all([next, joined])).toEqual(['an answer', 'an answer']);
    expect(started).toHaveLength(1);
  });
});

describe('SharedRequests', () => {
  function startRequests() {
    const started: PromiseWithResolvers<string>[] = [];
    const requests = new SharedRequests<string>();
    const wait = (key: string, signal = new AbortController().signal) =>
      requests.wait(key, signal, () => {
        const request = Promise.withResolvers<string>();
        started.push(request);
        return request.promise;
      });
    return { started, wait };
  }

  test('share a request for one key, even after one caller has stopped waiting', async () => {
    const { started, wait } = startRequests();
    const leaving = new AbortController();
    const gone = wait('a', leaving.signal);
    const staying = wait('a');
    leaving.abort();
    await expect(gone).rejects.toThrow();
    const joining = wait('a');
    started[0]?.resolve('of a');

    expect(await Promise.all([staying, joining])).toEqual(['of a', 'of a']);
    expect(started).toHaveLength(1);
  });

  test('have separate requests for each key, and start a new request after the previous request has ended', async () => {
    const { started, wait } = startRequests();
    const both = [wait('a'), wait('b')];
    for (const [index, { resolve }] of started.entries()) resolve(`request ${index}`);
    const first = await Promise.all(both);
    const again = wait('a');
    started[2]?.resolve('request 2');

    expect(first).toEqual(['request 0', 'request 1']);
    expect(await again).toBe('request 2');
  });
});
