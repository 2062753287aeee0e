import type { Tool } from '../../../lib/contract/define-tool.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';

const NO_REPOSITORIES = [
  'octocat',
  'octocat/',
  'octocat/a/b',
  'octocat/..',
  '../octocat',
  'octocat/a b',
  'octocat/a org:acme',
  'octocat/a"',
  'octocat/a?per=day',
  'octocat/a\r\nx: y',
  `octocat/${'a'.repeat(1_000_000)}`,
];

/**
 * Tests that a tool rejects invalid inputs, reports their paths, and sends no request.
 * @param good a valid input
 * @param bad invalid values for each key
 */
export function testBadInputs(
  tool: Tool,
  good: Record<string, unknown>,
  bad: Readonly<Record<string, readonly unknown[]>>,
): void {
  const all: Record<string, readonly unknown[]> = {
    repository: NO_REPOSITORIES,
    identifier: ['user_grace'],
    ...bad,
  };
  const cases = Object.entries(all).flatMap(([key, values]) =>
    values.map(
      (value) => [`${key} ${JSON.stringify(value)?.slice(0, 40)}`, [{ [key]: value }, [key]]] as const,
    ),
  );
  testInvalidInputs(tool, good, Object.fromEntries(cases));
}
