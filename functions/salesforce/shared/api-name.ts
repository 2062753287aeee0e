import { readInput } from 'scalekit-lambda-tools';
import * as z from 'zod';

// The name of an object, a field or a relationship. It can begin with the namespace of a package, and end
// with a suffix such as `__c`.
const API_NAME = /^[A-Za-z]\w{0,79}$/;
// A path of a query follows at most five relationships:
// https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_relationships_query_limits.htm
const FIELD_PATH = /^[A-Za-z]\w{0,79}(?:\.[A-Za-z]\w{0,79}){0,5}$/;

/** Returns whether a text can be the API name of an object, a field or a relationship. */
export function isApiName(text: string): boolean {
  return API_NAME.test(text);
}

/** Returns the input for the API name of an object. */
export function objectInput(description: string) {
  return readInput(description, itself, {
    pattern: API_NAME,
    expected:
      'must be the API name of an object, such as Invoice__c; salesforce_describe_fields finds it by its label',
  });
}

/** Returns the input for the API name of a field. */
export function fieldInput(description: string) {
  return readInput(description, itself, {
    pattern: API_NAME,
    expected: 'must be the API name of a field, such as Due__c; salesforce_describe_fields lists them',
  });
}

/**
 * Returns the schema for an item of a list input: the API name of a field, or of a parent's field, such as
 * `Owner.Name`.
 */
export function fieldPath() {
  return z
    .string()
    .overwrite((name) => name.trim())
    .refine((name) => FIELD_PATH.test(name), {
      error:
        'must be the API name of a field, such as Due__c or Owner.Name; salesforce_describe_fields lists them',
    });
}

/** Returns the input for the name of a relationship. */
export function relationshipInput(description: string) {
  return readInput(description, itself, {
    pattern: API_NAME,
    expected: 'must be the name of a relationship, such as Lines__r; salesforce_describe_fields lists them',
  });
}

function itself(text: string): string {
  return text;
}
