export interface TimelineScale {
  /** Round times to draw a line at, beginning with 0. */
  ticksMs: readonly number[];
  /** Where a time lies, in per cent of the width. */
  percentAt(timeMs: number): number;
}

const SHORTEST_MS = 0.1;
// More would run into each other where the window is narrow.
const STEPS_AT_MOST = 3;

/** The scale on which a call of this duration fills the width. */
export function timelineScale(durationMs: number): TimelineScale {
  const endMs = Math.max(durationMs, SHORTEST_MS);
  const stepMs = roundStep(endMs / STEPS_AT_MOST);
  const ticksMs: number[] = [];
  // Multiplied, since sums of tenths drift.
  for (let index = 0; index * stepMs <= endMs; index += 1) ticksMs.push(index * stepMs);
  return { ticksMs, percentAt: (timeMs) => (Math.min(Math.max(timeMs, 0), endMs) / endMs) * 100 };
}

/** The next of 1, 2, 5, 10 and so on that is no less. */
function roundStep(leastMs: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(leastMs));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * magnitude >= leastMs) ?? 10;
  return factor * magnitude;
}
