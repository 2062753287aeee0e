export interface TimelineScale {
  /** Round times for the lines of the axis, starting at 0. */
  ticksMs: readonly number[];
  /** The position of a time, in per cent of the width. */
  percentAt(timeMs: number): number;
}

const SHORTEST_MS = 0.1;
// In a narrow window, the labels of more steps would overlap.
const STEPS_AT_MOST = 3;

/** Creates a scale on which the call's duration fills the width. */
export function timelineScale(durationMs: number): TimelineScale {
  const endMs = Math.max(durationMs, SHORTEST_MS);
  const stepMs = roundStep(endMs / STEPS_AT_MOST);
  const ticksMs: number[] = [];
  // Each time is multiplied, because adding decimals repeatedly accumulates rounding errors.
  for (let index = 0; index * stepMs <= endMs; index += 1) ticksMs.push(index * stepMs);
  return { ticksMs, percentAt: (timeMs) => (Math.min(Math.max(timeMs, 0), endMs) / endMs) * 100 };
}

/** Rounds up to 1, 2 or 5 times a power of ten. */
function roundStep(leastMs: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(leastMs));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * magnitude >= leastMs) ?? 10;
  return factor * magnitude;
}
