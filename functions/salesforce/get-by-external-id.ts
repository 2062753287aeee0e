import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { salesforce } from './connector.ts';
import { describeIfPossible, recordUrl } from './shared/described-object.ts';
import { externalIdInput } from './shared/external-id.ts';
import {
  fieldsInput,
  fieldsQuery,
  RecordResponse,
  recordOutput,
  toRecord,
  withParentFields,
} from './shared/record-fields.ts';

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_get_by_external_id',
  effect: 'read',
  scopes: ['api', 'refresh_token'],
  description:
    'Returns chosen fields of the one Salesforce record that has an external ID, such as an ERP number. salesforce_describe_fields has the names.',
  input: { ...externalIdInput, fields: fieldsInput() },
  output: recordOutput(2_000),
  examples: [
    {
      input: {
        object: 'Account',
        external_id_field: 'Billing_Ref__c',
        external_id: 'B-77310',
        fields: ['Name', 'Owner.Name'],
      },
      output: {
        id: '001D000000IqhSLIAZ',
        url: 'https://example.my.salesforce.com/001D000000IqhSLIAZ',
        fields: [
          { name: 'Name', value: 'Acme' },
          { name: 'Owner.Name', value: 'Rosa Marin' },
        ],
      },
    },
  ],

  async run({ object, external_id_field, external_id, fields }, { api }) {
    const [{ body }, description] = await Promise.all([
      // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_upsert_get.htm
      api.get(path`/sobjects/${object}/${external_id_field}/${external_id}`, {
        query: { fields: fieldsQuery(fields) },
        response: RecordResponse,
        errors: {
          404: {
            code: 'not_found',
            message:
              'No record that the account can see has this external ID, or the object has no such external ID field. Check all three; salesforce_describe_fields has the names.',
          },
        },
      }),
      describeIfPossible(api, object),
    ]);
    const [record = body] = await withParentFields(api, [body], fields);
    return { ...toRecord(record, fields), url: recordUrl(description, body.Id ?? null) };
  },
});

export const handler = createHandler(tool);
