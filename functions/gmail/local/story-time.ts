const MS_PER_DAY = 86_400_000;
// The story is written as if it were this day; it is told as if that were today.
const WRITTEN_ON = Date.UTC(2026, 10, 21);
const DAYS_SINCE = Math.floor((Date.now() - WRITTEN_ON) / MS_PER_DAY);
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** Returns a time of the story as it is today, in ISO 8601 to the second. */
export function storyTime(written: string): string {
  const time = new Date(Date.parse(written) + DAYS_SINCE * MS_PER_DAY);
  return `${time.toISOString().slice(0, -'.000Z'.length)}Z`;
}

/** Returns a text of the story, with its days such as `{2026-11-30}` as they are today. */
export function storyText(written: string): string {
  return written.replace(/\{(\d{4}-\d\d-\d\d)\}/g, (_, day: string) =>
    DAY.format(new Date(storyTime(`${day}T00:00:00Z`))),
  );
}
