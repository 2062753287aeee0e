import type { ErrorDetail } from '../../lib/errors/tool-error.ts';

/** A request of the page that is refused; the message is for the person there. */
export class ConsoleError extends Error {
  override readonly name = 'ConsoleError';
  readonly status: 400 | 403 | 404 | 413 | 502;
  readonly details: readonly ErrorDetail[];

  constructor(status: ConsoleError['status'], message: string, details: readonly ErrorDetail[] = []) {
    super(message);
    this.status = status;
    this.details = details;
  }
}
