import { encode } from 'gpt-tokenizer';
import { expect, test } from 'vitest';
import { mcpTool } from '../../lib/schemas/mcp.ts';
import { projectTools } from '../support/project-tools.ts';

// What an agent reads before it does anything.
const TOKENS_OF_CATALOGUE = 8_000;
const TOKENS_OF_TOOL = 200;

test('a model reads all contracts in few tokens', () => {
  const tokens = projectTools.map((tool) => {
    const { name, description, annotations, inputSchema } = mcpTool(tool);
    return encode(JSON.stringify({ name, description, annotations, inputSchema })).length;
  });

  const sum = tokens.reduce((total, count) => total + count, 0);
  expect(sum).toBeLessThan(Math.max(TOKENS_OF_CATALOGUE, projectTools.length * TOKENS_OF_TOOL));
});
