import {
  errorRules,
  type FaultPattern,
  faultsInText,
  lenientList,
  maybeText,
  type ProviderErrors,
  type ProviderFault,
} from 'scalekit-lambda-tools';
import * as z from 'zod';

const Errors = lenientList(
  z.object({ errorCode: z.string(), message: maybeText, fields: lenientList(z.string()) }),
);
const SingleErrors = lenientList(
  z
    .object({ statusCode: z.string(), message: maybeText, fields: lenientList(z.string()) })
    .transform(({ statusCode, ...error }) => ({ errorCode: statusCode, ...error })),
);
const Actions = lenientList(z.object({ isSuccess: z.boolean(), errors: SingleErrors }));
// A failed approval step is reported with status 200. One of these keys shows that the response belongs to
// such a step.
const STEP_KEYS = ['actorIds', 'entityId', 'instanceId', 'instanceStatus', 'newWorkitemIds'];
const FailedStep = z.tuple([
  z
    .looseObject({ success: z.literal(false), errors: SingleErrors })
    .refine((step) => STEP_KEYS.some((key) => key in step)),
]);
const RecordPath = z.string().startsWith('/services/data/');
const Paths = z.tuple([RecordPath], RecordPath);

// The daily limit applies to the last 24 hours, so calls become available again one by one.
const DAILY_LIMIT_WAIT_SECONDS = 3_600;

const FAULTS = new Map<string, ProviderFault['fault']>([
  ['REQUIRED_FIELD_MISSING', 'missing'],
  ['STRING_TOO_LONG', 'too_long'],
  ['DUPLICATE_VALUE', 'taken'],
  ['DUPLICATES_DETECTED', 'taken'],
  ['INVALID_FIELD', 'unknown_field'],
  ['INVALID_CROSS_REFERENCE_KEY', 'not_found'],
]);
const FAULTS_IN_TEXT: readonly FaultPattern[] = [
  [/No such column '(\w{1,80})'/, 'unknown_field'],
  [/^duplicate value found: (\w{1,80}) duplicates/, 'taken'],
];

/** https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm#exception_code_topic */
const rules = errorRules([
  ['credentials_refused', ['INVALID_SESSION_ID', 'INVALID_AUTH_HEADER']],
  ['permission_denied', ['INSUFFICIENT_ACCESS', 'INSUFFICIENT_ACCESS_OR_READONLY', 'FORBIDDEN']],
  [
    'permission_denied',
    ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY'],
    'The account has no access to a record that the input refers to. Choose another one, or ask the user for access.',
  ],
  [
    'permission_denied',
    ['INVALID_OPERATION_WITH_EXPIRED_PASSWORD'],
    "The user's password at Salesforce has expired. Ask the user to sign in there and to set a new one.",
  ],
  [
    'permission_denied',
    ['API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED', 'FUNCTIONALITY_NOT_ENABLED'],
    'The API or this feature is turned off for the organisation or the user. Ask a Salesforce administrator.',
  ],
  [
    'not_found',
    ['NOT_FOUND'],
    'Salesforce has no such thing, or the account cannot see it. Check the IDs and names in the input.',
  ],
  [
    'not_found',
    ['ENTITY_IS_DELETED'],
    'The record has been deleted. It may still be in the recycle bin of Salesforce.',
  ],
  [
    'conflict',
    ['UNABLE_TO_LOCK_ROW'],
    'Another change holds the record at the moment, and nothing was changed. Try again in a few seconds.',
  ],
  [
    'conflict',
    ['ENTITY_IS_LOCKED'],
    'The record is locked, for example during an approval. Ask the user to have it unlocked.',
  ],
  [
    'conflict',
    ['ENTITY_MODIFIED_SINCE_LAST_READ', 'PRECONDITION_FAILED'],
    'The record has changed since it was read. Read it again before another attempt.',
  ],
  [
    'conflict',
    ['DUPLICATES_DETECTED', 'DUPLICATE_VALUE'],
    'Salesforce has a record like this one already. Search for it, and update it instead.',
  ],
  [
    'conflict',
    ['several_records', 'DUPLICATE_EXTERNAL_ID'],
    'Several records have this external ID, and nothing was changed. Use the ID of the record instead.',
  ],
  [
    'conflict',
    ['DELETE_FAILED'],
    'Other records depend on this one, so it cannot be deleted. Change or delete them first.',
  ],
  [
    'conflict',
    ['ALREADY_IN_PROCESS'],
    'The record is in an approval process already. Read the state of that process.',
  ],
  [
    'conflict',
    ['NO_APPLICABLE_PROCESS'],
    'No approval process accepts the record with these values. Check them, or ask a Salesforce administrator.',
  ],
  [
    'conflict',
    ['MANAGER_NOT_DEFINED'],
    'The approval goes to a manager, but the user has no manager. Ask a Salesforce administrator.',
  ],
  [
    'conflict',
    ['STORAGE_LIMIT_EXCEEDED'],
    "The organisation's storage is full. Ask a Salesforce administrator.",
  ],
  [
    'rejected_by_provider',
    ['INVALID_FIELD'],
    'A field does not exist on this object, or is hidden from the account. salesforce_describe_fields lists the names.',
  ],
  [
    'rejected_by_provider',
    ['INVALID_TYPE'],
    'The object does not exist, or is hidden from the account. salesforce_describe_fields finds its name.',
  ],
  [
    'rejected_by_provider',
    ['MALFORMED_QUERY', 'INVALID_QUERY_FILTER_OPERATOR'],
    'The query cannot be read. Correct its syntax and its quotation marks.',
  ],
  [
    'rejected_by_provider',
    ['MALFORMED_SEARCH'],
    'The search cannot be read. Search for a text of at least two letters or digits.',
  ],
  [
    'rejected_by_provider',
    ['INVALID_QUERY_LOCATOR'],
    'This page of the list is no longer there. Begin the list again, without cursor.',
  ],
  [
    'rejected_by_provider',
    ['QUERY_TIMEOUT', 'QUERY_TOO_COMPLICATED', 'OPERATION_TOO_LARGE'],
    'The query takes too long or finds too much. Narrow it down, or ask for less.',
  ],
  [
    'rejected_by_provider',
    ['MALFORMED_ID'],
    'An ID is malformed, or is that of another kind of record. Check the IDs in the input.',
  ],
  [
    'rejected_by_provider',
    ['INVALID_CROSS_REFERENCE_KEY'],
    'An ID in the input names no record of the kind that is needed here, or one that the account cannot see.',
  ],
  [
    'rejected_by_provider',
    ['REQUIRED_FIELD_MISSING'],
    'A required field has no value. salesforce_describe_fields with required_only lists what a new record needs.',
  ],
  [
    'rejected_by_provider',
    ['JSON_PARSER_ERROR', 'INVALID_TYPE_ON_FIELD_IN_RECORD'],
    'A value has the wrong form for its field. Write days as 2026-12-01, times as 2026-12-01T09:00:00Z, numbers as 12.5, several choices as A;B, and null for no value.',
  ],
  ['rejected_by_provider', ['STRING_TOO_LONG'], 'A text is too long for its field. Shorten it.'],
  [
    'rejected_by_provider',
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    'A value is not one that its field allows. salesforce_describe_fields lists the values.',
  ],
  [
    'rejected_by_provider',
    ['INVALID_FIELD_FOR_INSERT_UPDATE'],
    'A field cannot be written by this account. Leave it out.',
  ],
  [
    'rejected_by_provider',
    [
      'CANNOT_EXECUTE_FLOW_TRIGGER',
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'FIELD_FILTER_VALIDATION_EXCEPTION',
      'FIELD_INTEGRITY_EXCEPTION',
    ],
    'A rule or an automation of the organisation refuses these values. Change them, or ask a Salesforce administrator.',
  ],
  [
    'rejected_by_provider',
    ['failed_action'],
    'The action failed in Salesforce. Check its inputs, or ask a Salesforce administrator.',
  ],
  [
    'rejected_by_provider',
    ['failed_step'],
    'The approval process refuses this step. Check the inputs, or ask a Salesforce administrator.',
  ],
  [
    'rejected_by_provider',
    ['INVALID_EMAIL_ADDRESS', 'METHOD_NOT_ALLOWED', 'NUMBER_OUTSIDE_VALID_RANGE', 'UNSUPPORTED_MEDIA_TYPE'],
  ],
  ['rate_limited', ['REQUEST_LIMIT_EXCEEDED']],
  // If only some actions failed (`failed_in_part`), the other actions have changed something.
  ['provider_unavailable', ['SERVER_UNAVAILABLE', 'failed_in_part']],
]);

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm */
export const salesforceErrors: ProviderErrors = {
  rules,

  reason({ status, body }) {
    if (status === 300) return Paths.safeParse(body).success ? 'several_records' : undefined;
    // Other responses with status 200 may contain errors of single records. The tools report those errors
    // themselves.
    if (status < 400) return reasonOfStep(body);
    return Errors.parse(body)[0]?.errorCode ?? reasonOfActions(body);
  },

  retryAfterSeconds: ({ body }) =>
    Errors.parse(body).some(({ message }) => message?.startsWith('TotalRequests'))
      ? DAILY_LIMIT_WAIT_SECONDS
      : undefined,

  faults: ({ status, body }) => {
    const errors =
      status < 400
        ? (FailedStep.safeParse(body).data?.[0].errors ?? [])
        : [...Errors.parse(body), ...Actions.parse(body).flatMap((action) => action.errors)];
    return errors.flatMap(faultsOf);
  },
};

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_process_approvals_post.htm */
function reasonOfStep(body: unknown): string | undefined {
  const [step] = FailedStep.safeParse(body).data ?? [];
  const code = step?.errors[0]?.errorCode ?? '';
  return step && (Object.hasOwn(rules, code) ? code : 'failed_step');
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_action.meta/api_action/actions_intro_invoking.htm */
function reasonOfActions(body: unknown): string | undefined {
  const actions = Actions.parse(body);
  const failed = actions.filter(({ isSuccess }) => !isSuccess);
  if (failed.length === 0) return undefined;
  if (failed.length < actions.length) return 'failed_in_part';
  const code = failed[0]?.errors[0]?.errorCode ?? '';
  return Object.hasOwn(rules, code) ? code : 'failed_action';
}

function faultsOf({ errorCode, message = '', fields }: z.output<typeof Errors>[number]): ProviderFault[] {
  if (fields.length === 0) return faultsInText(message, FAULTS_IN_TEXT);
  return fields.map((field) => ({ field, fault: FAULTS.get(errorCode) ?? 'invalid' }));
}
