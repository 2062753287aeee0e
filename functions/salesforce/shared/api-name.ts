import * as z from 'zod';

/** By what the API knows an object, a field or a relationship: 40 characters and a suffix, after a package's namespace. */
const API_NAME = /^[A-Za-z]\w{0,79}$/;

/** An input for such a name. */
export function apiName() {
  // Not as a pattern: every model knows such names, and would pay for it in every list of tools.
  return z
    .string()
    .refine((name) => API_NAME.test(name), { error: 'must be an API name, such as Invoice__c' });
}
