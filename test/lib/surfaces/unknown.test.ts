import { describe, expect, test } from 'vitest';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { httpSurface } from '../../../lib/surfaces/http.ts';
import { inProcessSurface } from '../../../lib/surfaces/in-process.ts';
import { unknownCall } from '../../../lib/surfaces/unknown.ts';

const call = unknownCall([httpSurface, inProcessSurface], { awsRequestId: 'request-1' });

describe('unknownCall', () => {
  test.each([
    ['caller', () => call.caller()],
    ['input', () => call.input()],
  ])('has no %s, and names the surfaces that are supported', (_, ask) => {
    expect(ask).toThrow(
      expect.objectContaining({
        code: 'internal_error',
        message: expect.stringMatching(/http, in-process/),
      }),
    );
  });

  test('is answered with the error object', () => {
    // Prepare
    const error = new ToolError('internal_error');

    // Assess
    expect(call.answerError(error)).toEqual(error.toBody('request-1'));
  });
});
