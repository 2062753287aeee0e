import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import { assertOwnTool, parseIdempotencyKey, type Surface } from './surface.ts';

const DirectEvent = lazily(() =>
  z.strictObject({
    tool: z.unknown(),
    identifier: z.unknown(),
    input: z.unknown(),
    idempotency_key: z.unknown().optional(),
  }),
);

/**
 * An invocation by a backend in the same AWS account: `{tool, identifier, input}` and optionally `idempotency_key`.
 * Anyone who may invoke the function may act for every user. The response is the output, or `{"error": {…}}`.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const directSurface: Surface = {
  name: 'direct',
  receive(rawEvent, { awsRequestId = null }, tool) {
    const { success, data: event } = DirectEvent().safeParse(rawEvent);
    if (!success) return undefined;
    return {
      caller() {
        assertOwnTool(event.tool, tool);
        return { identifier: event.identifier };
      },
      input: () => event.input,
      idempotencyKey: () => parseIdempotencyKey(event.idempotency_key, 'idempotency_key'),
      answer: (output) => output,
      answerError: (error) => error.toBody(awsRequestId),
    };
  },
};
