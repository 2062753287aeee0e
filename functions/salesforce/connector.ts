import { defineConnector } from 'scalekit-lambda-tools';
import { salesforceErrors } from './errors.ts';

export const salesforce = defineConnector({
  name: 'salesforce',
  errors: salesforceErrors,
  // Salesforce's number fields have up to 18 digits, more than a JavaScript number can store.
  exactNumbers: true,
});
