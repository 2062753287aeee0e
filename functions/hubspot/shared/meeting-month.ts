/** The month of a time, which is how far its text goes: `2026-12` of `2026-12-03T09:00:00Z`. */
export function monthOf(time: string): string {
  return time.slice(0, '2026-12'.length);
}

/** How many months after that of `now` a month is. */
export function monthsAfter(now: string, month: string): number {
  return monthNumber(month) - monthNumber(monthOf(now));
}

export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number)).toISOString().slice(0, month.length);
}

function monthNumber(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return year * 12 + number;
}
