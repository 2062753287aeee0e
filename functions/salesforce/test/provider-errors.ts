import type { ProviderErrorCase } from '../../../test/support/test-provider-errors.ts';

/** Returns a response with one error, in Salesforce's format. */
export function errorAnswer(status: number, errorCode: string, message: string, fields?: string[]) {
  return { status, body: [{ message, errorCode, ...(fields && { fields }) }] };
}

const everywhere: Readonly<Record<string, ProviderErrorCase>> = {
  'a session that has ended': {
    answer: errorAnswer(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
    error: { code: 'authorization_required' },
  },
  'a missing permission': {
    answer: errorAnswer(
      403,
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'insufficient access rights on object id',
      [],
    ),
    error: { code: 'permission_denied' },
  },
  'the daily limit': {
    answer: errorAnswer(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
    error: { code: 'rate_limited', retryable: true, retry_after_seconds: 3_600 },
  },
};

const outages = {
  'a server error of Salesforce': errorAnswer(
    500,
    'UNKNOWN_EXCEPTION',
    'An unexpected error occurred. Please include this ErrorId if you contact support: 1234567890-12345 (-123456789)',
  ),
  'an outage': errorAnswer(503, 'SERVER_UNAVAILABLE', 'Server unavailable'),
};

function told(code: 'provider_unavailable' | 'outcome_unknown') {
  return Object.fromEntries(
    Object.entries(outages).map(([name, answer]): [string, ProviderErrorCase] => [
      name,
      { answer, error: { code } },
    ]),
  );
}

/** The errors that Salesforce can return to every read. */
export const readErrors = { ...everywhere, ...told('provider_unavailable') };
/** The errors that Salesforce can return to every write. */
export const writeErrors = { ...everywhere, ...told('outcome_unknown') };

const notFound = errorAnswer(404, 'NOT_FOUND', 'The requested resource does not exist');
const invalidField = errorAnswer(
  400,
  'INVALID_FIELD',
  "\nSELECT Nme FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column 'Nme' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
);
const severalRecords = {
  status: 300,
  body: [
    '/services/data/v68.0/sobjects/Account/001D000000IqhSLIAZ',
    '/services/data/v68.0/sobjects/Account/001D000000IqhSMIAZ',
  ],
};

export const missingRecord: Readonly<Record<string, ProviderErrorCase>> = {
  'a missing record': { answer: notFound, error: { code: 'not_found' } },
};
export const unknownField: Readonly<Record<string, ProviderErrorCase>> = {
  'an unknown field': { answer: invalidField, error: { code: 'rejected_by_provider' } },
};
export const ambiguousExternalId: Readonly<Record<string, ProviderErrorCase>> = {
  'an external ID of several records': { answer: severalRecords, error: { code: 'conflict', details: [] } },
};
