/** A mistake in the code of a tool or a connector. Its message is written by us and holds no data, so it may be logged. */
export class AuthoringError extends TypeError {
  override readonly name = 'AuthoringError';
}
