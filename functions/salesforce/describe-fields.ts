import {
  completeness,
  completenessOutput,
  defineTool,
  id,
  readInput,
  text,
  textInput,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import type { Description, FieldResponse } from './shared/described-object.ts';
import { describeNamed } from './shared/object-search.ts';

// A picklist may have thousands of values.
const VALUES_MAX = 30;
const OBJECTS_MAX = 10;
// Every page repeats the relationships, so they must fit into the smallest allowed response together with one
// page of fields.
const RELATIONSHIPS_MAX = 40;
const NAMES_MAX = 5;

const TRAITS = ['required', 'read_only', 'external_id'] as const;

const FieldOutput = z.strictObject({
  name: id(),
  label: text(80),
  type: text(200).describe('With the objects whose IDs it holds, or the field that a picklist depends on.'),
  traits: z
    .array(z.enum(TRAITS))
    .describe('required: a new record needs it; external_id: records can be found by it.'),
  values: z.array(text(255)).describe('Values of a picklist.'),
});

// Each relationship is one text, because objects would need more space than the smallest allowed response
// has.
const RelationshipOutput = text(160);

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_describe_fields',
  effect: 'read',
  scopes: ['api', 'refresh_token'],
  description:
    'Lists the fields of a Salesforce object, with their picklist values, and its relationships. Use it before any Salesforce tool that needs names that you do not know.',
  input: {
    object: readInput('API name of the object, such as Invoice__c, or its label.', (label) => label, {
      pattern: /\S/,
      expected: 'must be the API name or the label of an object',
      maximum: 80,
    }),
    search: textInput('Part of the name or label of fields and relationships.', 80).optional(),
    required_only: z.boolean().optional().describe('True for only the fields that a new record needs.'),
  },
  list: { key: 'fields', item: FieldOutput, default: 50, maximum: 200 },
  output: {
    relationships: z
      .array(RelationshipOutput)
      .describe('Name and object, such as Owner: User for a parent, or Lines__r: Line__c[] for a list.'),
    ...completenessOutput,
  },
  examples: [
    {
      input: { object: 'Invoice__c', search: 'customer' },
      output: {
        fields: [
          {
            name: 'Customer__c',
            label: 'Customer',
            type: 'reference to Account',
            traits: ['required'],
            values: [],
          },
        ],
        relationships: ['Customer__r: Account'],
        is_complete: true,
        missing: [],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ object, search = '', required_only = false }, { api }) {
    const description = await describeNamed(api, object);
    const isFound = (name: string) => name.toLowerCase().includes(search.trim().toLowerCase());
    const fields = description.fields
      .filter(({ name, label }) => isFound(name) || isFound(label ?? ''))
      .filter((field) => !required_only || isRequired(field));
    const { relationships, missing } = toRelationships(description, isFound);
    return {
      items: fields.map(toField),
      relationships,
      ...completeness([missing, missingValues(fields)]),
    };
  },
});

function toField(field: FieldResponse): z.input<typeof FieldOutput> {
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

/**
 * Returns whether a new record must have a value for the field. If the description is incomplete, the field
 * counts as optional. Salesforce reports a missing value, but nobody notices a value that an agent invents.
 */
function isRequired({ createable, nillable, defaultedOnCreate }: FieldResponse): boolean {
  return createable === true && nillable === false && defaultedOnCreate === false;
}

/**
 * Returns the first relationships of an object, parents before children, and a sentence about the number of missing
 * relationships.
 */
function toRelationships(
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

/** Returns a sentence with the names of fields whose values are not all returned. */
function missingValues(fields: readonly FieldResponse[]): string | false {
  const long = fields.filter((field) => valuesOf(field).length > VALUES_MAX).map(({ name }) => name);
  const named = long.slice(0, NAMES_MAX).join(', ') + (long.length > NAMES_MAX ? ' and others' : '');
  return long.length > 0 && `Values after the first ${VALUES_MAX} of ${named}.`;
}

function valuesOf({ picklistValues }: FieldResponse): string[] {
  return (picklistValues ?? []).flatMap(({ active, value }) => (active === false || !value ? [] : [value]));
}

export const handler = createHandler(tool);
