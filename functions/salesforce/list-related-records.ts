import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import { apiName } from './shared/api-name.ts';
import { PAGE_HEADERS, PAGE_SIZE_LEAST, queryPage } from './shared/query-page.ts';
import {
  chosenFields,
  fieldsInput,
  fieldsQuery,
  recordOutput,
  SalesforceRecord,
} from './shared/record-fields.ts';
import { recordId } from './shared/record-id.ts';

const Page = queryPage(SalesforceRecord);
// A parent comes by itself.
const Parent = SalesforceRecord.refine((body) => !('records' in body));
const Related = z.union([Page, Parent.transform((record) => ({ records: [record], next: null }))]);

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_list_related_records',
  effect: 'read',
  scopes: ['api'],
  description:
    'Lists the records of one relationship of a Salesforce record, such as the contacts of an account. salesforce_describe_fields has the names.',
  input: {
    object: apiName().describe('API name, such as Account.'),
    record_id: recordId().describe('ID of the record whose relationship it is.'),
    relationship: apiName().describe('Such as Contacts, Lines__r or Owner.'),
    fields: fieldsInput(),
  },
  list: { key: 'records', item: z.strictObject(recordOutput(500)), default: 20, maximum: PAGE_SIZE_LEAST },
  examples: [
    {
      input: {
        object: 'Account',
        record_id: '001D000000IqhSLIAZ',
        relationship: 'Contacts',
        fields: ['Name'],
      },
      output: {
        records: [{ id: '003D000000IomazIAB', fields: [{ name: 'Name', value: 'Grace Hopper' }] }],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ object, record_id, relationship, fields, page }, { api }) {
    const { body } = page.cursor
      ? // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
        await api.get(path`/query/${page.cursor}`, { headers: PAGE_HEADERS, response: Page })
      : // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_relationships.htm
        await api.get(path`/sobjects/${object}/${record_id}/${relationship}`, {
          query: { fields: fieldsQuery(fields) },
          headers: PAGE_HEADERS,
          response: Related,
        });
    return { items: body.records.map((record) => chosenFields(record, fields)), next: body.next };
  },
});

export const handler = createHandler(tool);
