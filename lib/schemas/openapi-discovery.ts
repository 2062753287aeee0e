import { errorResponseReferences } from './openapi-errors.ts';
import { DEFINITION_FORMATS } from './tool-definitions.ts';

/**
 * The error statuses of the two operations that list tools. These operations call no provider, so the other statuses
 * cannot occur.
 */
const STATUSES = ['400', '401', '403', '404', '429', '500', '503'];

/** The query parameters with which a client selects tools. Both operations have them. */
const SELECTION = [
  {
    name: 'connectors',
    in: 'query',
    description: 'Only the tools of these connectors, with commas between them.',
    schema: { type: 'string' },
  },
  {
    name: 'tools',
    in: 'query',
    description: 'Only the tools with these names, with commas between them.',
    schema: { type: 'string' },
  },
  {
    name: 'readonly',
    in: 'query',
    description: 'With 1, only tools that read.',
    schema: { type: 'string', enum: ['1', '0'], default: '0' },
  },
];

export const DISCOVERY_TAG = { name: 'discovery', description: 'What there is to call.' };

/** The operations that list the tools. */
export function discoveryPaths() {
  return {
    '/tools': {
      get: {
        operationId: 'list_tool_definitions',
        tags: [DISCOVERY_TAG.name],
        summary: 'List tool definitions',
        description:
          'The definitions of the tools that the token may call, in the form in which an agent hands them to a model.',
        parameters: [
          {
            name: 'format',
            in: 'query',
            description: `The format, ${DEFINITION_FORMATS[0]} by default.`,
            schema: { type: 'string', enum: DEFINITION_FORMATS, default: DEFINITION_FORMATS[0] },
          },
          ...SELECTION,
        ],
        responses: {
          200: {
            description: 'The definitions.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    tools: {
                      type: 'array',
                      items: { type: 'object' },
                      description: 'One for each tool, in the requested format.',
                    },
                  },
                  required: ['tools'],
                },
              },
            },
          },
          ...errorResponseReferences(STATUSES),
        },
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'get_openapi_document',
        tags: [DISCOVERY_TAG.name],
        summary: 'Get OpenAPI document',
        description: 'This document, with the tools that the token may call.',
        parameters: SELECTION,
        responses: {
          200: {
            description: 'The document.',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
          ...errorResponseReferences(STATUSES),
        },
      },
    },
  };
}
