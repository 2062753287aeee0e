import { expect } from 'vitest';
import type { ProviderErrorCase } from '../../../test/support/test-provider-errors.ts';

const correlationId = '87795a28-3da1-4f1f-8a0e-5f0e2b5f4a04';

/**
 * The errors that HubSpot can return to every request. https://developers.hubspot.com/docs/api-reference/error-handling
 */
export function commonErrors(scope: string): Record<string, ProviderErrorCase> {
  return {
    'a missing scope': {
      answer: {
        status: 403,
        body: {
          status: 'error',
          message:
            "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
          correlationId,
          errors: [
            {
              message: 'One or more of the following scopes are required.',
              context: { requiredGranularScopes: [scope] },
            },
          ],
          links: { scopes: 'https://developers.hubspot.com/scopes' },
          category: 'MISSING_SCOPES',
        },
      },
      error: {
        code: 'permission_denied',
        details: expect.arrayContaining([{ path: '', issue: `needs the scope ${scope}` }]),
      },
    },
    'a missing permission': {
      answer: {
        status: 403,
        body: {
          status: 'error',
          message: 'You do not have permissions to perform this action.',
          correlationId,
          category: 'FORBIDDEN',
        },
      },
      error: { code: 'permission_denied', details: [] },
    },
    'the limit of ten seconds': {
      answer: {
        status: 429,
        headers: {
          'x-hubspot-ratelimit-max': '110',
          'x-hubspot-ratelimit-remaining': '0',
          'x-hubspot-ratelimit-interval-milliseconds': '10000',
        },
        body: {
          status: 'error',
          message: 'You have reached your ten_secondly_rolling limit.',
          errorType: 'RATE_LIMIT',
          correlationId,
          policyName: 'TEN_SECONDLY_ROLLING',
          requestId: '3d3e35b7-0dae-4b9f-a6e3-9c230cbcf8dd',
        },
      },
      error: { code: 'rate_limited', retryable: true, retry_after_seconds: 10 },
    },
    'the daily limit': {
      answer: {
        status: 429,
        body: {
          status: 'error',
          message: 'You have reached your daily limit.',
          errorType: 'RATE_LIMIT',
          correlationId,
          policyName: 'DAILY',
          requestId: '3d3e35b7-0dae-4b9f-a6e3-9c230cbcf8dd',
        },
      },
      error: { code: 'rate_limited', retry_after_seconds: 3_600 },
    },
  };
}

export const nothingThere: ProviderErrorCase = {
  answer: {
    status: 404,
    body: { status: 'error', message: 'resource not found', correlationId, category: 'OBJECT_NOT_FOUND' },
  },
  error: { code: 'not_found', retryable: false },
};

/** The error for a property that does not exist. */
export const wrongValue: ProviderErrorCase = {
  answer: {
    status: 400,
    body: {
      status: 'error',
      message:
        'Property values were not valid: [{"isValid":false,"message":"Property \\"favourite_colour\\" does not exist","error":"PROPERTY_DOESNT_EXIST","name":"favourite_colour","localizedErrorMessage":"Property \\"favourite_colour\\" does not exist"}]',
      correlationId,
      category: 'VALIDATION_ERROR',
    },
  },
  error: { code: 'rejected_by_provider', retryable: false },
};
