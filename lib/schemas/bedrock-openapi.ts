import type { Tool } from '../contract/define-tool.ts';
import { assertBedrockNames, BEDROCK_DESCRIPTION_LENGTH_MAX, requireConfirmation } from './bedrock-group.ts';
import { inputSchema, type ObjectSchema, outputSchema } from './json-schema.ts';
import { type PlainSchema, plainSchema } from './plain-schema.ts';
import { fitDescription, toolTitle } from './tool-description.ts';

const API_VERSION = '1.0.0';

/**
 * Returns the OpenAPI 3.0.0 schema of a tool's action group, for `apiSchema.payload`.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/agents-api-schema.html
 * @throws AuthoringError if Bedrock cannot express the contract
 */
export function bedrockOpenApi(tool: Tool) {
  const input = inputSchema(tool);
  assertBedrockNames(tool, Object.keys(input.properties));
  const description = fitDescription(tool.description, '', {
    maximum: BEDROCK_DESCRIPTION_LENGTH_MAX.operation,
    place: tool.name,
  });
  const operation = {
    operationId: tool.name,
    summary: toolTitle(tool),
    description,
    'x-requireConfirmation': requireConfirmation(tool),
    ...requestBodyOf(input, tool),
    responses: {
      200: {
        description: 'The answer of the tool.',
        content: json(plain(outputSchema(tool), 'The answer.', `The output of ${tool.name}`)),
      },
    },
  };
  return {
    openapi: '3.0.0',
    info: { title: toolTitle(tool), version: API_VERSION },
    paths: { [`/tools/${tool.name}`]: { post: operation } },
  };
}

/**
 * Returns the request body. A tool without input fields gets no body, because an agent would ask the user to fill it
 * in.
 */
function requestBodyOf(input: ObjectSchema, tool: Tool) {
  if (Object.keys(input.properties).length === 0) return {};
  const schema = plain(input, 'The input.', `The input of ${tool.name}`);
  return { requestBody: { required: schema.required !== undefined, content: json(schema) } };
}

function plain({ examples, ...schema }: ObjectSchema, fallback: string, place: string): PlainSchema {
  const { field: descriptionMaximum } = BEDROCK_DESCRIPTION_LENGTH_MAX;
  return plainSchema(schema, fallback, { place, nullable: true, descriptionMaximum });
}

function json(schema: PlainSchema) {
  return { 'application/json': { schema } };
}
