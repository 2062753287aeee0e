import type { Tool } from '../contract/define-tool.ts';
import { inputSchema, type ObjectSchema } from './json-schema.ts';
import { confirmationSentence } from './tool-description.ts';

/** An entry of `tools` in a request to Anthropic's Messages API. */
export interface AnthropicTool {
  name: string;
  description: string;
  input_schema: ObjectSchema;
}

/**
 * Returns the definition of a tool for Anthropic's Messages API.
 * https://docs.claude.com/en/docs/agents-and-tools/tool-use/implement-tool-use
 */
export function anthropicTool(tool: Tool): AnthropicTool {
  return {
    name: tool.name,
    description: `${tool.description} ${confirmationSentence(tool)}`.trimEnd(),
    input_schema: inputSchema(tool),
  };
}
