// Rare enough to cost nothing, and short compared to the round trip that it unblocks.
const EVERY_MS = 4;
// A response that arrives in the first turn triggers a request, which is sent in the second.
const TURNS = 2;

let lastTurnMs = performance.now();

/**
 * Yields to the event loop, every few milliseconds, while modules load.
 * @returns undefined if the last yield was only a moment ago
 */
export function yieldToEventLoop(): Promise<void> | undefined {
  return performance.now() - lastTurnMs < EVERY_MS ? undefined : turns();
}

async function turns(): Promise<void> {
  for (let left = TURNS; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
  lastTurnMs = performance.now();
}
