import { defineConnector } from 'scalekit-lambda-tools';
import { salesforceErrors } from './errors.ts';

export const salesforce = defineConnector({
  name: 'salesforce',
  errors: salesforceErrors,
  // Numbers of records have up to 18 digits.
  exactNumbers: true,
});
