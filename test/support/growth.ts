const RUNS = 5;
// Shorter times are ignored, because they mostly depend on the clock and the garbage collector.
const NOISE_MS = 15;

function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Returns the median CPU time of a function, in milliseconds. */
function medianCpuMs(run: () => void): number {
  const times = Array.from({ length: RUNS }, () => cpuMs(run));
  return times.toSorted((one, other) => one - other)[Math.floor(RUNS / 2)] ?? 0;
}

/**
 * Finds texts for which the run time of a function grows faster than the length of the text. Each text consists of
 * one unit, which is repeated. Returns the units for which a text of double length takes more than three times as
 * long.
 * @param length the length of the shorter text, in characters
 */
export function growingUnits(
  run: (text: string) => unknown,
  units: readonly string[],
  length: number,
): string[] {
  return units.filter((unit) => {
    const whole = unit.repeat(Math.ceil((2 * length) / unit.length)).slice(0, 2 * length);
    const half = whole.slice(0, length);
    // A median takes longer to measure, so it is measured only if the first run was slow.
    return [cpuMs, medianCpuMs].every((measure) => {
      const halfMs = measure(() => run(half));
      return measure(() => run(whole)) > 3 * halfMs + NOISE_MS;
    });
  });
}

/** Returns every unit, and every pair of two different units in both orders. */
export function pairsOf(units: readonly string[]): string[] {
  return units.flatMap((one) => units.map((other) => (one === other ? one : one + other)));
}
