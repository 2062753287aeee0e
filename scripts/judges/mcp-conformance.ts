import { join } from 'node:path';
import type { Judge } from './judge.ts';
import { runProgram } from './run-program.ts';

const TEST = 'test/lib/mcp/conformance.test.ts';
const OUTPUT_CHARACTERS = 4_000;

/**
 * Checks the MCP function with the official conformance suite. The suite itself compares the failures with our list of
 * expected failures: https://github.com/modelcontextprotocol/conformance
 */
export const judgeMcp: Judge = async ({ project }) => {
  const vitest = join(project, 'node_modules/.bin/vitest');
  const { code, stdout, stderr } = await runProgram(vitest, ['run', TEST], { cwd: project });
  return {
    judged: 'two revisions, the official suite',
    findings: code === 0 ? [] : [{ finding: TEST, detail: `${stdout}${stderr}`.slice(-OUTPUT_CHARACTERS) }],
  };
};
