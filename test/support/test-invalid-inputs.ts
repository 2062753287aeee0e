import { beforeAll, describe, expect, test } from 'vitest';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { startTestBed, type TestBed } from './test-bed.ts';

/**
 * Invalid inputs by name. Each consists of the fields to change in a valid input, and the paths that the error must
 * report.
 */
export type InvalidInputs = Readonly<
  Record<string, readonly [changed: Record<string, unknown>, paths: readonly string[]]>
>;

/**
 * Tests that a tool rejects invalid inputs, that its error reports the paths of the fields, and that it sends no
 * request to the provider.
 * @param valid a valid input
 */
export function testInvalidInputs(tool: Tool, valid: Record<string, unknown>, invalid: InvalidInputs): void {
  describe(`${tool.name} with an invalid input`, () => {
    let bed: TestBed;
    beforeAll(async () => {
      bed = await startTestBed();
      return () => bed.close();
    });

    test.each(Object.entries(invalid))('rejects %s', async (_, [changed, paths]) => {
      bed.reset();

      const { status, error } = await bed.environment(tool)({ input: { ...valid, ...changed } });

      expect(status).toBe(400);
      expect(error).toMatchObject({ code: 'invalid_input', retryable: false });
      expect(error?.details.map(({ path }) => path)).toEqual(paths);
      expect(bed.provider.requests).toEqual([]);
    });
  });
}
