import { beforeAll, describe, expect, test } from 'vitest';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { startTestBed, type TestBed } from './test-bed.ts';

/** What makes an input wrong, by what it is: the fields that are changed, and the paths that have to be named. */
export type InvalidInputs = Readonly<
  Record<string, readonly [changed: Record<string, unknown>, paths: readonly string[]]>
>;

/**
 * Tests that inputs are refused at the fields that are wrong, and that nothing reaches the provider.
 * @param valid an input that the tool takes
 */
export function testInvalidInputs(tool: Tool, valid: Record<string, unknown>, invalid: InvalidInputs): void {
  describe(`${tool.name} takes no input with`, () => {
    let bed: TestBed;
    beforeAll(async () => {
      bed = await startTestBed();
      return () => bed.close();
    });

    test.each(Object.entries(invalid))('%s', async (_, [changed, paths]) => {
      bed.reset();

      const { status, error } = await bed.environment(tool)({ input: { ...valid, ...changed } });

      expect(status).toBe(400);
      expect(error).toMatchObject({ code: 'invalid_input', retryable: false });
      expect(error?.details.map(({ path }) => path)).toEqual(paths);
      expect(bed.provider.requests).toEqual([]);
    });
  });
}
