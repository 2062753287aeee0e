const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** For example `0.4 ms` or `1,240 ms`. */
export function milliseconds(durationMs: number): string {
  return `${(durationMs < 9.95 ? TENTHS : WHOLE).format(durationMs)} ms`;
}

/** For example `1 byte` or `1,240 bytes`. */
export function counted(count: number, unit: string): string {
  return `${WHOLE.format(count)} ${unit}${count === 1 ? '' : 's'}`;
}

/** The local time of day of an ISO 8601 time. */
export function timeOfDay(iso: string): string {
  return new Date(iso).toLocaleTimeString([], { hour12: false });
}
