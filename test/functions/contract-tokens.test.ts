import { encode } from 'gpt-tokenizer';
import { expect, test } from 'vitest';
import { mcpTool } from '../../lib/schemas/mcp.ts';
import { projectTools } from '../support/project-tools.ts';

// The average tokens of a tool that an agent reads before its first call. The example of the input has about 20 of them.
const TOKENS_MAX = 200;
// The limit with titles and output schemas, which some clients give to the model. The names and types of the output's
// fields have about 118 of them, and the texts that explain fields about 25.
const WITH_OUTPUT_TOKENS_MAX = 355;

const average = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length;
const tokensOf = (value: object) => encode(JSON.stringify(value)).length;

test('a model reads all contracts in few tokens', () => {
  const definitions = projectTools.map(mcpTool);
  const inputs = definitions.map(({ name, description, annotations, inputSchema }) =>
    tokensOf({ name, description, annotations, inputSchema }),
  );

  expect(average(inputs)).toBeLessThan(TOKENS_MAX);
  expect(average(definitions.map(tokensOf))).toBeLessThan(WITH_OUTPUT_TOKENS_MAX);
});
