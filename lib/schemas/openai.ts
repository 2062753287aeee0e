import type { Tool } from '../contract/define-tool.ts';
import { inputSchema } from './json-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { isStrict, strictSchema } from './strict-schema.ts';
import { confirmationSentence, fitDescription } from './tool-description.ts';

/** An entry of `tools` in a request to OpenAI's Chat Completions API. Other vendors offer the same API. */
export interface OpenAiTool {
  type: 'function';
  function: { name: string; description: string; strict: boolean; parameters: SchemaNode };
}

const DESCRIPTION_LENGTH_MAX = 1_024;

/**
 * Returns the definition of a tool for OpenAI. It uses strict mode, in which the model must follow the schema. If the
 * input contains an object with arbitrary keys, the definition does not use strict mode, because strict mode does not
 * support such objects.
 * https://platform.openai.com/docs/guides/function-calling#strict-mode
 */
export function openAiTool(tool: Tool): OpenAiTool {
  const { examples, ...schema } = inputSchema(tool);
  const strict = isStrict(schema);
  const limit = { maximum: DESCRIPTION_LENGTH_MAX, place: tool.name };
  return {
    type: 'function',
    function: {
      name: tool.name,
      description: fitDescription(tool.description, confirmationSentence(tool), limit),
      strict,
      parameters: strict ? strictSchema(schema) : schema,
    },
  };
}
