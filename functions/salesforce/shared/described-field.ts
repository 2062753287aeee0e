import { id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';

// A picklist may hold thousands of values; who needs one of the others searches at Salesforce.
const VALUES_MAX = 30;
const OBJECTS_MAX = 10;

/** https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm#field */
export const DescribedField = z.object({
  name: id(),
  label: z.string().nullish(),
  type: z.string(),
  nillable: z.boolean().nullish(),
  createable: z.boolean().nullish(),
  updateable: z.boolean().nullish(),
  defaultedOnCreate: z.boolean().nullish(),
  externalId: z.boolean().nullish(),
  idLookup: z.boolean().nullish(),
  referenceTo: z.array(z.string()).nullish(),
  picklistValues: z.array(z.object({ active: z.boolean().nullish(), value: z.string().nullish() })).nullish(),
});
type DescribedField = z.output<typeof DescribedField>;

export const FieldOutput = z.strictObject({
  name: id(),
  label: text(80),
  type: text(40),
  required: z.boolean().describe('Whether a new record needs it.'),
  writable: z.boolean(),
  external_id: z.boolean().describe('Whether records can be named by it.'),
  refers_to: z.array(text(80)).describe('Objects whose IDs it holds.'),
  values: z.array(text(255)).describe('Values of a picklist.'),
  values_omitted: z.int().min(0).describe('How many more values there are.'),
});

export const fieldExample: z.input<typeof FieldOutput> = {
  name: 'Name',
  label: 'Account Name',
  type: 'string',
  required: true,
  writable: true,
  external_id: false,
  refers_to: [],
  values: [],
  values_omitted: 0,
};

/** What `FieldOutput` declares, of a field in a description. */
export function fieldOutput(field: DescribedField): z.input<typeof FieldOutput> {
  const values = (field.picklistValues ?? []).flatMap(({ active, value }) =>
    active === false || !value ? [] : [value],
  );
  return {
    name: field.name,
    label: field.label ?? field.name,
    type: field.type,
    required: isRequired(field),
    writable: Boolean(field.createable || field.updateable),
    external_id: Boolean(field.externalId || field.idLookup),
    refers_to: (field.referenceTo ?? []).slice(0, OBJECTS_MAX),
    values: values.slice(0, VALUES_MAX),
    values_omitted: Math.max(0, values.length - VALUES_MAX),
  };
}

/** What the description does not say counts as optional: a missing value is told by Salesforce, an invented one by nobody. */
export function isRequired({ createable, nillable, defaultedOnCreate }: DescribedField): boolean {
  return createable === true && nillable === false && defaultedOnCreate === false;
}
