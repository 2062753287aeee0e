import * as z from 'zod';

const AnswerFields = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** The schema of an error object that has all its keys. */
export const ErrorAnswer = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string().min(1),
    retryable: z.boolean(),
    retry_after_seconds: z.number().nullable(),
    authorization_url: z.string().nullable(),
    account_status: z.string().nullable(),
    details: z.array(
      z.strictObject({
        path: z.string(),
        issue: z.string(),
        candidates: z
          .array(z.strictObject({ value: z.string(), label: z.string() }))
          .max(5)
          .optional(),
      }),
    ),
    request_id: z.string().nullable(),
  }),
});

/**
 * Reads the response of a handler on the HTTP surface.
 * @param answer the handler's return value
 * @returns `status`, `headers`, `body` as text, `json`, and for a failure its `error`
 */
export function readHttpAnswer(answer: unknown) {
  const { statusCode, headers, body } = AnswerFields.parse(answer);
  const json: unknown = JSON.parse(body);
  return { status: statusCode, headers, body, json, error: ErrorAnswer.safeParse(json).data?.error };
}
