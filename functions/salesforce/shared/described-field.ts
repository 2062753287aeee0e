import { id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import type { Description, FieldResponse } from './described-object.ts';

// A picklist may hold thousands of values.
const VALUES_MAX = 30;
const OBJECTS_MAX = 10;
// They come with every page, and have to fit into the smallest budget with it.
const RELATIONSHIPS_MAX = 40;
const NAMES_MAX = 5;

const TRAITS = ['required', 'read_only', 'external_id'] as const;

export const FieldOutput = z.strictObject({
  name: id(),
  label: text(80),
  type: text(200).describe('With the objects whose IDs it holds, or the field that a picklist depends on.'),
  traits: z
    .array(z.enum(TRAITS))
    .describe('required: a new record needs it; external_id: records can be found by it.'),
  values: z.array(text(255)).describe('Values of a picklist.'),
});

// As objects, they would not fit into the smallest answer.
export const RelationshipOutput = text(160);

export function toField(field: FieldResponse): z.input<typeof FieldOutput> {
  const { name, label, type, controllerName, referenceTo } = field;
  const objects = (referenceTo ?? []).slice(0, OBJECTS_MAX).join(', ');
  const more = [objects && `to ${objects}`, controllerName && `depends on ${controllerName}`];
  const has = {
    required: isRequired(field),
    read_only: !(field.createable || field.updateable),
    external_id: Boolean(field.externalId || (field.idLookup && type !== 'id')),
  };
  return {
    name,
    label: label ?? name,
    type: [type, ...more].filter(Boolean).join(' '),
    traits: TRAITS.filter((trait) => has[trait]),
    values: valuesOf(field).slice(0, VALUES_MAX),
  };
}

/** What the description does not say counts as optional: Salesforce reports a missing value, but nobody an invented one. */
export function isRequired({ createable, nillable, defaultedOnCreate }: FieldResponse): boolean {
  return createable === true && nillable === false && defaultedOnCreate === false;
}

/** The first relationships of an object, parents before children, and what is left out. */
export function toRelationships(
  { fields, childRelationships }: Description,
  isFound: (text: string) => boolean,
): { relationships: z.input<typeof RelationshipOutput>[]; missing: string | false } {
  const parents = fields.flatMap(({ relationshipName, referenceTo }) =>
    relationshipName
      ? [`${relationshipName}: ${(referenceTo ?? []).slice(0, OBJECTS_MAX).join(' or ')}`]
      : [],
  );
  const children = (childRelationships ?? []).flatMap(({ relationshipName, childSObject }) =>
    relationshipName ? [`${relationshipName}: ${childSObject ?? ''}[]`] : [],
  );
  const found = [...parents, ...children].filter(isFound);
  return {
    relationships: found.slice(0, RELATIONSHIPS_MAX),
    missing:
      found.length > RELATIONSHIPS_MAX &&
      `${found.length - RELATIONSHIPS_MAX} of ${found.length} relationships; search for a part of their name.`,
  };
}

/** Says which fields have more values than are returned. */
export function missingValues(fields: readonly FieldResponse[]): string | false {
  const long = fields.filter((field) => valuesOf(field).length > VALUES_MAX).map(({ name }) => name);
  const named = long.slice(0, NAMES_MAX).join(', ') + (long.length > NAMES_MAX ? ' and others' : '');
  return long.length > 0 && `Values after the first ${VALUES_MAX} of ${named}.`;
}

function valuesOf({ picklistValues }: FieldResponse): string[] {
  return (picklistValues ?? []).flatMap(({ active, value }) => (active === false || !value ? [] : [value]));
}
