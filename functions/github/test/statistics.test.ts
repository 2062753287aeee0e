import { expect, test } from 'vitest';
import { whenComputed } from '../shared/statistics.ts';

const never = new AbortController().signal;
/** Answers with these statuses, one after the other, and counts how often it is asked. */
function answering(...statuses: number[]) {
  let count = 0;
  return { read: async () => ({ status: statuses[count++] ?? 202 }), count: () => count };
}

test.each([[[200]], [[202, 200]], [[202, 202, 204]]])('%j: the answer that is not 202', async (statuses) => {
  const { read, count } = answering(...statuses);

  expect(await whenComputed(read, never, [1, 1])).toEqual({ status: statuses.at(-1) });
  expect(count()).toBe(statuses.length);
});

test('GitHub that does not get ready is told as a time-out that may be repeated', async () => {
  const { read, count } = answering();

  await expect(whenComputed(read, never, [1, 1])).rejects.toMatchObject({
    code: 'provider_timeout',
    retryAfterSeconds: 30,
  });
  expect(count()).toBe(3);
});

test('the end of the call ends the wait', async () => {
  const { read, count } = answering();
  const controller = new AbortController();
  const pending = whenComputed(read, controller.signal, [60_000]);
  setImmediate(() => controller.abort());

  await expect(pending).rejects.toThrow('aborted');
  expect(count()).toBeLessThan(2);
});
