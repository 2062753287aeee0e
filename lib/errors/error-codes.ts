/** What each code means on HTTP, whether repeating the same call can help, and what to say when nothing better is known. */
export const ERROR_CODES = {
  invalid_input: {
    status: 400,
    retryable: false,
    message:
      'The input breaks the contract of this tool. Correct the fields named in details and call again.',
  },
  unauthenticated: {
    status: 401,
    retryable: false,
    message: 'The call names no verified user. Send a valid token of a user.',
  },
  forbidden: {
    status: 403,
    retryable: false,
    message: 'The caller may not do this. Use a token that is allowed to.',
  },
  authorization_required: {
    status: 403,
    retryable: false,
    message:
      'The user has to connect this account first. Give the user authorization_url, and call again after consent.',
  },
  permission_denied: {
    status: 403,
    retryable: false,
    message: 'The connected account lacks the right to do this at the provider. Ask the user for access.',
  },
  not_found: {
    status: 404,
    retryable: false,
    message: 'The provider has no such thing. Check the IDs and names in the input.',
  },
  conflict: {
    status: 409,
    retryable: false,
    message: 'The present state at the provider forbids this. Read the state again before another attempt.',
  },
  request_in_progress: {
    status: 409,
    retryable: true,
    message: 'The same call is still running. Repeat it in a few seconds to get its answer.',
  },
  rejected_by_provider: {
    status: 422,
    retryable: false,
    message: 'The provider refuses these values. Correct the input before another attempt.',
  },
  idempotency_key_reused: {
    status: 422,
    retryable: false,
    message: 'This idempotency key came with another input before. Use a new key for a new request.',
  },
  rate_limited: {
    status: 429,
    retryable: true,
    message: 'Too many calls. Repeat this one after retry_after_seconds.',
  },
  internal_error: {
    status: 500,
    retryable: false,
    message: 'This tool failed by a fault of its own. Report the request_id to its operator.',
  },
  not_configured: {
    status: 500,
    retryable: false,
    message: 'The connection to Scalekit is not set up. Report this to the operator of the tool.',
  },
  invalid_provider_response: {
    status: 502,
    retryable: false,
    message:
      'The provider answered in a form that its API does not describe. Report the request_id to the operator.',
  },
  outcome_unknown: {
    status: 502,
    retryable: false,
    message:
      'The request was sent, but how it ended is not known. Look whether it took effect before repeating it.',
  },
  provider_unavailable: {
    status: 503,
    retryable: true,
    message: 'The provider cannot be reached at the moment. Repeat the call later.',
  },
  scalekit_unavailable: {
    status: 503,
    retryable: true,
    message:
      'Scalekit cannot be reached at the moment; nothing was sent to the provider. Repeat the call later.',
  },
  dependency_unavailable: {
    status: 503,
    retryable: true,
    message: 'A service that this tool needs cannot be reached; nothing was sent. Repeat the call later.',
  },
  provider_timeout: {
    status: 504,
    retryable: true,
    message: 'The provider did not answer in time. Repeat the call, or ask for less.',
  },
} as const satisfies Record<string, { status: number; retryable: boolean; message: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;
