import { expect } from 'vitest';
import type { ProviderErrorCase } from '../../../test/support/test-provider-errors.ts';

/** Returns an error in Google's format. https://developers.google.com/workspace/gmail/api/guides/handle-errors */
function google(code: number, status: string, reason: string, message: string) {
  const errors = [{ message, domain: 'global', reason }];
  return { status: code, body: { error: { code, message, errors, status } } };
}

/** The errors that Gmail can return to every tool. */
export const providerErrors: Record<string, ProviderErrorCase> = {
  'rejected values': {
    answer: google(400, 'INVALID_ARGUMENT', 'invalidArgument', 'Invalid id value'),
    error: { code: 'rejected_by_provider' },
  },
  'a missing scope': {
    answer: google(
      403,
      'PERMISSION_DENIED',
      'insufficientPermissions',
      'Request had insufficient authentication scopes.',
    ),
    error: {
      code: 'permission_denied',
      details: expect.arrayContaining([
        { path: '', issue: expect.stringContaining('https://www.googleapis.com/auth/gmail.') },
      ]),
    },
  },
  'a rate limit': {
    answer: google(429, 'RESOURCE_EXHAUSTED', 'rateLimitExceeded', 'Too many concurrent requests for user'),
    error: { code: 'rate_limited', retryable: true },
  },
};

/** The errors that Gmail can return to every tool, and its error for an unknown ID. */
export const errorsForIds: Record<string, ProviderErrorCase> = {
  ...providerErrors,
  'a missing object': {
    answer: google(404, 'NOT_FOUND', 'notFound', 'Requested entity was not found.'),
    error: { code: 'not_found' },
  },
};
