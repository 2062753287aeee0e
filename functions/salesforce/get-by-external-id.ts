import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { salesforce } from './connector.ts';
import { describeIfPossible, recordUrl } from './shared/described-object.ts';
import { externalIdInput } from './shared/external-id.ts';
import { recordIdOf } from './shared/named-record.ts';
import {
  fieldsInput,
  fieldsQuery,
  RecordResponse,
  recordOutput,
  toRecord,
  withParentFields,
} from './shared/record-fields.ts';
import { idInLink } from './shared/record-id.ts';

// Every record has these two fields, but Salesforce does not accept them in the path as external ID fields.
const OWN_KEYS = /^(?:id|name)$/i;
const NOT_FOUND = {
  code: 'not_found',
  message:
    'No record that the account can see has this external ID, or the object has no such external ID field. Check all three; salesforce_describe_fields has the names.',
} as const;

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_get_by_external_id',
  effect: 'read',
  scopes: ['api', 'refresh_token'],
  description:
    'Returns chosen fields of one Salesforce record by an external ID, such as an ERP number, or by its record ID or name.',
  input: {
    ...externalIdInput,
    external_id_field: externalIdInput.external_id_field.describe(
      'API name of the external ID field, such as Billing_Ref__c; or Id, or Name.',
    ),
    fields: fieldsInput(),
  },
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
    const description = describeIfPossible(api, object);
    const read = async () => {
      const target = OWN_KEYS.test(external_id_field)
        ? path`/sobjects/${object}/${await recordIdOf(api, object, idInLink(external_id), description, 'external_id')}`
        : path`/sobjects/${object}/${external_id_field}/${external_id}`;
      // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_upsert_get.htm
      return api.get(target, {
        query: { fields: fieldsQuery(fields) },
        response: RecordResponse,
        errors: { 404: NOT_FOUND },
      });
    };
    const [{ body }, described] = await Promise.all([read(), description]);
    const [record = body] = await withParentFields(api, [body], fields);
    return { ...toRecord(record, fields), url: recordUrl(described, body.Id ?? null) };
  },
});

export const handler = createHandler(tool);
