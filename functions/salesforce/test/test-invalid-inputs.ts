import type { Tool } from '../../../lib/contract/define-tool.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';

/**
 * Tests that inputs are refused that are wrong in one place.
 * @param valid an input that the tool takes
 * @param changes what is changed of it, by the path that is told
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

/** Texts that are no API name of anything, and no path over parents. */
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
