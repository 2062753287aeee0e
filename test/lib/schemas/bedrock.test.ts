import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { AuthoringError } from '../../../lib/errors/authoring-error.ts';
import { bedrockFunctions } from '../../../lib/schemas/bedrock-functions.ts';
import { bedrockGroup } from '../../../lib/schemas/bedrock-group.ts';
import { bedrockOpenApi } from '../../../lib/schemas/bedrock-openapi.ts';
import { everyField, toolWith, toolWithFields } from '../../support/schema-tools.ts';

function operationOf(tool: Parameters<typeof bedrockOpenApi>[0]) {
  const operation = bedrockOpenApi(tool).paths[`/tools/${tool.name}`]?.post;
  if (!operation) throw new Error(`no operation for ${tool.name}`);
  return operation;
}

describe('bedrockOpenApi', () => {
  test('has one operation, whose path is the path in the events of Bedrock', () => {
    const { openapi, paths } = bedrockOpenApi(everyField);

    expect(openapi).toBe('3.0.0');
    expect(Object.keys(paths)).toEqual(['/tools/acme_do_thing']);
    expect(operationOf(everyField)).toMatchObject({
      operationId: 'acme_do_thing',
      description: 'A tool of the tests.',
      'x-requireConfirmation': 'DISABLED',
      requestBody: { required: true },
    });
  });

  test('describes constraints in words if OpenAPI 3.0 on Bedrock cannot express them', () => {
    const { requestBody } = operationOf(everyField);

    expect(requestBody?.content['application/json'].schema.properties).toMatchObject({
      state: { type: 'string', description: 'The state. One of: open, "in progress".' },
      parent: { type: 'string', nullable: true, description: 'The parent. At most 9 characters; or null.' },
      size: { type: 'integer', description: 'The size: 1 to 100. 10 by default.' },
    });
  });

  test('has no body if the tool has no fields, and an optional body if all fields are optional', () => {
    expect(operationOf(toolWith({}))).not.toHaveProperty('requestBody');
    expect(operationOf(toolWith({ field: z.string().optional() })).requestBody?.required).toBe(false);
  });

  test("asks for confirmation with Bedrock's own keyword", () => {
    const operation = operationOf(toolWith({}, { effect: 'delete' }));

    expect(operation).toMatchObject({
      'x-requireConfirmation': 'ENABLED',
      description: 'A tool of the tests.',
    });
  });
});

describe('bedrockFunctions', () => {
  test('has a parameter for each field, and describes other constraints in words', () => {
    const tool = toolWith({
      names: z.array(z.string().max(5)).max(3).describe('The names.'),
      place: z.object({ city: z.string() }).optional().describe('Where.'),
      state: z.enum(['a', 'b']).nullable().describe('The state.'),
      size: z.int().max(9).default(3).describe('The size.'),
      flag: z.boolean(),
    });

    expect(bedrockFunctions(tool)).toEqual({
      functions: [
        {
          name: 'acme_do_thing',
          description: 'A tool of the tests.',
          requireConfirmation: 'DISABLED',
          parameters: {
            names: {
              type: 'array',
              description: 'The names. Each item a string, at most 5 characters; at most 3 items.',
              required: true,
            },
            place: {
              type: 'string',
              description: 'Where. The JSON text of an object; with the keys city (a string).',
              required: false,
            },
            state: { type: 'string', description: 'The state. One of: a, b; or null.', required: true },
            size: { type: 'integer', description: 'The size. At most 9; 3 by default.', required: false },
            flag: { type: 'boolean', description: 'The flag.', required: true },
          },
        },
      ],
    });
  });

  test('has at most five parameters', () => {
    expect(Object.keys(bedrockFunctions(toolWithFields(5))?.functions[0].parameters ?? {})).toHaveLength(5);
    expect(bedrockFunctions(toolWithFields(6))).toBeUndefined();
  });

  test("asks for confirmation with Bedrock's own field", () => {
    expect(bedrockFunctions(toolWith({}, { confirm: true }))?.functions[0].requireConfirmation).toBe(
      'ENABLED',
    );
  });
});

test('an action group has a derived name, and a description of at most 200 characters', () => {
  const description = `${'A'.repeat(150)}. ${'B'.repeat(150)}.`;

  expect(bedrockGroup(toolWith({}, { description }))).toEqual({
    actionGroupName: expect.stringMatching(/^acme-dt-[0-9a-z]{7}$/),
    description: `${'A'.repeat(150)}.`,
  });
});

describe.each([bedrockOpenApi, bedrockFunctions])('%o', (project) => {
  test('rejects values that are too long for a description', () => {
    const values = Array.from({ length: 100 }, (_, index) => `value_${index}`);

    expect(() => project(toolWith({ field: z.enum(values) }))).toThrow(
      /^The input of acme_do_thing\.field: the constraints in its description take \d+ of at most 500 characters\./,
    );
  });

  test.each(['$filter', 'Custom__c', '_id', 'a'.repeat(101)])('rejects a field with the name %s', (name) => {
    expect(() => project(toolWith({ [name]: z.string() }))).toThrow(AuthoringError);
  });
});
