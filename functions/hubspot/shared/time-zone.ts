/** Returns the name of a time zone in the spelling of the IANA database, or an empty text for an unknown one. */
export function timeZoneOf(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
}
