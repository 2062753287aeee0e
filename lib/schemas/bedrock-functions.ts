import type { Tool } from '../contract/define-tool.ts';
import {
  assertBedrockNames,
  BEDROCK_DESCRIPTION_LENGTH_MAX,
  type RequireConfirmation,
  requireConfirmation,
} from './bedrock-group.ts';
import { droppedConstraints, type Keyword } from './dropped-constraints.ts';
import { inputSchema } from './json-schema.ts';
import { splitNull } from './nullable-schema.ts';
import { nullInWords } from './plain-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { singleType } from './single-type.ts';
import { additionalSentence, fitDescription } from './tool-description.ts';
import { contentInWords } from './type-in-words.ts';

/** A parameter of a function. */
interface BedrockParameter {
  /** The type. An object has the type `string`, because Bedrock sends it as JSON text. */
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array';
  /** The description, followed by the contract's constraints in words. */
  description: string;
  /** True if the model must fill in the parameter. */
  required: boolean;
}

/** The `functionSchema` of an action group. */
export interface BedrockFunctions {
  /** The only function of the group. */
  functions: [
    {
      /** The tool's name. */
      name: string;
      /** The tool's description. */
      description: string;
      /** The parameters by name, at most five. */
      parameters: Record<string, BedrockParameter>;
      /** `ENABLED` if the agent asks the user before each call. */
      requireConfirmation: RequireConfirmation;
    },
  ];
}

const PARAMETERS_MAX = 5;
const NOTHING_KEPT: ReadonlySet<Keyword> = new Set();

/**
 * Returns the function details of a tool's action group.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_Function.html
 * @returns undefined if the tool has more fields than Bedrock allows for a function. The action group then uses the
 * OpenAPI schema
 * @throws AuthoringError if Bedrock cannot express the contract
 */
export function bedrockFunctions(tool: Tool): BedrockFunctions | undefined {
  const { properties, required = [] } = inputSchema(tool);
  const fields = Object.entries(properties);
  if (fields.length > PARAMETERS_MAX) return undefined;
  assertBedrockNames(tool, Object.keys(properties));
  const parameters = fields.map(([key, node]) => {
    const parameter = parameterOf(node, `The ${key}.`, `The input of ${tool.name}.${key}`);
    return [key, { ...parameter, required: required.includes(key) }];
  });
  const limit = { maximum: BEDROCK_DESCRIPTION_LENGTH_MAX.operation, place: tool.name };
  return {
    functions: [
      {
        name: tool.name,
        description: fitDescription(tool.description, '', limit),
        parameters: Object.fromEntries(parameters),
        requireConfirmation: requireConfirmation(tool),
      },
    ],
  };
}

function parameterOf(
  schema: SchemaNode,
  fallback: string,
  place: string,
): Omit<BedrockParameter, 'required'> {
  const { node, nullable } = splitNull(schema);
  const { description = fallback } = node;
  const { type, parts } = singleType(node, place);
  const addition = additionalSentence(description, [
    // A parameter in function details cannot be an object:
    // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_ParameterDetail.html
    ...(type === 'object' ? ['the JSON text of an object'] : []),
    ...parts,
    ...contentInWords(node),
    ...droppedConstraints(node, NOTHING_KEPT),
    ...nullInWords(nullable, description),
  ]);
  const limit = { maximum: BEDROCK_DESCRIPTION_LENGTH_MAX.field, place };
  return {
    type: type === 'object' ? 'string' : type,
    description: fitDescription(description, addition, limit),
  };
}
