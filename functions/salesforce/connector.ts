import { defineConnector } from 'scalekit-lambda-tools';
import { salesforceErrors } from './errors.ts';

export const salesforce = defineConnector({
  name: 'salesforce',
  errors: salesforceErrors,
  // Number fields have up to 18 digits.
  exactNumbers: true,
});
