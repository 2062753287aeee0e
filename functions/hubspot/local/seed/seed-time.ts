const MS_PER_DAY = 86_400_000;
const DAY_LENGTH = '2026-11-22'.length;

/** A day of the story, which moves with the clock: 0 is today, -1 yesterday. */
export function dayAt(offset: number): string {
  return new Date(Date.now() + offset * MS_PER_DAY).toISOString().slice(0, DAY_LENGTH);
}

/** A time of such a day, such as `09:15`, in UTC. */
export function timeAt(offset: number, time: string): string {
  return `${dayAt(offset)}T${time}:00.000Z`;
}
