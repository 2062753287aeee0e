import type { Tool } from '../contract/define-tool.ts';
import { inputSchema, type ObjectSchema } from './json-schema.ts';
import { confirmationSentence } from './tool-description.ts';

/** An entry of `toolConfig.tools` in a request to Bedrock's Converse API. */
export interface ConverseTool {
  toolSpec: { name: string; description: string; inputSchema: { json: ObjectSchema } };
}

/**
 * Returns the definition of a tool for Bedrock's Converse API.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolSpecification.html
 */
export function converseTool(tool: Tool): ConverseTool {
  return {
    toolSpec: {
      name: tool.name,
      description: `${tool.description} ${confirmationSentence(tool)}`.trimEnd(),
      inputSchema: { json: inputSchema(tool) },
    },
  };
}
