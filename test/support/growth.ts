const RUNS = 5;
// Below it, the clock and the garbage collector decide.
const NOISE_MS = 15;

/** The median of the processor's time that a function takes, in milliseconds. */
function medianCpuMs(run: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return times.toSorted((one, other) => one - other)[Math.floor(RUNS / 2)] ?? 0;
}

/**
 * Returns the units of which twice as much text takes a function more than three times as long.
 * @param length of the shorter text, in characters
 */
export function growingUnits(
  run: (text: string) => unknown,
  units: readonly string[],
  length: number,
): string[] {
  return units.filter((unit) => {
    const text = unit.repeat(Math.ceil((2 * length) / unit.length));
    const half = medianCpuMs(() => run(text.slice(0, length)));
    const whole = medianCpuMs(() => run(text.slice(0, 2 * length)));
    return whole > 3 * half + NOISE_MS;
  });
}

/** Every unit, and every two of them one after the other. */
export function pairsOf(units: readonly string[]): string[] {
  return units.flatMap((one) => units.map((other) => (one === other ? one : one + other)));
}
