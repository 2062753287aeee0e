import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { yieldToEventLoop } from '../../../lib/time/yield-to-event-loop.ts';

// The test uses real turns of the event loop, with a clock that does not move between them.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('yieldToEventLoop yields for two turns of the event loop, and does not yield again immediately', async () => {
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
