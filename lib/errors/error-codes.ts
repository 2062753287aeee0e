/** All error codes with their HTTP status, their default message, and whether the same call may succeed later. */
export const ERROR_CODES = {
  /**
   * The input or the idempotency key is invalid, a cursor belongs to another list, or a value cannot be part of a
   * provider's path.
   */
  invalid_input: {
    status: 400,
    retryable: false,
    message:
      'The input breaks the contract of this tool. Correct the fields named in details and call again.',
  },
  /** The user is unknown: the token is missing or invalid, or a claim that the identifier needs is missing. */
  unauthenticated: {
    status: 401,
    retryable: false,
    message: 'The call names no verified user. Send a valid token of a user.',
  },
  /** The caller may not call the tool, or may not act for the user in the header `x-identifier`. */
  forbidden: {
    status: 403,
    retryable: false,
    message: 'The caller may not do this. Use a token that is allowed to.',
  },
  /** The user's account is not connected, or must be connected again. */
  authorization_required: {
    status: 403,
    retryable: false,
    message:
      'The user has to connect this account first. Give the user authorization_url, and call again after consent.',
  },
  /** The provider does not allow the account to do this: it lacks a right or a scope. */
  permission_denied: {
    status: 403,
    retryable: false,
    message: 'The connected account lacks the right to do this at the provider. Ask the user for access.',
  },
  /** The provider has nothing with the ID or name in the input. */
  not_found: {
    status: 404,
    retryable: false,
    message: 'The provider has no such thing. Check the IDs and names in the input.',
  },
  /** The current state at the provider does not allow the call. */
  conflict: {
    status: 409,
    retryable: false,
    message: 'The present state at the provider forbids this. Read the state again before another attempt.',
  },
  /** A write with the same idempotency key is still running. */
  request_in_progress: {
    status: 409,
    retryable: true,
    message: 'The same call is still running. Repeat it in a few seconds to get its answer.',
  },
  /** The provider rejects the request because of a rule, or with a client error that has no other code. */
  rejected_by_provider: {
    status: 422,
    retryable: false,
    message: 'The provider refuses these values. Correct the input before another attempt.',
  },
  /** The idempotency key was used before with another input. */
  idempotency_key_reused: {
    status: 422,
    retryable: false,
    message: 'This idempotency key came with another input before. Use a new key for a new request.',
  },
  /** The provider or Scalekit accepts no more requests for now. */
  rate_limited: {
    status: 429,
    retryable: true,
    message: 'Too many calls. Repeat this one after retry_after_seconds.',
  },
  /** The tool's code failed, or its output does not fit its schema. */
  internal_error: {
    status: 500,
    retryable: false,
    message: 'This tool failed by a fault of its own. Report the request_id to its operator.',
  },
  /** A setting, a connection or the credentials at Scalekit are missing or wrong. */
  not_configured: {
    status: 500,
    retryable: false,
    message: 'The connection to Scalekit is not set up. Report this to the operator of the tool.',
  },
  /** The response to a read does not fit the `response` schema, cannot be decoded, or is too large. */
  invalid_provider_response: {
    status: 502,
    retryable: false,
    message:
      'The provider answered in a form that its API does not describe. Report the request_id to the operator.',
  },
  /** A write was sent, and its outcome is unknown. */
  outcome_unknown: {
    status: 502,
    retryable: false,
    message:
      'The request was sent, but its outcome is unknown. Check whether it took effect before repeating it.',
  },
  /** The provider cannot be reached or fails, after all attempts. Nothing was written. */
  provider_unavailable: {
    status: 503,
    retryable: true,
    message: 'The provider cannot be reached at the moment. Repeat the call later.',
  },
  /** Scalekit cannot be reached or fails. */
  scalekit_unavailable: {
    status: 503,
    retryable: true,
    message:
      'Scalekit cannot be reached at the moment; nothing was sent to the provider. Repeat the call later.',
  },
  /** DynamoDB, Secrets Manager or the token issuer cannot be reached. */
  dependency_unavailable: {
    status: 503,
    retryable: true,
    message: 'A service that this tool needs cannot be reached; nothing was sent. Repeat the call later.',
  },
  /** The time for the call ended before a read got its response. */
  provider_timeout: {
    status: 504,
    retryable: true,
    message: 'The provider did not answer in time. Repeat the call, or ask for less.',
  },
} as const satisfies Record<string, { status: number; retryable: boolean; message: string }>;

/** A code of {@link ERROR_CODES}. */
export type ErrorCode = keyof typeof ERROR_CODES;
