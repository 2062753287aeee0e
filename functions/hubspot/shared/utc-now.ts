/** ISO 8601 in UTC, to the second, as times of inputs and outputs are: so they can be compared as text. */
export function utcNow(): string {
  return `${new Date().toISOString().slice(0, -'.000Z'.length)}Z`;
}
