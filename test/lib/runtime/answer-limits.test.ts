import { describe, expect, test } from 'vitest';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { answerLimits, fitError } from '../../../lib/runtime/answer-limits.ts';
import type { SurfaceCall } from '../../../lib/surfaces/surface.ts';
import { jsonBytes } from '../../../lib/text/json.ts';

/** A surface that puts the body into its response as text. */
function surfaceWith(limits: Pick<SurfaceCall, 'answerBytesMax'>): SurfaceCall {
  return {
    ...limits,
    caller: () => ({ identifier: 'user_1' }),
    input: () => ({}),
    answer: (output) => ({ body: JSON.stringify(output) }),
    answerError: (error) => ({ body: JSON.stringify(error.toBody('request-1')) }),
  };
}

const limitsOf = (surface: SurfaceCall, budgetBytes: number) =>
  answerLimits({ surface, requestId: 'request-1' }, budgetBytes);
// The body has 16 bytes. As a text in the response, it has 35 bytes.
const output = { text: '"a"' };

describe('answerLimits', () => {
  test.each([
    { budgetBytes: 16, answerBytesMax: 35, fits: true },
    { budgetBytes: 15, answerBytesMax: 35, fits: false },
    { budgetBytes: 16, answerBytesMax: 34, fits: false },
  ])(
    'with limits of $budgetBytes bytes for the output and $answerBytesMax for the response, fits is $fits',
    ({ budgetBytes, answerBytesMax, fits }) => {
      expect(limitsOf(surfaceWith({ answerBytesMax }), budgetBytes).fitsOutput(output)).toBe(fits);
    },
  );

  test('consist only of the budget if the surface has no limit', () => {
    const { fitsOutput } = limitsOf(surfaceWith({}), 16);

    expect(fitsOutput(output)).toBe(true);
    expect(fitsOutput({ text: '"ab"' })).toBe(false);
  });

  test('leave as many details in an error as fit into the whole response', () => {
    const details = Array.from({ length: 20 }, (_, index) => ({
      path: `field_${index}`,
      issue: '"'.repeat(100),
    }));
    const surface = surfaceWith({ answerBytesMax: 3_000 });

    const error = fitError(new ToolError('invalid_input', { details }), limitsOf(surface, 24_000).fitsError);

    expect(error.details.length).toBeGreaterThan(0);
    expect(error.details.length).toBeLessThan(20);
    expect(jsonBytes(surface.answerError(error))).toBeLessThanOrEqual(3_000);
  });
});
