import { defineTool, id, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import { externalIdInput } from './shared/external-id.ts';
import { fieldValues, fieldValuesInput } from './shared/field-values.ts';

const Upserted = z.object({
  id: id().nullish(),
  success: z.literal(true),
  created: z.boolean().optional(),
});

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_upsert_by_external_id',
  effect: 'update',
  idempotent: true,
  confirm: true, // Any object can be meant, users and their rights among them.
  scopes: ['api'],
  description:
    'Creates a Salesforce record with an external ID, or updates the one that has it; says which happened. Other fields stay as they are.',
  input: { ...externalIdInput, fields: fieldValuesInput },
  output: {
    id: id().nullable().describe('The record ID; null where an old API version does not tell it.'),
    created: z.boolean().describe('Whether there was no such record before.'),
  },
  examples: [
    {
      input: {
        object: 'Account',
        external_id_field: 'ERP_Id__c',
        external_id: 'C-1042',
        fields: [
          { name: 'Name', value: 'Acme' },
          { name: 'Phone', value: null },
        ],
      },
      output: { id: '001D000000IqhSLIAZ', created: true },
    },
  ],

  async run({ object, external_id_field, external_id, fields }, { api }) {
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm
    const { status, body } = await api.patch(path`/sobjects/${object}/${external_id_field}/${external_id}`, {
      json: fieldValues(fields, external_id_field),
      // Before version 46.0 of the API an update has no body.
      response: Upserted.optional(),
      errors: {
        404: {
          code: 'not_found',
          message: 'There is no such object, or it has no such external ID field. Check both names.',
        },
      },
    });
    return { id: body?.id ?? null, created: body?.created ?? status === 201 };
  },
});

export const handler = createHandler(tool);
