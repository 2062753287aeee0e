const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
// The story was written on this Sunday.
const WRITTEN_ON = Date.parse('2026-11-22');
const DATE = /\b2026-\d{2}-\d{2}(?!\d)/g;

/**
 * Moves the dates in a text of the story by whole weeks, so that it is always at most a week old and keeps its weekdays.
 * @param text holds days such as `2026-11-20`, with or without a time
 */
export function inStory(text: string): string {
  const weeks = Math.floor((Date.now() - WRITTEN_ON) / WEEK_MS);
  return text.replace(DATE, (day) =>
    new Date(Date.parse(day) + weeks * WEEK_MS).toISOString().slice(0, '2026-11-20'.length),
  );
}
