import { describe, expect, test } from 'vitest';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { inProcessSurface } from '../../../lib/surfaces/in-process.ts';
import { readThing } from '../../support/acme.ts';

function receive(rawCall: unknown) {
  const call = inProcessSurface.receive(rawCall, {}, readThing);
  if (!call) throw new Error('The surface did not recognise the call.');
  return call;
}

describe('inProcessSurface', () => {
  test('passes the identifier and the input on unchanged', () => {
    // Act
    const call = receive({ identifier: 'user_1', input: { a: 1 } });

    // Assess
    expect(call.caller()).toEqual({ identifier: 'user_1' });
    expect(call.input()).toEqual({ a: 1 });
  });

  test('treats a missing input as empty', () => {
    expect(receive({ identifier: 'user_1' }).input()).toEqual({});
  });

  test.each([[undefined], [null], ['user_1']])('does not recognise %j', (rawCall) => {
    expect(inProcessSurface.receive(rawCall, {}, readThing)).toBeUndefined();
  });

  test('returns the output of a successful call, and throws the error of a failed call', () => {
    // Prepare
    const call = receive({ identifier: 'user_1' });
    const output = { count: 0 };
    const error = new ToolError('not_found');

    // Assess
    expect(call.answer(output)).toBe(output);
    expect(() => call.answerError(error)).toThrow(error);
  });
});
