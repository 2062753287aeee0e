import { encode } from 'gpt-tokenizer';
import { expect, test } from 'vitest';
import { mcpTool } from '../../lib/schemas/mcp.ts';
import { projectTools } from '../support/project-tools.ts';

// The limit for the average tool: the number of tokens that an agent reads before its first call. The example input
// uses about 20 of these tokens.
const TOKENS_MAX = 200;
// The limit if a client also gives the title and the output schema to the model. The names and types of the output's
// fields use about 118 tokens, and their descriptions use about 25.
const WITH_OUTPUT_TOKENS_MAX = 355;

const average = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length;
const tokensOf = (value: object) => encode(JSON.stringify(value)).length;

test('the contracts of all tools have on average at most the allowed number of tokens', () => {
  const definitions = projectTools.map(mcpTool);
  const inputs = definitions.map(({ name, description, annotations, inputSchema }) =>
    tokensOf({ name, description, annotations, inputSchema }),
  );

  expect(average(inputs)).toBeLessThan(TOKENS_MAX);
  expect(average(definitions.map(tokensOf))).toBeLessThan(WITH_OUTPUT_TOKENS_MAX);
});
