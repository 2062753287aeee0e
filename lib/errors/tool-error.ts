import { cleanText } from '../text/clean-text.ts';
import { cutText } from '../text/cut-text.ts';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';

/** A fault of the input or of the account. */
export interface ErrorDetail {
  /** Of the field in the input, dotted; `''` for the whole input. */
  path: string;
  /** What is wrong, in words that never repeat the value. */
  issue: string;
  /** If several things match what the user said: at most five of them to choose from. */
  candidates?: Candidate[] | undefined;
}

/** One of several things that match an input. */
export interface Candidate {
  /** What to send to choose it. */
  value: string;
  /** What tells it apart from the others, for the user. */
  label: string;
}

/** The one form in which every surface tells an error; every key is always there. */
export interface ErrorBody {
  /** By this key an error differs from every output. */
  error: {
    /** By what programs tell errors apart. */
    code: ErrorCode;
    /** What to do next, for the agent. */
    message: string;
    /** Whether the same call may succeed later. */
    retryable: boolean;
    /** How long to wait before that, where it is known. */
    retry_after_seconds: number | null;
    /** The page on which the user connects the account, where that helps. */
    authorization_url: string | null;
    /** What Scalekit says of the account, such as `EXPIRED`, with `authorization_required`. */
    account_status: string | null;
    /** The faults, one by one. */
    details: ErrorDetail[];
    /** The ID of the call in the log. */
    request_id: string | null;
  };
}

/** What an error says besides its code. */
interface ToolErrorOptions {
  /** One or two sentences for the agent that say what to do next; the code has a default. */
  message?: string | undefined;
  /** What it was made from: for the log, never for an agent. */
  cause?: unknown;
  /** When another attempt makes sense. With `rate_limited` a minute by default. */
  retryAfterSeconds?: number | null | undefined;
  /** The page on which the user connects the account. */
  authorizationUrl?: string | null | undefined;
  /** What Scalekit says of the account. */
  accountStatus?: string | null | undefined;
  /** The faults, one by one; long ones are cut. */
  details?: ErrorDetail[] | undefined;
  /** What operators may read in the log: the provider's status and the path template, never its body. */
  upstream?: Upstream | null | undefined;
}

/** Where at the provider something failed. */
export interface Upstream {
  /** The HTTP status; null where no answer came. */
  status: number | null;
  /** Such as `/repos/{}/{}`: the template, never the filled path. */
  pathTemplate: string;
}

// Long enough for two sentences; what is longer was not written by us.
const MESSAGE_LENGTH_MAX = 400;
const DETAIL_LENGTH_MAX = 200;
const CANDIDATES_MAX = 5;
// What limits the rate mostly counts by the minute.
const RETRY_AFTER_SECONDS_DEFAULT = 60;

/** The only error that an answer is made from. What it carries is safe to show to an agent; `cause` never is. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  /** By what programs tell errors apart. */
  readonly code: ErrorCode;
  /** When another attempt makes sense; null where nobody knows. */
  readonly retryAfterSeconds: number | null;
  /** The page on which the user connects the account. */
  readonly authorizationUrl: string | null;
  /** What Scalekit says of the account. */
  readonly accountStatus: string | null;
  /** The faults, one by one. */
  readonly details: ErrorDetail[];
  /** Where at the provider it failed. */
  readonly upstream: Upstream | null;

  /**
   * @param code what went wrong, of the closed list
   * @param options by default the message of the code, and nothing else
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

  /** The same error with other details. */
  withDetails(details: ErrorDetail[]): ToolError {
    return new ToolError(this.code, { ...this, message: this.message, cause: this.cause, details });
  }

  /** The form in which every surface tells it. */
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
