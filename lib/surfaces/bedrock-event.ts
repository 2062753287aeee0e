import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';

const Event = lazily(() => {
  const Common = z.object({
    messageVersion: z.literal('1.0'),
    actionGroup: z.string(),
    // Only the log needs it.
    agent: z.object({ id: z.string(), alias: z.string() }).optional().catch(undefined),
    // Not parsed here, so that they are returned unchanged.
    sessionAttributes: z.unknown().optional(),
    promptSessionAttributes: z.unknown().optional(),
    parameters: z.unknown().optional(),
  });
  const FunctionEvent = z.object({ ...Common.shape, function: z.string() });
  const ApiEvent = z.object({
    ...Common.shape,
    apiPath: z.string(),
    httpMethod: z.string(),
    requestBody: z.unknown().optional(),
  });
  return z.union([FunctionEvent, ApiEvent]);
});

export type BedrockEvent = z.output<ReturnType<typeof Event>>;

/**
 * Returns the fields that we use of an action group's event, with function details or an OpenAPI schema; undefined for
 * any other event.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html#agents-lambda-input
 */
export function readBedrockEvent(event: unknown): BedrockEvent | undefined {
  // Most calls use other surfaces and do not need the schema.
  if (typeof event !== 'object' || event === null || !('messageVersion' in event)) return undefined;
  return Event().safeParse(event).data;
}
