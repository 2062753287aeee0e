import { expect, test, vi } from 'vitest';
import { giveTurn } from '../../../lib/time/give-turn.ts';

const afterMs = (durationMs: number) => vi.waitUntil(() => performance.now() > durationMs);

test('lets what has arrived send something, which goes out as well, and then waits for a while', async () => {
  await afterMs(performance.now() + 5);
  const steps: string[] = [];
  setImmediate(() => {
    steps.push('arrived');
    setImmediate(() => steps.push('sent'));
  });

  await giveTurn();

  expect(steps).toEqual(['arrived', 'sent']);
  expect(giveTurn()).toBeUndefined();
});
