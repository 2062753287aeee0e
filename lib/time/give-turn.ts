// Long enough that the turns take no time themselves, and short beside the round trip that they let go on.
const EVERY_MS = 4;
// What arrives in the first sends something, which goes out in the second.
const TURNS = 2;

let lastTurnMs = performance.now();

/**
 * While modules load, nothing that arrives is looked at; this lets it be, every few milliseconds.
 * @returns undefined where the last turn was a moment ago
 */
export function giveTurn(): Promise<void> | undefined {
  return performance.now() - lastTurnMs < EVERY_MS ? undefined : turns();
}

async function turns(): Promise<void> {
  for (let left = TURNS; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
  lastTurnMs = performance.now();
}
