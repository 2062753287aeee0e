import { encode } from 'gpt-tokenizer';
import { expect, test } from 'vitest';
import { mcpTool } from '../../lib/schemas/mcp.ts';
import { projectTools } from '../support/project-tools.ts';

// The mean number of tokens that an agent reads for one tool before its first call. About 20 of these tokens are the
// example of the input.
const TOKENS_MAX = 200;
// The limit if a client also gives the title and the output schema to the model. The names and types of the output's
// fields have about 118 tokens. The texts that explain fields have about 25.
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
