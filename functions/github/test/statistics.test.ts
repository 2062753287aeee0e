import { expect, test } from 'vitest';
import { whenComputed } from '../shared/statistics.ts';

const never = new AbortController().signal;
/** Returns the given statuses one after the other, then 202, and counts the requests. */
function answering(...statuses: number[]) {
  let count = 0;
  return { read: async () => ({ status: statuses[count++] ?? 202 }), count: () => count };
}

test.each([[[200]], [[202, 200]], [[202, 202, 204]]])(
  'whenComputed returns the first response whose status is not 202: %j',
  async (statuses) => {
    const { read, count } = answering(...statuses);

    expect(await whenComputed(read, never, [1, 1])).toEqual({ status: statuses.at(-1) });
    expect(count()).toBe(statuses.length);
  },
);

test('whenComputed throws a retryable time-out if GitHub does not finish in time', async () => {
  const { read, count } = answering();

  await expect(whenComputed(read, never, [1, 1])).rejects.toMatchObject({
    code: 'provider_timeout',
    retryAfterSeconds: 30,
  });
  expect(count()).toBe(3);
});

test('whenComputed stops waiting if the call is aborted', async () => {
  const { read, count } = answering();
  const controller = new AbortController();
  const pending = whenComputed(read, controller.signal, [60_000]);
  setImmediate(() => controller.abort());

  await expect(pending).rejects.toThrow('aborted');
  expect(count()).toBeLessThan(2);
});
