/** A mistake in the code of a tool or a connector. We write its message and it holds no data, so it may be logged. */
export class AuthoringError extends TypeError {
  override readonly name = 'AuthoringError';
}
