import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { salesforce } from './connector.ts';
import { externalIdInput } from './shared/external-id.ts';
import {
  chosenFields,
  fieldsInput,
  fieldsQuery,
  recordOutput,
  SalesforceRecord,
} from './shared/record-fields.ts';

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_get_by_external_id',
  effect: 'read',
  scopes: ['api'],
  description:
    'Reads chosen fields of one Salesforce record, which is named by an ID of another system, such as an ERP number, instead of its record ID.',
  input: { ...externalIdInput, fields: fieldsInput() },
  output: recordOutput(2_000),
  examples: [
    {
      input: {
        object: 'Account',
        external_id_field: 'ERP_Id__c',
        external_id: 'C-1042',
        fields: ['Name', 'Phone'],
      },
      output: {
        id: '001D000000IqhSLIAZ',
        fields: [
          { name: 'Name', value: 'Acme' },
          { name: 'Phone', value: null },
        ],
      },
    },
  ],

  async run({ object, external_id_field, external_id, fields }, { api }) {
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_upsert_get.htm
    const { body } = await api.get(path`/sobjects/${object}/${external_id_field}/${external_id}`, {
      query: { fields: fieldsQuery(fields) },
      response: SalesforceRecord,
      errors: {
        404: {
          code: 'not_found',
          message:
            'No record that the account can see has this external ID, or the object has no such external ID field. Check all three.',
        },
      },
    });
    return chosenFields(body, fields);
  },
});

export const handler = createHandler(tool);
