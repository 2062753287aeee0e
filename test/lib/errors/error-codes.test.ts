import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../../lib/errors/error-codes.ts';

// Callers rely on this table, so a change of this table is a change of the contract.
const CONTRACT = {
  invalid_input: { status: 400, retryable: false },
  unauthenticated: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  authorization_required: { status: 403, retryable: false },
  permission_denied: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  conflict: { status: 409, retryable: false },
  request_in_progress: { status: 409, retryable: true },
  rejected_by_provider: { status: 422, retryable: false },
  idempotency_key_reused: { status: 422, retryable: false },
  rate_limited: { status: 429, retryable: true },
  internal_error: { status: 500, retryable: false },
  not_configured: { status: 500, retryable: false },
  invalid_provider_response: { status: 502, retryable: false },
  outcome_unknown: { status: 502, retryable: false },
  provider_unavailable: { status: 503, retryable: true },
  scalekit_unavailable: { status: 503, retryable: true },
  dependency_unavailable: { status: 503, retryable: true },
  provider_timeout: { status: 504, retryable: true },
};

describe('ERROR_CODES', () => {
  test('contains exactly the codes of the contract', () => {
    expect(Object.keys(ERROR_CODES).toSorted()).toEqual(Object.keys(CONTRACT).toSorted());
  });

  test.each(Object.entries(CONTRACT))('defines the status and the retryability of %s', (code, expected) => {
    expect(ERROR_CODES).toHaveProperty(code, { ...expected, message: expect.any(String) });
  });

  test.each(Object.entries(ERROR_CODES))(
    'states the next step for %s in one or two sentences',
    (_, { message }) => {
      expect(message).toMatch(/^[A-Z][^.]*\.( [A-Z][^.]*\.)?$/);
    },
  );
});
