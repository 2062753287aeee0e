import * as z from 'zod';

// ISO 8601 as in RFC 3339, or only a day. The zone may also have Salesforce's format (`+0000`).
const ISO_TIME = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;
const DAY_LENGTH = '2026-11-22'.length;
const UTC_LENGTH = '2026-11-22T09:00:00Z'.length;
const MS_PER_UNIT = { seconds: 1_000, milliseconds: 1 };

/** An output field for a time: ISO 8601 in UTC, to the second, such as `2026-11-22T09:00:00Z`. */
export function time() {
  return z.string().max(UTC_LENGTH).meta({ format: 'date-time' });
}

/**
 * An input field for a point in time. The text needs a time of day and a time zone. A day without a time is rejected,
 * because the time would be unclear. `run` gets ISO 8601 in UTC, to the second.
 * @param description shows the model which moment the field sets
 * @param read converts other forms of a time to ISO 8601, and returns any other text unchanged
 */
export function momentInput(description: string, read?: (trimmed: string) => string) {
  return utcInput(description, ({ length }) => length > DAY_LENGTH, {
    read,
    error: 'must be a date, a time and a zone, such as 2026-11-22T09:00:00Z or 2026-11-22T09:00+01:00',
  });
}

/**
 * An input field for the start or the end of a period. A day means its midnight in UTC; a time needs a zone.
 * `run` gets ISO 8601 in UTC, to the second.
 * @param description shows the model which bound the field sets, and that days are in UTC
 */
export function boundInput(description: string) {
  return utcInput(description, () => true, {
    error: 'must be a day, such as 2026-11-22, or a time with a zone, such as 2026-11-22T09:00:00Z',
  });
}

/**
 * An input field for a day, such as `2026-11-22`. `run` gets the text unchanged.
 * @param description shows the model which day the field sets
 */
export function dayInput(description: string) {
  return z
    .string()
    .overwrite((value) => value.trim())
    .refine((value) => value.length === DAY_LENGTH && utcOfIso(value) !== undefined, {
      error: 'must be a day without a time, such as 2026-11-22',
    })
    .describe(description);
}

function utcInput(
  description: string,
  accepts: (value: string) => boolean,
  { error, read = (trimmed) => trimmed }: { error: string; read?: ((trimmed: string) => string) | undefined },
) {
  const utcOf = (iso: string) => (accepts(iso) ? utcOfIso(iso) : undefined);
  return z
    .string()
    .overwrite((value) => utcOf(read(value.trim())) ?? value)
    .refine((value) => utcOf(value) !== undefined, { error })
    .describe(description);
}

/**
 * A time in a provider's response, returned as ISO 8601 in UTC, to the second. Any other value fails the response
 * schema.
 * @param unit the unit, if the provider sends a number that counts from 1970. The number may be sent as text. Omit the
 * unit if the provider sends ISO 8601
 */
export function providerTime(unit?: keyof typeof MS_PER_UNIT) {
  return z.union([z.string(), z.number()]).transform((value, context) => {
    const utc = unit === undefined ? utcOfIso(String(value)) : utcOfMs(Number(value) * MS_PER_UNIT[unit]);
    if (utc !== undefined && value !== '') return utc;
    context.addIssue('Expected a time');
    return z.NEVER;
  });
}

function utcOfIso(value: string): string | undefined {
  const [, year, month, day] = ISO_TIME.exec(value) ?? [];
  // `Date` would read 30 February as 2 March.
  const isDay = Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return isDay ? utcOfMs(Date.parse(value)) : undefined;
}

function utcOfMs(ms: number): string | undefined {
  const date = new Date(ms);
  const hasFourDigitYear = date.getTime() >= 0 && date.getUTCFullYear() <= 9999;
  return hasFourDigitYear ? utcTime(ms) : undefined;
}

/**
 * Returns a time in the format of inputs and outputs: ISO 8601 in UTC, to the second. Such times can be compared as
 * text.
 * @param ms the milliseconds since 1970
 * @throws RangeError if it is not a time
 */
export function utcTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, UTC_LENGTH - 1)}Z`;
}
