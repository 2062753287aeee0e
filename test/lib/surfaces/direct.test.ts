import { describe, expect, test } from 'vitest';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { directSurface } from '../../../lib/surfaces/direct.ts';
import { readThing } from '../../support/acme.ts';

const context = { awsRequestId: 'request-1' };
const event = { tool: 'acme_read_thing', identifier: 'user_1', input: { thing: 't1' } };

function receive(rawEvent: unknown) {
  const call = directSurface.receive(rawEvent, context, readThing);
  if (!call) throw new Error('The surface did not recognise the event.');
  return call;
}

describe('the direct surface', () => {
  test.each<[string, unknown]>([
    ['the three keys', event],
    ['an idempotency key', { ...event, idempotency_key: 'key-1' }],
    ['another tool', { ...event, tool: 'acme_create_thing' }],
    ['an invalid identifier', { ...event, identifier: null }],
    ['an invalid input', { ...event, input: null }],
  ])('recognises an event with %s', (_, rawEvent) => {
    expect(directSurface.receive(rawEvent, context, readThing)).toBeDefined();
  });

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'acme_read_thing'],
    ['an array', [event]],
    ['no tool', { identifier: 'user_1', input: {} }],
    ['no identifier', { tool: 'acme_read_thing', input: {} }],
    ['no input', { tool: 'acme_read_thing', identifier: 'user_1' }],
    ['an undeclared key', { ...event, connection: 'acme' }],
    ['an undeclared key with null', { ...event, user: null }],
    ['a key with a capital letter', { ...event, idempotencyKey: 'key-1' }],
  ])('ignores %s', (_, rawEvent) => {
    expect(directSurface.receive(rawEvent, context, readThing)).toBeUndefined();
  });
});

describe('a direct call', () => {
  test('has the caller, the input and the key of the event, unchanged', () => {
    const call = receive({ ...event, idempotency_key: 'key-1' });

    expect(call.caller()).toEqual({ identifier: 'user_1' });
    expect(call.input()).toEqual({ thing: 't1' });
    expect(call.idempotencyKey?.()).toBe('key-1');
    expect(receive(event).idempotencyKey?.()).toBeUndefined();
  });

  test.each([['acme_create_thing'], ['x___acme_read_thing'], [''], [null], [7]])(
    'is rejected for the tool %j',
    (tool) => {
      expect(() => receive({ ...event, tool }).caller()).toThrow(
        expect.objectContaining({
          code: 'internal_error',
          message: expect.stringContaining('acme_read_thing'),
        }),
      );
    },
  );

  test.each([[''], ['a b'], ['schlüssel'], ['k'.repeat(257)], [7], [null], [{}]])(
    'is rejected with the idempotency key %j',
    (key) => {
      expect(() => receive({ ...event, idempotency_key: key }).idempotencyKey?.()).toThrow(
        expect.objectContaining({
          code: 'invalid_input',
          details: [{ path: 'idempotency_key', issue: expect.any(String) }],
        }),
      );
    },
  );

  test('returns the output or the error object', () => {
    const error = new ToolError('not_found');

    expect(receive(event).answer({ id: 't1' })).toEqual({ id: 't1' });
    expect(receive(event).answerError(error)).toEqual(error.toBody('request-1'));
  });
});
