import type { Tool } from '../../../lib/contract/define-tool.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';

/**
 * Tests that a tool rejects inputs with one invalid value.
 * @param valid a valid input
 * @param changes the invalid values, each with the path that the error reports
 */
export function testInvalidChanges(
  tool: Tool,
  valid: Record<string, unknown>,
  changes: readonly (readonly [path: string, change: Record<string, unknown>])[],
): void {
  const invalid = changes.map(
    ([path, change]) => [JSON.stringify(change).slice(0, 80), [change, [path]]] as const,
  );
  testInvalidInputs(tool, valid, Object.fromEntries(invalid));
}

/** Texts that are neither an API name nor a path to a parent's field. */
export const badNames = [
  '',
  '1st',
  'Na me',
  'Owner..Name',
  '.Name',
  "Name'",
  'Name,Id',
  'Näme',
  '../User',
  'a'.repeat(81),
];
