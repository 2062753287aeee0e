import { beforeAll, describe, expect, test } from 'vitest';
import type { Tool } from '../../lib/contract/define-tool.ts';
import type { ErrorBody } from '../../lib/errors/tool-error.ts';
import type { ScriptedAnswer } from '../../local/testing/scripted-provider.ts';
import { startTestBed, type TestBed } from './test-bed.ts';

/** What a provider refuses with, and what of the tool's error that has to make. */
export interface Refusal {
  /** As the provider's documentation has it. */
  answer: ScriptedAnswer;
  error: Partial<ErrorBody['error']>;
}

/**
 * Tests that each refusal of a provider is told with its own code, and nothing of the provider's own words with it.
 * @param input one that the tool takes
 * @param refusals by what they are
 */
export function testRefusals(
  tool: Tool,
  input: Record<string, unknown>,
  refusals: Readonly<Record<string, Refusal>>,
): void {
  describe(`${tool.name} tells`, () => {
    let bed: TestBed;
    beforeAll(async () => {
      bed = await startTestBed();
      return () => bed.close();
    });

    test.each(Object.entries(refusals))('%s', async (_, { answer, error: expected }) => {
      bed.reset();
      bed.provider.script = () => answer;

      // A wait for the next attempt would be longer than the time of this call.
      const { error } = await bed.environment(tool)({ input, remainingMs: 3_000 });

      expect(error).toMatchObject(expected);
      expect(bed.provider.requests.length).toBeGreaterThan(0);
    });
  });
}
