import * as z from 'zod';
import { ToolError } from '../errors/tool-error.ts';
import { assertOwnTool } from './assert-own-tool.ts';
import type { Surface } from './surface.ts';

const DirectEvent = z.strictObject({
  tool: z.unknown(),
  identifier: z.unknown(),
  input: z.unknown(),
  idempotency_key: z.unknown().optional(),
});

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,256}$/;

/**
 * An invocation by a backend of the same AWS account: `{tool, identifier, input}` and optionally `idempotency_key`.
 * Whoever may invoke the function may act for every user. The answer is the output, or `{"error": {…}}`.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const directSurface: Surface = {
  name: 'direct',
  receive(rawEvent, { awsRequestId = null }, tool) {
    const { success, data: event } = DirectEvent.safeParse(rawEvent);
    if (!success) return undefined;
    return {
      caller() {
        assertOwnTool(event.tool, tool);
        return { identifier: event.identifier };
      },
      input: () => event.input,
      idempotencyKey: () => parseKey(event.idempotency_key),
      answer: (output) => output,
      answerError: (error) => error.toBody(awsRequestId),
    };
  },
};

function parseKey(key: unknown): string | undefined {
  if (key === undefined || (typeof key === 'string' && IDEMPOTENCY_KEY.test(key))) return key;
  throw new ToolError('invalid_input', {
    details: [{ path: 'idempotency_key', issue: 'must be 1 to 256 visible ASCII characters' }],
  });
}
