/** A mistake in how a script was called, in a message for a person. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
