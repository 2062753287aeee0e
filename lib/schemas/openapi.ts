import type { Tool } from '../contract/define-tool.ts';
import { errorSchema } from './error-schema.ts';
import { DISCOVERY_TAG, discoveryPaths } from './openapi-discovery.ts';
import { errorResponses } from './openapi-errors.ts';
import { toolPath, toolSchemas } from './openapi-operation.ts';

/** The document's general information. */
interface OpenApiOptions {
  /** The version of the API. */
  version: string;
  /** The URLs of the API, such as `https://a1b2c3.execute-api.eu-west-1.amazonaws.com`. */
  servers: readonly string[];
}

const IDENTIFIER = {
  name: 'x-identifier',
  in: 'header',
  description:
    'The identifier of the user for whom the tool runs. A token that has the scope for delegation must name it; with any other token it can only repeat the own identifier.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,256}$' },
};

const IDEMPOTENCY_KEY = {
  name: 'idempotency-key',
  in: 'header',
  description:
    'Identifies a call and its retries, such as a UUID. For a day, a call of this user with this key returns the first answer and writes nothing again.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,256}$' },
};

const IDEMPOTENT_REPLAYED = {
  description: 'Present if the answer comes from an earlier call with this key.',
  schema: { type: 'string', enum: ['true'] },
};

const HEADERS = {
  RequestId: {
    description: "The ID of the call in the log. API Gateway's own responses have no such header.",
    schema: { type: 'string' },
  },
  RetryAfter: {
    description: 'How many seconds to wait before a retry, if that is known.',
    schema: { type: 'integer', minimum: 0 },
  },
};

const GATEWAY_MESSAGE = {
  type: 'object',
  description: "API Gateway's own response.",
  properties: { message: { type: 'string', description: 'The reason, for people.' } },
  required: ['message'],
};

const SECURITY_SCHEMES = {
  jwt: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of the user, or of a machine client that may act for users.',
  },
};

/**
 * Returns the OpenAPI 3.1 document of the HTTP API. It has an operation for each tool, and the operations that list
 * the tools.
 * https://spec.openapis.org/oas/v3.1.1.html
 * @throws AuthoringError if a contract contains something that JSON Schema cannot express
 */
export function openApiDocument(tools: readonly Tool[], { version, servers }: OpenApiOptions) {
  // Only writes use some of the components. Without a write we leave these components out, because linters report
  // unused components.
  const writes = tools.some(({ effect }) => effect !== 'read');
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tools for AI agents',
      version,
      description:
        'Each operation is a tool that acts for a user at a provider, through the connection of that user. An input is a JSON object, and so is an output; an error says in its code what went wrong and in its message what to do next.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: servers.map((url) => ({ url })),
    tags: [...tagsOf(tools), DISCOVERY_TAG],
    security: [{ jwt: [] }],
    paths: { ...merged(tools.map(toolPath)), ...discoveryPaths() },
    components: {
      schemas: {
        ...merged(tools.map(toolSchemas)),
        Error: errorSchema(),
        GatewayMessage: GATEWAY_MESSAGE,
      },
      responses: errorResponses(),
      parameters: { Identifier: IDENTIFIER, ...(writes && { IdempotencyKey: IDEMPOTENCY_KEY }) },
      headers: { ...HEADERS, ...(writes && { IdempotentReplayed: IDEMPOTENT_REPLAYED }) },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function tagsOf(tools: readonly Tool[]) {
  const connectors = new Set(tools.map(({ connector }) => connector.name));
  return [...connectors].sort().map((name) => ({ name, description: `The tools of the connector ${name}.` }));
}

function merged<Value>(records: readonly Record<string, Value>[]): Record<string, Value> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
}
