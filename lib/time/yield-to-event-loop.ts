// A yield every few milliseconds costs almost nothing, and is short compared to the network request that it allows to
// continue.
const EVERY_MS = 4;
// We yield twice: in the first turn a response arrives and triggers the next request, which is sent in the second
// turn.
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
