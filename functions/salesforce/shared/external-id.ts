import { idInput } from 'scalekit-lambda-tools';
import { fieldInput, objectInput } from './api-name.ts';
import { isRecordId } from './record-id.ts';

const EXTERNAL_ID_LENGTH_MAX = 255;
// In a path, the name of the external ID field follows the object. Salesforce does not read these names, or
// record IDs, as the name of a field there.
const RESOURCES = /^(?:defaultValues|deleted|describe|listviews|quickActions|updated)$/i;

/** The inputs that identify a record by an external ID. */
export const externalIdInput = {
  object: objectInput('API name of the object, such as Invoice__c.'),
  external_id_field: fieldInput('API name of the external ID field, such as Billing_Ref__c.').refine(
    (name) => !RESOURCES.test(name) && !isRecordId(name),
    {
      error: 'must be the name of a field; salesforce_describe_fields marks external ID fields',
    },
  ),
  external_id: idInput("That field's value, as the other system has it; without slashes.", {
    // Salesforce removes these endings from the path, and would then find another record.
    pattern: /^(?!.*\.(?:json|xml)$).+$/is,
    expected: 'must be the value of the external ID field, without .json or .xml at its end',
    maximum: EXTERNAL_ID_LENGTH_MAX,
  }),
};
