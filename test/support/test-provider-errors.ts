import { beforeAll, describe, expect, test } from 'vitest';
import type { Tool } from '../../lib/contract/define-tool.ts';
import type { ErrorBody } from '../../lib/errors/tool-error.ts';
import type { ScriptedAnswer } from '../../local/testing/scripted-provider.ts';
import { startTestBed, type TestBed } from './test-bed.ts';

/** An error of a provider, and the expected error of the tool. */
export interface ProviderErrorCase {
  /** The response, as in the provider's documentation. */
  answer: ScriptedAnswer;
  error: Partial<ErrorBody['error']>;
}

/**
 * Tests that a tool returns the expected error for each error of a provider.
 * @param input a valid input
 * @param providerErrors the errors, by name
 */
export function testProviderErrors(
  tool: Tool,
  input: Record<string, unknown>,
  providerErrors: Readonly<Record<string, ProviderErrorCase>>,
): void {
  describe(`${tool.name} with an error of the provider`, () => {
    let bed: TestBed;
    beforeAll(async () => {
      bed = await startTestBed();
      return () => bed.close();
    });

    test.each(Object.entries(providerErrors))('reports %s', async (_, { answer, error: expected }) => {
      bed.reset();
      bed.provider.script = () => answer;

      // The remaining time is so short that a call does not retry after a long wait.
      const { error } = await bed.environment(tool)({ input, remainingMs: 3_000 });

      expect(error).toMatchObject(expected);
      expect(bed.provider.requests.length).toBeGreaterThan(0);
    });
  });
}
