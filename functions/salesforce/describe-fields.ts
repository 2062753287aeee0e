import { defineTool, path, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import { apiName } from './shared/api-name.ts';
import {
  DescribedField,
  FieldOutput,
  fieldExample,
  fieldOutput,
  isRequired,
} from './shared/described-field.ts';

// They come with every page, and have to fit into the smallest budget with it.
const RELATIONSHIPS_MAX = 40;
const Description = z.object({
  fields: z.array(DescribedField),
  childRelationships: z.array(z.object({ relationshipName: z.string().nullish() })).nullish(),
});

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_describe_fields',
  effect: 'read',
  scopes: ['api'],
  description:
    'Lists the fields of a Salesforce object and the names of its relationships. Use it before naming fields or values that are not known.',
  input: {
    object: apiName().describe('API name of the object, such as Invoice__c.'),
    search: z.string().min(1).max(80).optional().describe('Part of the name or label.'),
    required_only: z.boolean().optional().describe('Only what a new record needs.'),
  },
  list: { key: 'fields', item: FieldOutput, default: 50, maximum: 200 },
  output: { child_relationships: z.array(text(80)).describe('Names for salesforce_list_related_records.') },
  examples: [
    {
      input: { object: 'Account', search: 'account name' },
      output: { fields: [fieldExample], child_relationships: [], count: 1, next_cursor: null, omitted: 0 },
    },
  ],

  async run({ object, search = '', required_only = false }, { api }) {
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
    const { body } = await api.get(path`/sobjects/${object}/describe`, { response: Description });
    const isFound = (name: string) => name.toLowerCase().includes(search.toLowerCase());
    const fields = body.fields
      .filter(({ name, label }) => isFound(name) || isFound(label ?? ''))
      .filter((field) => !required_only || isRequired(field));
    const relationships = (body.childRelationships ?? []).flatMap(
      ({ relationshipName }) => relationshipName ?? [],
    );
    return {
      items: fields.map(fieldOutput),
      child_relationships: relationships.filter(isFound).slice(0, RELATIONSHIPS_MAX),
    };
  },
});

export const handler = createHandler(tool);
