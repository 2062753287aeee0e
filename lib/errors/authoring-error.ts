/**
 * A mistake in the code of a tool or a connector. Its message is our own text and contains no user data, so it may be
 * logged.
 */
export class AuthoringError extends TypeError {
  override readonly name = 'AuthoringError';
}
