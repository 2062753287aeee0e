import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { discoverTools } from '../../../lib/deploy/discover-tools.ts';
import { agentCoreTool } from '../../../lib/schemas/agentcore.ts';
import { anthropicTool } from '../../../lib/schemas/anthropic.ts';
import { bedrockFunctions } from '../../../lib/schemas/bedrock-functions.ts';
import { bedrockGroup } from '../../../lib/schemas/bedrock-group.ts';
import { bedrockOpenApi } from '../../../lib/schemas/bedrock-openapi.ts';
import { converseTool } from '../../../lib/schemas/converse.ts';
import { derivedName } from '../../../lib/schemas/derived-names.ts';
import { mcpTool } from '../../../lib/schemas/mcp.ts';
import { openAiTool } from '../../../lib/schemas/openai.ts';
import { worstCases } from '../../support/schema-tools.ts';

// The limits of AWS and of the model providers, for the project's tools and for the largest tools that a contract
// allows.
const PROJECT = join(import.meta.dirname, '../../..');
const shipped = (await discoverTools(PROJECT)).map(({ tool }) => tool);

const BEDROCK_NAME = /^([0-9a-zA-Z][_-]?){1,100}$/;
const TARGET_NAME = /^([0-9a-zA-Z]-?){1,100}$/;
const MODEL_TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;

// The schemas are strict, because AWS rejects all other keywords.
const AgentCoreSchema = z.strictObject({
  type: z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object']),
  description: z.string().min(1),
  get properties() {
    return z.record(z.string(), AgentCoreSchema).optional();
  },
  required: z.array(z.string()).optional(),
  get items() {
    return AgentCoreSchema.optional();
  },
});
const BedrockSchema = z.strictObject({
  type: z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object']),
  description: z.string().min(1).max(500),
  nullable: z.literal(true).optional(),
  get properties() {
    return z.record(z.string().regex(BEDROCK_NAME), BedrockSchema).optional();
  },
  required: z.array(z.string()).optional(),
  get items() {
    return BedrockSchema.optional();
  },
});
const bedrockContent = z.strictObject({ 'application/json': z.strictObject({ schema: BedrockSchema }) });
const BedrockOperation = z.strictObject({
  operationId: z.string().regex(BEDROCK_NAME),
  summary: z.string(),
  description: z.string().min(1).max(1_200),
  'x-requireConfirmation': z.enum(['ENABLED', 'DISABLED']),
  requestBody: z.strictObject({ required: z.boolean(), content: bedrockContent }).optional(),
  responses: z.strictObject({ 200: z.strictObject({ description: z.string(), content: bedrockContent }) }),
});
const BedrockOpenApi = z.strictObject({
  openapi: z.literal('3.0.0'),
  info: z.strictObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string().startsWith('/tools/'), z.strictObject({ post: BedrockOperation })),
});
const BedrockFunctions = z.strictObject({
  functions: z.tuple([
    z.strictObject({
      name: z.string().regex(BEDROCK_NAME),
      description: z.string().min(1).max(1_200),
      requireConfirmation: z.enum(['ENABLED', 'DISABLED']),
      parameters: z
        .record(
          z.string().regex(BEDROCK_NAME),
          z.strictObject({
            type: z.enum(['string', 'number', 'integer', 'boolean', 'array']),
            description: z.string().min(1).max(500),
            required: z.boolean(),
          }),
        )
        .refine((parameters) => Object.keys(parameters).length <= 5),
    }),
  ]),
});
// https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
const StrictSchema: z.ZodType = z
  .strictObject({
    type: z.unknown(),
    description: z.string(),
    enum: z.array(z.unknown()),
    const: z.unknown(),
    format: z.enum(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid']),
    pattern: z.string(),
    minimum: z.number(),
    exclusiveMinimum: z.number(),
    maximum: z.number(),
    exclusiveMaximum: z.number(),
    multipleOf: z.number(),
    minItems: z.number(),
    maxItems: z.number(),
    get items(): z.ZodType {
      return StrictSchema;
    },
    get properties(): z.ZodRecord<z.ZodString, z.ZodType> {
      return z.record(z.string(), StrictSchema);
    },
    required: z.array(z.string()),
    additionalProperties: z.literal(false),
    get anyOf(): z.ZodArray {
      return z.array(StrictSchema);
    },
  })
  .partial()
  .refine(({ properties, required, additionalProperties }) =>
    properties
      ? additionalProperties === false && Object.keys(properties).join() === required?.join()
      : required === undefined,
  );

const cases = [...shipped, ...worstCases].map((tool, index) => ({ title: `${tool.name} (${index})`, tool }));

describe.each(cases)('$title', ({ tool }) => {
  const short = derivedName(tool.name);

  test.each([
    ['the name of the target', short, TARGET_NAME, 16],
    ['the name of the group', bedrockGroup(tool).actionGroupName, BEDROCK_NAME, 16],
    ['the name of the tool behind the gateway', `${short}___${tool.name}`, MODEL_TOOL_NAME, 64],
    ['the name of the operation of the agent', `POST__${short}__${tool.name}`, MODEL_TOOL_NAME, 64],
    ['the name for models', tool.name, MODEL_TOOL_NAME, 64],
    ['the description of the group', bedrockGroup(tool).description, /./, 200],
    ['the description for OpenAI', openAiTool(tool).function.description, /./, 1_024],
  ])('%s is within its limit', (_, value, form, maximum) => {
    expect(value).toMatch(form);
    expect(value.length).toBeLessThanOrEqual(maximum);
  });

  test('the names do not contain two underscores in a row', () => {
    expect(`${short} ${tool.name}`).not.toContain('__');
  });

  test('AgentCore accepts the schemas', () => {
    const { inputSchema, outputSchema, ...rest } = agentCoreTool(tool);

    expect(AgentCoreSchema.parse(inputSchema).type).toBe('object');
    expect(AgentCoreSchema.parse(outputSchema).type).toBe('object');
    expect(Object.keys(rest)).toEqual(['name', 'description']);
  });

  test('Bedrock accepts the schemas with OpenAPI and with function details', () => {
    expect(BedrockOpenApi.safeParse(JSON.parse(JSON.stringify(bedrockOpenApi(tool)))).error).toBeUndefined();
    const functions = bedrockFunctions(tool);
    expect(functions && BedrockFunctions.safeParse(functions).error).toBeUndefined();
    expect(functions === undefined).toBe(Object.keys(tool.input.shape).length > 5);
  });

  test('OpenAI accepts the schema in strict mode', () => {
    const { strict, parameters } = openAiTool(tool).function;

    expect(strict).toBe(true);
    expect(StrictSchema.safeParse(parameters).error).toBeUndefined();
  });

  test('the schemas for other targets allow no undeclared fields, and have no $schema', () => {
    for (const schema of [
      mcpTool(tool).inputSchema,
      anthropicTool(tool).input_schema,
      converseTool(tool).toolSpec.inputSchema.json,
    ]) {
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(JSON.stringify(schema)).not.toContain('$schema');
    }
    expect(mcpTool(tool).outputSchema).toMatchObject({ type: 'object' });
    expect(JSON.stringify(mcpTool(tool).outputSchema)).not.toMatch(/\$schema|"additionalProperties":false/);
  });
});

test('all derived names are different', () => {
  const names = new Set([...shipped, ...worstCases].map(({ name }) => name));

  expect(new Set([...names].map(derivedName)).size).toBe(names.size);
});
