import * as z from 'zod';
import { apiName } from './api-name.ts';
import { RECORD_ID } from './record-id.ts';

const EXTERNAL_ID_LENGTH_MAX = 255;
// What else can stand behind the object in the path: the ID of a record, or a resource of the object.
const RESOURCES = /^(?:defaultValues|deleted|describe|listviews|quickActions|updated)$/i;
const isFieldName = (name: string) => !RESOURCES.test(name) && !(RECORD_ID.test(name) && /\d/.test(name));

/** The inputs that name a record by a value of the organisation's own. */
export const externalIdInput = {
  object: apiName().describe('API name of the object, such as Invoice__c.'),
  external_id_field: apiName()
    .refine(isFieldName, { error: 'must be the name of a field' })
    .describe('Its external ID field, such as ERP_Id__c.'),
  external_id: z
    .string()
    .min(1)
    .max(EXTERNAL_ID_LENGTH_MAX)
    // Salesforce cuts them off, and would take another record.
    .refine((value) => !/\.(?:json|xml)$/i.test(value), { error: 'must not end in .json or .xml' })
    .describe('The value of that field; no slashes.'),
};
