/** Whether a JSON value is an object, neither an array nor null. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class NoObjectError extends Error {
  override readonly name = 'NoObjectError';
}

/**
 * Reads a text that has to be a JSON object.
 * @param text where it is blank, the object is empty
 * @throws what `jsonFault` puts into words
 */
export function parseJsonObject(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new NoObjectError('This is JSON, but no object. Write { … }.');
  return value;
}

/** What to tell whoever wrote a text that could not be read. */
export function jsonFault(error: unknown): string {
  if (error instanceof NoObjectError) return error.message;
  return `This is not JSON: ${error instanceof Error ? error.message : String(error)}`;
}
