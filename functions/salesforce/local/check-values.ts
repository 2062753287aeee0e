import type { Access } from './access.ts';
import type { FieldDefinition, ObjectDefinition } from './object-types.ts';
import { objectOfId } from './objects.ts';
import type { Value } from './organisation.ts';
import { SalesforceError } from './salesforce-error.ts';

type Check = (
  value: Value,
  field: FieldDefinition,
  object: ObjectDefinition,
  access: Access,
) => SalesforceError | undefined;

const NUMBERS = new Set(['currency', 'double', 'int']);
const DAY = /^\d{4}-\d\d-\d\d$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Each check returns the error that Salesforce reports for a value, or undefined. The first error counts. */
const CHECKS: readonly Check[] = [
  (value, { name, nillable }) => (value === null && !nillable ? missing([name]) : undefined),

  (value, { type }) => {
    const isRight =
      value === null ||
      (NUMBERS.has(type) && !Number.isNaN(Number(value)) && typeof value !== 'boolean') ||
      (type === 'boolean' && (typeof value === 'boolean' || value === 'true' || value === 'false')) ||
      (type === 'date' && DAY.test(String(value)) && !Number.isNaN(Date.parse(String(value)))) ||
      !(NUMBERS.has(type) || type === 'boolean' || type === 'date');
    const message = `Cannot deserialize instance of ${type} from VALUE_STRING value ${value} or request may be missing a required field at [line:1, column:2]`;
    return isRight ? undefined : new SalesforceError(400, 'JSON_PARSER_ERROR', message);
  },

  (value, { name, label, length }) =>
    length > 0 && String(value ?? '').length > length
      ? new SalesforceError(
          400,
          'STRING_TOO_LONG',
          `${label}: data value too large: (max length=${length})`,
          [name],
        )
      : undefined,

  (value, { name, label, type }) =>
    type === 'email' && value !== null && !EMAIL.test(String(value))
      ? new SalesforceError(400, 'INVALID_EMAIL_ADDRESS', `${label}: invalid email address: ${value}`, [name])
      : undefined,

  (value, { name, label, picklistValues }) =>
    picklistValues.length > 0 && value !== null && !picklistValues.some((known) => known.value === value)
      ? new SalesforceError(
          400,
          'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
          `${label}: bad value for restricted picklist field: ${value}`,
          [name],
        )
      : undefined,

  (value, { name, label, referenceTo }, _object, access) => {
    if (referenceTo.length === 0 || value === null) return undefined;
    const target = objectOfId(String(value));
    if (!target || !referenceTo.includes(target.name)) {
      return new SalesforceError(400, 'MALFORMED_ID', `${label}: id value of incorrect type: ${value}`, [
        name,
      ]);
    }
    return access.row(target, String(value))
      ? undefined
      : new SalesforceError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [name]);
  },

  // This is the organisation's only validation rule.
  (value, { name }, object) =>
    object.name === 'Bike_Lease__c' && name === 'Bikes__c' && Number(value) < 1
      ? new SalesforceError(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'A lease has at least one bike.', [
          name,
        ])
      : undefined,
];

/** Checks the value of a field. @throws SalesforceError if Salesforce would reject the value */
export function checkValue(
  access: Access,
  object: ObjectDefinition,
  field: FieldDefinition,
  value: Value,
): void {
  for (const check of CHECKS) {
    const refusal = check(value, field, object, access);
    if (refusal) throw refusal;
  }
}

export function missing(fields: readonly string[]): SalesforceError {
  return new SalesforceError(
    400,
    'REQUIRED_FIELD_MISSING',
    `Required fields are missing: [${fields.join(', ')}]`,
    fields,
  );
}
