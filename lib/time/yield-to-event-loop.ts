// A yield takes almost no time. Four milliseconds are short compared to the network request that continues during a
// yield.
const EVERY_MS = 4;
// We yield for two turns of the event loop. In the first turn, a response arrives and triggers the next request. In
// the second turn, this request is sent.
const TURNS = 2;

let lastTurnMs = performance.now();

/**
 * Yields to the event loop every few milliseconds while modules load.
 * @returns undefined if the last yield was only a few milliseconds ago
 */
export function yieldToEventLoop(): Promise<void> | undefined {
  return performance.now() - lastTurnMs < EVERY_MS ? undefined : turns();
}

async function turns(): Promise<void> {
  for (let left = TURNS; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
  lastTurnMs = performance.now();
}
