import type { Tool } from '../contract/define-tool.ts';
import { inputSchema, type ObjectSchema, outputSchema } from './json-schema.ts';
import { errorResponseReferences } from './openapi-errors.ts';
import { confirmationSentence, toolTitle } from './tool-description.ts';

/** Returns the path of a tool and its operation in the HTTP API. */
export function toolPath(tool: Tool) {
  return {
    [`/tools/${tool.name}`]: {
      post: {
        operationId: tool.name,
        tags: [tool.connector.name],
        summary: toolTitle(tool),
        description: `${tool.description} ${confirmationSentence(tool)}`.trimEnd(),
        parameters: parametersOf(tool),
        requestBody: requestBodyOf(tool),
        responses: { 200: answerOf(tool), ...errorResponseReferences() },
      },
    },
  };
}

function parametersOf({ effect }: Tool) {
  const names = effect === 'read' ? ['Identifier'] : ['Identifier', 'IdempotencyKey'];
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

/** Returns the input schema and the output schema of a tool, as OpenAPI components. */
export function toolSchemas(tool: Tool): Record<string, Omit<ObjectSchema, 'examples'>> {
  // The operation contains the examples, because documentation tools look for them there.
  const { examples: _inputs, ...input } = inputSchema(tool);
  const output = outputSchema(tool);
  return { [inputName(tool)]: input, [outputName(tool)]: output };
}

function inputName({ name }: Tool): string {
  return `${name}.input`;
}

function outputName({ name }: Tool): string {
  return `${name}.output`;
}

function requestBodyOf(tool: Tool) {
  const { required = [] } = inputSchema(tool);
  return {
    description: 'The input; an empty body is an empty object.',
    required: required.length > 0,
    content: json(
      inputName(tool),
      tool.examples.map(({ input }) => input),
    ),
  };
}

function answerOf(tool: Tool) {
  return {
    description: 'The output of the tool.',
    headers: {
      'x-request-id': { $ref: '#/components/headers/RequestId' },
      ...(tool.effect !== 'read' && {
        'idempotent-replayed': { $ref: '#/components/headers/IdempotentReplayed' },
      }),
    },
    content: json(
      outputName(tool),
      tool.examples.map(({ output }) => output),
    ),
  };
}

function json(schemaName: string, examples: readonly Record<string, unknown>[]) {
  const named = examples.map((value, index) => [`example${index + 1}`, { value }]);
  return {
    'application/json': {
      schema: { $ref: `#/components/schemas/${schemaName}` },
      ...(named.length > 0 && { examples: Object.fromEntries(named) }),
    },
  };
}
