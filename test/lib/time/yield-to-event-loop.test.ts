import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { yieldToEventLoop } from '../../../lib/time/yield-to-event-loop.ts';

// Uses real turns of the event loop, with a clock that stands still between them.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('lets an arrived response trigger a request that is also sent, and then waits for a while', async () => {
  vi.advanceTimersByTime(1e9);
  const steps: string[] = [];
  setImmediate(() => {
    steps.push('arrived');
    setImmediate(() => steps.push('sent'));
  });

  await yieldToEventLoop();

  expect(steps).toEqual(['arrived', 'sent']);
  expect(yieldToEventLoop()).toBeUndefined();
});
