// The emulated providers contain the data of one example company. The dates move with the clock, so the data always
// looks recent.

const MS_PER_DAY = 86_400_000;
const MS_PER_WEEK = 7 * MS_PER_DAY;
const DAY_LENGTH = '2026-11-22'.length;
// The dates of the mails are written as if this day were today. All mails are moved by the days that have
// passed since this day.
const MAIL_WRITTEN_ON = Date.UTC(2026, 10, 21);
const DAYS_SINCE_MAIL = Math.floor((Date.now() - MAIL_WRITTEN_ON) / MS_PER_DAY);
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
// The dates of the repositories are written as if the current week began on this Sunday.
const CODE_WRITTEN_ON = Date.UTC(2026, 10, 22);
const DATE = /\b2026-\d{2}-\d{2}(?!\d)/g;

/** Returns a day in UTC, such as `2026-11-22`. @param offset the days from today: 0 is today, and -1 is yesterday */
export function dayAt(offset: number): string {
  return new Date(Date.now() + offset * MS_PER_DAY).toISOString().slice(0, DAY_LENGTH);
}

/**
 * Returns a time on the day `dayAt(offset)`, in ISO 8601.
 * @param time the time of day in UTC, such as `09:15`
 */
export function timeAt(offset: number, time: string): string {
  return `${dayAt(offset)}T${time}:00.000Z`;
}

/** Moves the time of a mail by the number of days since MAIL_WRITTEN_ON. Returns ISO 8601, to the second. */
export function mailTime(written: string): string {
  const time = new Date(Date.parse(written) + DAYS_SINCE_MAIL * MS_PER_DAY);
  return `${time.toISOString().slice(0, -'.000Z'.length)}Z`;
}

/**
 * Moves the days in the text of a mail, such as `{2026-11-30}`, in the same way as `mailTime`. Writes them like `30
 * November`.
 */
export function mailText(written: string): string {
  return written.replace(/\{(\d{4}-\d\d-\d\d)\}/g, (_, day: string) =>
    DAY.format(new Date(mailTime(`${day}T00:00:00Z`))),
  );
}

/**
 * Moves the dates in a text by whole weeks, so that each date keeps its day of the week. After that,
 * CODE_WRITTEN_ON is at most a week ago.
 * @param text contains days such as `2026-11-20`, with or without a time
 */
export function movedByWeeks(text: string): string {
  const weeks = Math.floor((Date.now() - CODE_WRITTEN_ON) / MS_PER_WEEK);
  return text.replace(DATE, (day) =>
    new Date(Date.parse(day) + weeks * MS_PER_WEEK).toISOString().slice(0, DAY_LENGTH),
  );
}
