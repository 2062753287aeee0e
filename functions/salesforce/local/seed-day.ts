const MS_PER_DAY = 86_400_000;
const DAY_LENGTH = '2026-11-22'.length;
const startedAtMs = Date.now();

/** A day of the story, which moves with the clock: 0 is today, -1 yesterday. */
export function day(offset: number): string {
  return new Date(startedAtMs + offset * MS_PER_DAY).toISOString().slice(0, DAY_LENGTH);
}
