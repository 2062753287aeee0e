import type { Tool } from '../contract/define-tool.ts';
import { inputSchema, type ObjectSchema, outputSchema } from './json-schema.ts';
import { type PlainSchema, plainSchema } from './plain-schema.ts';
import { confirmationSentence, fitDescription } from './tool-description.ts';

/** A tool of an AgentCore Lambda target, as an entry of `toolSchema.inlinePayload`. */
export interface AgentCoreTool {
  /** The tool's name. */
  name: string;
  /** The tool's description. It also says if the agent should ask the user first. */
  description: string;
  /** The schema of the input. */
  inputSchema: PlainSchema;
  /** The schema of the output. */
  outputSchema: PlainSchema;
}

// AWS documents no maximum length.
const DESCRIPTION_LENGTH_MAX = Number.POSITIVE_INFINITY;

/**
 * Returns the definition of a tool behind an AgentCore Gateway.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-add-target-lambda.html
 * @throws AuthoringError if a field has several types
 */
export function agentCoreTool(tool: Tool): AgentCoreTool {
  const limit = { maximum: DESCRIPTION_LENGTH_MAX, place: tool.name };
  return {
    name: tool.name,
    description: fitDescription(tool.description, confirmationSentence(tool), limit),
    inputSchema: plain(inputSchema(tool), 'The input.', `The input of ${tool.name}`),
    outputSchema: plain(outputSchema(tool), 'The answer.', `The output of ${tool.name}`),
  };
}

function plain({ examples, ...schema }: ObjectSchema, fallback: string, place: string): PlainSchema {
  return plainSchema(schema, fallback, {
    place,
    nullable: false,
    descriptionMaximum: DESCRIPTION_LENGTH_MAX,
  });
}
