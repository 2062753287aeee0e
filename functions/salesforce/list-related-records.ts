import { completeness, completenessOutput, defineTool, readInput } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import { objectInput, relationshipInput } from './shared/api-name.ts';
import { describeIfPossible, recordUrl } from './shared/described-object.ts';
import { recordIdOf } from './shared/named-record.ts';
import { PAGE_SIZE_LEAST } from './shared/query-page.ts';
import { fieldsInput, recordOutput, toRecord } from './shared/record-fields.ts';
import { recordInput } from './shared/record-id.ts';
import {
  isParent,
  missingArchived,
  orderedRecords,
  orderOf,
  relatedPage,
  relatedRecords,
} from './shared/related-records.ts';

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_list_related_records',
  effect: 'read',
  scopes: ['api', 'refresh_token'],
  description:
    'Lists the records of one relationship of a Salesforce record, such as the contacts of an account, or its owner.',
  input: {
    object: objectInput('API name of the object, such as Account.'),
    record_id: recordInput('The record: its ID, the link to its page, or its name.'),
    relationship: relationshipInput('Name, such as Lines__r or Owner; from salesforce_describe_fields.'),
    fields: fieldsInput(),
    order_by: readInput('Field to sort a list by, such as CloseDate desc.', (text) => text, {
      pattern: /^[A-Za-z]\w{0,79}(?:\.[A-Za-z]\w{0,79}){0,5}(?:\s+(?:asc|desc))?$/i,
      expected:
        'must be the API name of a field, with asc or desc after it if needed, such as CloseDate desc',
    }).optional(),
  },
  list: { key: 'records', item: z.strictObject(recordOutput(500)), default: 20, maximum: PAGE_SIZE_LEAST },
  output: completenessOutput,
  examples: [
    {
      input: {
        object: 'Account',
        record_id: 'Acme',
        relationship: 'Contacts',
        fields: ['Name', 'Owner.Name'],
      },
      output: {
        records: [
          {
            id: '003D000000IomazIAB',
            url: 'https://example.my.salesforce.com/003D000000IomazIAB',
            fields: [
              { name: 'Name', value: 'Grace Hopper' },
              { name: 'Owner.Name', value: 'Rosa Marin' },
            ],
          },
        ],
        is_complete: true,
        missing: [],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ object, record_id, relationship, fields, order_by, page }, { api }) {
    const description = describeIfPossible(api, object);
    const read = async () => {
      if (page.cursor) return relatedPage(api, page.cursor, fields);
      const recordId = await recordIdOf(api, object, record_id, description, 'record_id');
      const wanted = { object, recordId, name: relationship, fields };
      return order_by === undefined || isParent(await description, relationship)
        ? relatedRecords(api, wanted, description)
        : orderedRecords(api, wanted, orderOf(order_by));
    };
    const [{ records, next }, described] = await Promise.all([read(), description]);
    const items = records.map((record) => ({
      ...toRecord(record, fields),
      url: recordUrl(described, record.Id ?? null),
    }));
    return { items, next, ...completeness([missingArchived(described, relationship)]) };
  },
});

export const handler = createHandler(tool);
