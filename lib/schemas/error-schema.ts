import * as z from 'zod';
import { ERROR_CODES, type ErrorCode } from '../errors/error-codes.ts';
import type { ErrorBody } from '../errors/tool-error.ts';
import { type ObjectSchema, toJsonSchema } from './json-schema.ts';

const isErrorCode = (code: string): code is ErrorCode => code in ERROR_CODES;

/** All error codes, in the order of their table. */
export const errorCodes = Object.keys(ERROR_CODES).filter(isErrorCode);

const ErrorAnswer: z.ZodType<ErrorBody> = z.strictObject({
  error: z.strictObject({
    code: z.enum(errorCodes).describe('What went wrong.'),
    message: z.string().describe('One or two sentences that say what to do next.'),
    retryable: z.boolean().describe('True if the same call may succeed later.'),
    retry_after_seconds: z.number().nullable().describe('How long to wait before a retry.'),
    authorization_url: z
      .string()
      .nullable()
      .describe('The page on which the user connects the account or consents again.'),
    account_status: z
      .string()
      .nullable()
      .describe("Scalekit's name of the account's status, such as EXPIRED."),
    details: z
      .array(
        z.strictObject({
          path: z.string().describe('The path of the input field, with dots; empty for the whole input.'),
          issue: z.string().describe('The fault.'),
          candidates: z
            .array(
              z.strictObject({
                value: z.string().describe('The value to send to choose it.'),
                label: z.string().describe('A text that distinguishes it, for the user.'),
              }),
            )
            .optional()
            .describe('At most five things to choose from, if several match.'),
        }),
      )
      .describe('What to correct.'),
    request_id: z.string().nullable().describe('The ID of the call in the log.'),
  }),
});

/** Returns the JSON Schema of an error. Every key is always present. */
export function errorSchema(): ObjectSchema {
  return toJsonSchema(ErrorAnswer, 'output', 'The error');
}
