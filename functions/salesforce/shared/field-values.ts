import { ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { fieldInput } from './api-name.ts';

const FIELDS_MAX = 100;
// Not all agents know a value of several types, and Salesforce reads numbers and booleans from their text.
const FieldValue = z.strictObject({
  name: fieldInput('API name.'),
  value: z.string().nullable(),
});

/** The input that sets fields, in the form in which other tools return them: an organisation has fields of any name. */
export const fieldValuesInput = z
  .array(FieldValue)
  .refine(({ length }) => length >= 1 && length <= FIELDS_MAX, {
    error: `must set 1 to ${FIELDS_MAX} fields`,
  })
  .describe('Fields to set, with values as text, such as 12.5, true or 2026-12-01; null empties a field.');

/** Returns the fields in the form of a request. @throws ToolError for a field that names the record, or comes twice */
export function fieldValues(fields: readonly z.output<typeof FieldValue>[], externalIdField: string) {
  const taken = new Set(['id', 'attributes', externalIdField.toLowerCase()]);
  const details = fields.flatMap(({ name }, index) => {
    const isTaken = taken.has(name.toLowerCase());
    taken.add(name.toLowerCase());
    return isTaken
      ? [{ path: `fields.${index}.name`, issue: 'names the record, or comes twice; leave it out' }]
      : [];
  });
  if (details.length > 0) throw new ToolError('invalid_input', { details });
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}
