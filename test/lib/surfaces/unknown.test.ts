import { describe, expect, test } from 'vitest';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { apiGatewaySurface } from '../../../lib/surfaces/api-gateway.ts';
import { inProcessSurface } from '../../../lib/surfaces/in-process.ts';
import { unknownCall } from '../../../lib/surfaces/unknown.ts';

const callFor = (event: unknown) =>
  unknownCall(event, [apiGatewaySurface, inProcessSurface], { awsRequestId: 'request-1' });
const call = callFor({});

describe('unknownCall', () => {
  test.each([
    ['caller', () => call.caller()],
    ['input', () => call.input()],
  ])('throws an error that lists the surfaces if its %s is read', (_, ask) => {
    expect(ask).toThrow(
      expect.objectContaining({
        code: 'internal_error',
        message: expect.stringMatching(/http, in-process/),
      }),
    );
  });

  test('returns the error object', () => {
    // Prepare
    const error = new ToolError('internal_error');

    // Assess
    expect(call.answerError(error)).toEqual(error.toBody('request-1'));
  });

  test.each([
    ['a queue', { Records: [{ messageId: '1', body: '{}', eventSource: 'aws:sqs' }] }],
    ['EventBridge', { version: '0', source: 'aws.s3', 'detail-type': 'Object Created', detail: {} }],
  ])('fails if the event is from %s, so that the source retries the event', (_, event) => {
    const error = new ToolError('internal_error');

    expect(() => callFor(event).answerError(error)).toThrow(error);
  });

  test.each([
    { Records: 'none' },
    { source: 'aws.s3' },
    { source: 1, 'detail-type': 'Object Created' },
    null,
    'Records',
  ])('returns the error object for the event %j', (event) => {
    const error = new ToolError('internal_error');

    expect(callFor(event).answerError(error)).toEqual(error.toBody('request-1'));
  });
});
