import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import { takesText } from '../contract/read-text.ts';
import { ToolError } from '../errors/tool-error.ts';

const Event = lazily(() => {
  const Common = z.object({
    messageVersion: z.literal('1.0'),
    actionGroup: z.string(),
    // Only the log uses the agent's ID. An event without a valid agent is accepted.
    agent: z.object({ id: z.string(), alias: z.string() }).optional().catch(undefined),
    // We do not parse the attributes, because the response must return them unchanged.
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
 * Returns the fields that we use of an action group's event. The action group may have function details or an OpenAPI
 * schema. Returns undefined for any other event.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html#agents-lambda-input
 */
export function readBedrockEvent(event: unknown): BedrockEvent | undefined {
  // Most calls come from other surfaces. This quick check avoids parsing their events with the schema.
  if (typeof event !== 'object' || event === null || !('messageVersion' in event)) return undefined;
  return Event().safeParse(event).data;
}

const Parameters = lazily(() => z.array(z.object({ name: z.string(), value: z.unknown() })));
const RequestBody = lazily(() =>
  z.object({
    content: z
      .object({ 'application/json': z.object({ properties: Parameters().nullish() }).nullish() })
      .nullish(),
  }),
);

/**
 * Returns the parameters of an event by name, with unchanged values.
 * @throws ToolError `invalid_input` if a name is repeated, or if the event does not match the schema
 */
export function bedrockParameters(event: BedrockEvent): ReadonlyMap<string, unknown> {
  const parameters = new Map<string, unknown>();
  for (const { name, value } of listed(event)) {
    if (parameters.has(name)) throw invalid(name, 'came more than once; send it once');
    parameters.set(name, value);
  }
  return parameters;
}

function listed(event: BedrockEvent): z.output<ReturnType<typeof Parameters>> {
  const parameters = Parameters().nullish().safeParse(event.parameters);
  const body = RequestBody()
    .nullish()
    .safeParse('requestBody' in event ? event.requestBody : null);
  if (!parameters.success || !body.success)
    throw invalid('', 'the parameters are not a list of names and values');
  return [...(parameters.data ?? []), ...(body.data?.content?.['application/json']?.properties ?? [])];
}

function invalid(path: string, issue: string): ToolError {
  return new ToolError('invalid_input', { details: [{ path, issue }] });
}

/**
 * Builds the input from an action group's parameters, whose values are all strings. An empty string means that the
 * field is absent, unless the field accepts strings. The runtime later converts the other values to the types of their
 * fields.
 */
export function bedrockInput(schema: z.ZodObject, parameters: ReadonlyMap<string, unknown>): object {
  const isAbsent = (name: string, value: unknown) => {
    const field = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    return value === '' && field !== undefined && !takesText(field);
  };
  return Object.fromEntries([...parameters].filter(([name, value]) => !isAbsent(name, value)));
}
