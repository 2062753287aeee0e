import type { ProviderErrorCase } from '../../../test/support/test-provider-errors.ts';
import { errorAnswer } from './provider-errors.ts';

/** The documented response to a successful step. */
export const submitted = {
  actorIds: ['005D00000015rY9IAI'],
  entityId: '001D000000I8mImIAJ',
  errors: null,
  instanceId: '04gD0000000Cvm5IAC',
  instanceStatus: 'Pending',
  newWorkitemIds: ['04iD0000000Cw6SIAS'],
  success: true,
};

/** Returns the response to a failed step, which has status 200. */
export function failedStep(statusCode: string, fields: string[] = []) {
  const failed = {
    actorIds: null,
    instanceId: null,
    instanceStatus: null,
    newWorkitemIds: null,
    success: false,
  };
  const errors = [{ statusCode, message: 'A sentence.', fields }];
  return { body: [{ ...failed, entityId: '001D000000I8mImIAJ', errors }] };
}

/** The errors that Salesforce can return to every step of an approval. */
export const approvalErrors: Readonly<Record<string, ProviderErrorCase>> = {
  'an ID of another kind of object': {
    answer: errorAnswer(400, 'MALFORMED_ID', 'Account ID: id value of incorrect type: 001900K0001pPuOAAU', [
      'Id',
    ]),
    error: { code: 'rejected_by_provider' },
  },
  'a body that is not valid JSON': {
    answer: errorAnswer(
      400,
      'JSON_PARSER_ERROR',
      "Unexpected character ('}' (code 125)): was expecting double-quote to start field name at [line:1, column:20]",
    ),
    error: { code: 'rejected_by_provider' },
  },
  'an unknown failure in a successful response': {
    answer: failedStep('BRAND_NEW'),
    error: { code: 'rejected_by_provider' },
  },
};
