import { defineTool, id, path, ToolError, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import { fieldInput } from './shared/api-name.ts';
import { describeIfPossible, recordUrl } from './shared/described-object.ts';
import { externalIdInput } from './shared/external-id.ts';

const FIELDS_MAX = 100;
// A value is a text or null. Some agents cannot send an input that allows several types, and Salesforce
// converts text to numbers and booleans.
const FieldValue = z.strictObject({
  name: fieldInput('API name.'),
  value: z.string().nullable(),
});

const UpsertResponse = z.object({
  id: id().nullish(),
  success: z.literal(true),
  created: z.boolean().optional(),
});

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_upsert_by_external_id',
  effect: 'update',
  idempotent: true,
  confirm: true, // The tool can overwrite values of every object, even of users and their rights.
  scopes: ['api', 'refresh_token'],
  description:
    'Creates a Salesforce record with an external ID, or updates the one that has it. Other fields stay as they are. salesforce_describe_fields has the names and values.',
  input: {
    ...externalIdInput,
    fields: z
      .array(FieldValue)
      .refine(({ length }) => length >= 1 && length <= FIELDS_MAX, {
        error: `must set 1 to ${FIELDS_MAX} fields`,
      })
      .describe(
        'Fields to set, with values as text, such as 12.5, true or 2026-12-01; null empties a field.',
      ),
  },
  output: {
    id: id().nullable().describe('The record ID; old API versions do not return it.'),
    url: text(300).nullable(),
    is_created: z.boolean(),
  },
  examples: [
    {
      input: {
        object: 'Account',
        external_id_field: 'Billing_Ref__c',
        external_id: 'B-77310',
        fields: [{ name: 'Rebate__c', value: '12.5' }],
      },
      output: {
        id: '001D000000IqhSLIAZ',
        url: 'https://example.my.salesforce.com/001D000000IqhSLIAZ',
        is_created: true,
      },
    },
  ],

  async run({ object, external_id_field, external_id, fields }, { api }) {
    const json = fieldValues(fields, external_id_field);
    const target = path`/sobjects/${object}/${external_id_field}/${external_id}`;
    const description = await describeIfPossible(api, object);
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm
    const { status, body } = await api.patch(target, {
      json,
      knownFields: description?.fields.map(({ name }) => name) ?? [],
      // In API versions before 46.0, the response to an update has no body.
      response: UpsertResponse.optional(),
      errors: {
        404: {
          code: 'not_found',
          message:
            'There is no such object, or it has no such external ID field. salesforce_describe_fields has both names.',
        },
      },
    });
    const recordId = body?.id ?? null;
    return {
      id: recordId,
      url: recordUrl(description, recordId),
      is_created: body?.created ?? status === 201,
    };
  },
});

/** Returns the request body. @throws ToolError if a field identifies the record, or occurs twice */
function fieldValues(fields: readonly z.output<typeof FieldValue>[], externalIdField: string) {
  const taken = new Set(['id', 'attributes', externalIdField.toLowerCase()]);
  const details = fields.flatMap(({ name }, index) => {
    const isTaken = taken.has(name.toLowerCase());
    taken.add(name.toLowerCase());
    return isTaken
      ? [{ path: `fields.${index}.name`, issue: 'names the record, or is set twice; leave it out' }]
      : [];
  });
  if (details.length > 0) throw new ToolError('invalid_input', { details });
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

export const handler = createHandler(tool);
