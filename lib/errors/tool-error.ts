import { cleanText } from '../text/clean-text.ts';
import { cutText } from '../text/cut-text.ts';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';

/** A fault of the input or of the account: `path` is dotted, `''` for the whole input. */
export interface ErrorDetail {
  path: string;
  issue: string;
}

/** The one form in which every surface tells an error; every key is always there. */
export interface ErrorBody {
  error: {
    code: ErrorCode;
    message: string;
    retryable: boolean;
    retry_after_seconds: number | null;
    authorization_url: string | null;
    account_status: string | null;
    details: ErrorDetail[];
    request_id: string | null;
  };
}

interface ToolErrorOptions {
  /** One or two sentences for the agent that say what to do next; the code has a default. */
  message?: string | undefined;
  cause?: unknown;
  /** With `rate_limited` a minute by default. */
  retryAfterSeconds?: number | null | undefined;
  authorizationUrl?: string | null | undefined;
  accountStatus?: string | null | undefined;
  details?: ErrorDetail[] | undefined;
  /** What operators may read in the log: the provider's status and the path template, never its body. */
  upstream?: Upstream | null | undefined;
}

export interface Upstream {
  status: number | null;
  /** Such as `/repos/{}/{}`: the template, never the filled path. */
  pathTemplate: string;
}

// Long enough for two sentences; what is longer was not written by us.
const MESSAGE_LENGTH_MAX = 400;
const DETAIL_LENGTH_MAX = 200;
// What limits the rate mostly counts by the minute.
const RETRY_AFTER_SECONDS_DEFAULT = 60;

/** The only error that an answer is made from. What it carries is safe to show to an agent; `cause` never is. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | null;
  readonly authorizationUrl: string | null;
  readonly accountStatus: string | null;
  readonly details: ErrorDetail[];
  readonly upstream: Upstream | null;

  constructor(code: ErrorCode, options: ToolErrorOptions = {}) {
    super(cutText(cleanText(options.message ?? ERROR_CODES[code].message), MESSAGE_LENGTH_MAX), {
      cause: options.cause,
    });
    this.code = code;
    const defaultSeconds = code === 'rate_limited' ? RETRY_AFTER_SECONDS_DEFAULT : null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? defaultSeconds;
    this.authorizationUrl = options.authorizationUrl ?? null;
    this.accountStatus = options.accountStatus ?? null;
    this.details = (options.details ?? []).map(({ path, issue }) => ({
      path: cutText(cleanText(path), DETAIL_LENGTH_MAX),
      issue: cutText(cleanText(issue), DETAIL_LENGTH_MAX),
    }));
    this.upstream = options.upstream ?? null;
  }

  /** The HTTP status of the code. */
  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  /** The same error with other details. */
  withDetails(details: ErrorDetail[]): ToolError {
    return new ToolError(this.code, { ...this, message: this.message, cause: this.cause, details });
  }

  toBody(requestId: string | null): ErrorBody {
    return {
      error: {
        code: this.code,
        message: this.message,
        retryable: ERROR_CODES[this.code].retryable,
        retry_after_seconds: this.retryAfterSeconds,
        authorization_url: this.authorizationUrl,
        account_status: this.accountStatus,
        details: this.details,
        request_id: requestId,
      },
    };
  }
}
