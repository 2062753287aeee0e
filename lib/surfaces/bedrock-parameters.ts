import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import { ToolError } from '../errors/tool-error.ts';
import type { BedrockEvent } from './bedrock-event.ts';

const Parameters = lazily(() => z.array(z.object({ name: z.string(), value: z.unknown() })));
const RequestBody = lazily(() =>
  z.object({
    content: z
      .object({ 'application/json': z.object({ properties: Parameters().nullish() }).nullish() })
      .nullish(),
  }),
);

/**
 * Returns the parameters of an event by name, with their values unchanged.
 * @throws ToolError `invalid_input` if a name is repeated, or the event has another form
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
