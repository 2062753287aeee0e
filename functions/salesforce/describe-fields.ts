import { completeness, completenessOutput, defineTool, readInput, textInput } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import {
  FieldOutput,
  isRequired,
  missingValues,
  RelationshipOutput,
  toField,
  toRelationships,
} from './shared/described-field.ts';
import { describeNamed } from './shared/object-search.ts';

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

export const handler = createHandler(tool);
