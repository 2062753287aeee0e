import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../lib/provider/provider-errors.ts';
import { answer, testHostileAnswers, verdictOf, waitOf } from '../../../test/support/provider-answers.ts';
import { salesforceErrors } from '../errors.ts';

/** A response with one error, in Salesforce's format. */
const error = (status: number, errorCode: string, message = 'A sentence.', fields?: string[]) =>
  answer(status, [{ message, errorCode, ...(fields && { fields }) }]);
const action = (isSuccess: boolean, statusCode?: string, fields: string[] = []) => ({
  actionName: 'LargeOrder',
  errors: statusCode === undefined ? null : [{ statusCode, message: 'The flow failed to run', fields }],
  isSuccess,
  outputValues: null,
});
const step = (statusCode = 'UNKNOWN_EXCEPTION', fields: string[] = []) => ({
  actorIds: null,
  entityId: '001D000000I8mImIAJ',
  errors: [{ statusCode, message: 'A sentence.', fields }],
  instanceId: null,
  instanceStatus: null,
  newWorkitemIds: null,
  success: false,
});

describe('the error table', () => {
  test.each([
    [401, 'INVALID_SESSION_ID', 'credentials_refused'],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'rate_limited'],
    [403, 'INSUFFICIENT_ACCESS', 'permission_denied'],
    [403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'permission_denied'],
    [400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'permission_denied'],
    [400, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'permission_denied'],
    [403, 'INVALID_OPERATION_WITH_EXPIRED_PASSWORD', 'permission_denied'],
    [403, 'API_DISABLED_FOR_ORG', 'permission_denied'],
    [403, 'FUNCTIONALITY_NOT_ENABLED', 'permission_denied'],
    [404, 'NOT_FOUND', 'not_found'],
    [404, 'ENTITY_IS_DELETED', 'not_found'],
    [400, 'ENTITY_IS_DELETED', 'not_found'],
    [400, 'MALFORMED_QUERY', 'rejected_by_provider'],
    [400, 'MALFORMED_SEARCH', 'rejected_by_provider'],
    [400, 'INVALID_FIELD', 'rejected_by_provider'],
    [400, 'INVALID_TYPE', 'rejected_by_provider'],
    [400, 'INVALID_QUERY_LOCATOR', 'rejected_by_provider'],
    [400, 'QUERY_TIMEOUT', 'rejected_by_provider'],
    [400, 'OPERATION_TOO_LARGE', 'rejected_by_provider'],
    [400, 'MALFORMED_ID', 'rejected_by_provider'],
    [400, 'REQUIRED_FIELD_MISSING', 'rejected_by_provider'],
    [400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'rejected_by_provider'],
    [400, 'FIELD_INTEGRITY_EXCEPTION', 'rejected_by_provider'],
    [400, 'STRING_TOO_LONG', 'rejected_by_provider'],
    [400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'rejected_by_provider'],
    [400, 'INVALID_EMAIL_ADDRESS', 'rejected_by_provider'],
    [400, 'INVALID_CROSS_REFERENCE_KEY', 'rejected_by_provider'],
    [400, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'rejected_by_provider'],
    [400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'rejected_by_provider'],
    [400, 'DUPLICATES_DETECTED', 'conflict'],
    [400, 'DUPLICATE_VALUE', 'conflict'],
    [400, 'ENTITY_IS_LOCKED', 'conflict'],
    [400, 'UNABLE_TO_LOCK_ROW', 'conflict'],
    [400, 'DELETE_FAILED', 'conflict'],
    [400, 'JSON_PARSER_ERROR', 'rejected_by_provider'],
    [400, 'NO_APPLICABLE_PROCESS', 'conflict'],
    [400, 'ALREADY_IN_PROCESS', 'conflict'],
    [400, 'MANAGER_NOT_DEFINED', 'conflict'],
    [405, 'METHOD_NOT_ALLOWED', 'rejected_by_provider'],
    [412, 'ENTITY_MODIFIED_SINCE_LAST_READ', 'conflict'],
    [412, 'PRECONDITION_FAILED', 'conflict'],
    [415, 'UNSUPPORTED_MEDIA_TYPE', 'rejected_by_provider'],
    [503, 'SERVER_UNAVAILABLE', 'provider_unavailable'],
  ])('classifies status %i with %s as %s', (status, errorCode, code) => {
    expect(verdictOf(error(status, errorCode), salesforceErrors)).toBe(`${code}, recognised`);
  });

  test.each([
    [
      'an external ID that several records have',
      answer(300, [
        '/services/data/v68.0/sobjects/Account/001D1',
        '/services/data/v68.0/sobjects/Account/001D2',
      ]),
      'conflict, recognised',
    ],
    ['status 300 with another path', answer(300, ['/login']), undefined],
    ['status 300 with a malformed body', answer(300, [{ errorCode: 'NOT_FOUND' }]), undefined],
    ['a URL that is too long', answer(414, ''), 'rejected_by_provider'],
    ['an unknown code', error(400, 'BRAND_NEW'), 'rejected_by_provider'],
    ['a server error of Salesforce', error(500, 'UNKNOWN_EXCEPTION'), undefined],
    ['a server error of Apex', error(500, 'APEX_ERROR'), undefined],
    ['an overload without a body', answer(503), undefined],
    [
      'the error DELETE_FAILED, followed by the error NOT_FOUND',
      answer(400, [{ errorCode: 'DELETE_FAILED' }, { errorCode: 'NOT_FOUND' }]),
      'conflict, recognised',
    ],
    [
      'a failed action',
      answer(400, [action(false, 'UNKNOWN_EXCEPTION')]),
      'rejected_by_provider, recognised',
    ],
    [
      'a failed action with a known code',
      answer(400, [action(false, 'ENTITY_IS_DELETED')]),
      'not_found, recognised',
    ],
    ['a failed action without an error', answer(400, [action(false)]), 'rejected_by_provider, recognised'],
    [
      'a failed action after a successful action',
      answer(400, [action(true), action(false, 'NOT_FOUND')]),
      'provider_unavailable, recognised',
    ],
    ['status 400 for a successful action', answer(400, [action(true)]), 'rejected_by_provider'],
    [
      'a failed record in a successful response',
      answer(200, [{ success: false, errors: [{ statusCode: 'DUPLICATES_DETECTED' }] }]),
      undefined,
    ],
    [
      'a failed step of an approval in a successful response',
      answer(200, [step('ALREADY_IN_PROCESS')]),
      'conflict, recognised',
    ],
    [
      'a failed step of an approval with an unknown code',
      answer(200, [step('BRAND_NEW')]),
      'rejected_by_provider, recognised',
    ],
    [
      'a failed step of an approval without an error',
      answer(200, [{ ...step(), errors: null }]),
      'rejected_by_provider, recognised',
    ],
    ['a successful step of an approval', answer(200, [{ ...step(), success: true }]), undefined],
    ['a list of errors in a successful response', answer(200, [{ errorCode: 'NOT_FOUND' }]), undefined],
    [
      'a failed part of a composite request',
      answer(200, {
        compositeResponse: [{ body: [{ errorCode: 'PROCESSING_HALTED' }], httpStatusCode: 400 }],
      }),
      undefined,
    ],
  ])('returns “$2” for %s', (_, given, verdict) => {
    expect(verdictOf(given, salesforceErrors)).toBe(verdict);
  });

  test('says “Try again” in the message about a locked row', () => {
    expect(refusalOf(error(400, 'UNABLE_TO_LOCK_ROW'), salesforceErrors)?.message).toContain('Try again');
  });
});

test.each([
  ['the daily limit', error(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'), 3_600],
  [
    'another limit',
    error(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.'),
    undefined,
  ],
  ['status 403 without a body', answer(403), undefined],
])('the number of seconds until the next attempt is $2 for %s', (_, given, seconds) => {
  expect(waitOf(given, salesforceErrors)).toBe(seconds);
});

describe('the list of rejected fields', () => {
  test.each([
    [
      'a missing required field',
      error(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', ['LastName']),
      [{ field: 'LastName', fault: 'missing' }],
    ],
    [
      'a value that is too long',
      error(400, 'STRING_TOO_LONG', 'Too long.', ['Name', 'Site']),
      [
        { field: 'Name', fault: 'too_long' },
        { field: 'Site', fault: 'too_long' },
      ],
    ],
    [
      'a value that breaks a validation rule',
      error(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Close date must be in the future', ['CloseDate']),
      [{ field: 'CloseDate', fault: 'invalid' }],
    ],
    [
      'an ID of another kind of object',
      error(400, 'MALFORMED_ID', 'Account ID: id value of incorrect type', ['Id']),
      [{ field: 'Id', fault: 'invalid' }],
    ],
    [
      'an ID that no record has',
      error(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['OwnerId']),
      [{ field: 'OwnerId', fault: 'not_found' }],
    ],
    [
      'a message about an existing value of a unique field',
      error(
        400,
        'DUPLICATE_VALUE',
        'duplicate value found: Ext_Id__c duplicates value on record with id: 001D0',
        [],
      ),
      [{ field: 'Ext_Id__c', fault: 'taken' }],
    ],
    [
      'a message about an unknown field',
      error(
        400,
        'INVALID_FIELD',
        "\nSELECT Nme FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column 'Nme' on entity 'Account'.",
      ),
      [{ field: 'Nme', fault: 'unknown_field' }],
    ],
    [
      'a missing field of an action',
      answer(400, [action(false, 'REQUIRED_FIELD_MISSING', ['orderId'])]),
      [{ field: 'orderId', fault: 'missing' }],
    ],
    [
      "an error code that is the name of an object's property",
      error(400, 'constructor', 'A sentence.', ['Name']),
      [{ field: 'Name', fault: 'invalid' }],
    ],
    ['an error that names no field (the list is empty)', error(400, 'DELETE_FAILED', 'A sentence.', []), []],
    [
      'a missing field of an approval step',
      answer(200, [step('REQUIRED_FIELD_MISSING', ['nextApproverIds'])]),
      [{ field: 'nextApproverIds', fault: 'missing' }],
    ],
    ['status 200 (the list is empty)', error(200, 'REQUIRED_FIELD_MISSING', 'A sentence.', ['LastName']), []],
    [
      'fields of wrong types',
      answer(400, [null, { errorCode: 'INVALID_FIELD', message: 7, fields: [7, {}, 'Name'] }]),
      [{ field: 'Name', fault: 'unknown_field' }],
    ],
  ])('is correct for a response with %s', (_, given, faults) => {
    expect(salesforceErrors.faults?.(given)).toEqual(faults);
  });

  test('contains at most the first 20 fields', () => {
    const fields = Array.from({ length: 100_000 }, (_, index) => `F${index}`);

    expect(salesforceErrors.faults?.(error(400, 'STRING_TOO_LONG', 'Too long.', fields))).toHaveLength(20);
  });
});

// The error table recognises a failed action by the format of the response, not by an error code.
testHostileAnswers(salesforceErrors, ['failed_action']);
