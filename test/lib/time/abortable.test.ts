import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { abortable } from '../../../lib/time/abortable.ts';

/** Returns the unhandled rejections that would end the process, kept away from the test runner's own listener. */
async function unhandledDuring(act: () => Promise<void>): Promise<unknown[]> {
  const listeners = process.listeners('unhandledRejection');
  const unhandled: unknown[] = [];
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  try {
    await act();
    await setImmediate();
    await setImmediate();
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
  return unhandled;
}

describe('abortable', () => {
  test('resolves with the value of the promise', async () => {
    // Prepare
    const { signal } = new AbortController();

    // Act
    const value = await abortable(Promise.resolve(7), signal);

    // Assess
    expect(value).toBe(7);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test("rejects with the promise's own error", async () => {
    // Prepare
    const { signal } = new AbortController();
    const error = new Error('own');

    // Act
    const result = abortable(Promise.reject(error), signal);

    // Assess
    await expect(result).rejects.toBe(error);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test("rejects with the signal's reason when it is aborted", async () => {
    // Prepare
    const controller = new AbortController();
    const reason = new Error('time is over');

    // Act
    const result = abortable(Promise.withResolvers().promise, controller.signal);
    const listenersDuring = getEventListeners(controller.signal, 'abort').length;
    controller.abort(reason);

    // Assess
    await expect(result).rejects.toBe(reason);
    expect(listenersDuring).toBe(1);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  test("rejects with the signal's reason when it was aborted before", async () => {
    // Prepare
    const reason = new Error('time was over');

    // Act
    const result = abortable(Promise.resolve(7), AbortSignal.abort(reason));

    // Assess
    await expect(result).rejects.toBe(reason);
  });

  test.each(['during', 'before'])(
    'leaves no rejection unhandled that comes after an abort %s the wait',
    async (when) => {
      // Prepare
      const controller = new AbortController();
      const { promise, reject } = Promise.withResolvers<never>();

      // Act
      const unhandled = await unhandledDuring(async () => {
        if (when === 'before') controller.abort();
        const result = abortable(promise, controller.signal);
        controller.abort();
        await expect(result).rejects.toMatchObject({ name: 'AbortError' });
        reject(new Error('too late'));
      });

      // Assess
      expect(unhandled).toEqual([]);
    },
  );

  test('is not disturbed by an abort after the value', async () => {
    // Prepare
    const controller = new AbortController();

    // Act
    const unhandled = await unhandledDuring(async () => {
      await abortable(Promise.resolve(7), controller.signal);
      controller.abort();
    });

    // Assess
    expect(unhandled).toEqual([]);
  });
});
