import { cleanText, cutText } from '../text/clean-text.ts';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';

/** One fault in the input or in the account. */
export interface ErrorDetail {
  /** The path of the input field, with dots between keys; `''` for the whole input. */
  path: string;
  /** The fault, described without repeating the value. */
  issue: string;
  /** At most five things to choose from, if several match the input. */
  candidates?: Candidate[] | undefined;
}

/** One of several things that match an input. */
export interface Candidate {
  /** The value to send in the next call to choose this thing. */
  value: string;
  /** A text that lets the user tell this thing from the others. */
  label: string;
}

/** The error format of every surface. Every key is always present. */
export interface ErrorBody {
  /** No output has this key, so callers can recognise an error by it. */
  error: {
    /** The code for programs. */
    code: ErrorCode;
    /** The next step, for the agent. */
    message: string;
    /** True if the same call may succeed later. */
    retryable: boolean;
    /** The wait before a retry, if it is known. */
    retry_after_seconds: number | null;
    /** The page where the user connects the account; null if connecting does not solve the problem. */
    authorization_url: string | null;
    /** The account's status at Scalekit, such as `EXPIRED`, if the code is `authorization_required`. */
    account_status: string | null;
    /** The individual faults. */
    details: ErrorDetail[];
    /** The call's ID in the log. */
    request_id: string | null;
  };
}

interface ToolErrorOptions {
  /** One or two sentences that say what to do next, for the agent; each code has a default. */
  message?: string | undefined;
  /** The original error. It is written to the log and never sent to an agent. */
  cause?: unknown;
  /** The time to wait before a retry. For `rate_limited`, the default is a minute. */
  retryAfterSeconds?: number | null | undefined;
  /** The page where the user connects the account. */
  authorizationUrl?: string | null | undefined;
  /** The account's status at Scalekit. */
  accountStatus?: string | null | undefined;
  /** The individual faults; long texts are cut. */
  details?: ErrorDetail[] | undefined;
  /** Details for the operator's log, such as the provider's status and the path template. They never include a body. */
  upstream?: Upstream | null | undefined;
}

/** The request to the provider that failed. */
export interface Upstream {
  /** The HTTP status; null if there was no response. */
  status: number | null;
  /** The path with placeholders, such as `/repos/{}/{}`, never with the values. */
  pathTemplate: string;
}

// Enough for two sentences. None of our messages is longer.
const MESSAGE_LENGTH_MAX = 400;
const DETAIL_LENGTH_MAX = 200;
const CANDIDATES_MAX = 5;
// Most rate limits count requests per minute.
const RETRY_AFTER_SECONDS_DEFAULT = 60;

/** The only error that callers can see. Everything in it is safe to show to an agent, except `cause`. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  /** The code for programs. */
  readonly code: ErrorCode;
  /** The wait before a retry; null if unknown. */
  readonly retryAfterSeconds: number | null;
  /** The page where the user connects the account. */
  readonly authorizationUrl: string | null;
  /** The account's status at Scalekit. */
  readonly accountStatus: string | null;
  /** The individual faults. */
  readonly details: ErrorDetail[];
  /** The request to the provider that failed. */
  readonly upstream: Upstream | null;

  /**
   * @param code one of the codes in the error table
   * @param options the message and the details; by default the message of the code, and no details
   */
  constructor(code: ErrorCode, options: ToolErrorOptions = {}) {
    super(cutText(cleanText(options.message ?? ERROR_CODES[code].message), MESSAGE_LENGTH_MAX), {
      cause: options.cause,
    });
    this.code = code;
    const defaultSeconds = code === 'rate_limited' ? RETRY_AFTER_SECONDS_DEFAULT : null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? defaultSeconds;
    this.authorizationUrl = options.authorizationUrl ?? null;
    this.accountStatus = options.accountStatus ?? null;
    this.details = (options.details ?? []).map(({ path, issue, candidates }) => ({
      path: shortText(path),
      issue: shortText(issue),
      ...(candidates && {
        candidates: candidates
          .slice(0, CANDIDATES_MAX)
          .map(({ value, label }) => ({ value: shortText(value), label: shortText(label) })),
      }),
    }));
    this.upstream = options.upstream ?? null;
  }

  /** The HTTP status of the code. */
  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  /** Returns a copy of this error with other details. */
  withDetails(details: ErrorDetail[]): ToolError {
    return new ToolError(this.code, { ...this, message: this.message, cause: this.cause, details });
  }

  /** Returns the error in the format of every surface. */
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

function shortText(text: string): string {
  return cutText(cleanText(text), DETAIL_LENGTH_MAX);
}
