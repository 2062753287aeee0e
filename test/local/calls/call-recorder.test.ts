import { afterEach, expect, test } from 'vitest';
import { CallRecorder } from '../../../local/calls/call-recorder.ts';
import { CallTracer } from '../../../local/calls/call-tracer.ts';
import { readThing } from '../../support/acme.ts';

const tracer = new CallTracer(({ method, path }) => ({ to: 'other', method, target: path }));
afterEach(() => tracer.close());

const functionOf = (handler: (event: unknown) => Promise<unknown>) => ({
  tool: readThing,
  functionName: readThing.name,
  handler,
});
const context = (awsRequestId: string) => ({ awsRequestId });

test('the call recorder stores only the latest calls, up to a number of calls and of bytes', async () => {
  const many = new CallRecorder(tracer);
  const small = many.record(functionOf(async () => ({ done: true })));
  for (let number = 0; number < 250; number += 1) await small.handler({}, Object(context(`call-${number}`)));

  const large = new CallRecorder(tracer);
  const flood = large.record(functionOf(async () => ({ text: 'x'.repeat(6_000_000) })));
  for (let number = 0; number < 5; number += 1) await flood.handler({}, Object(context(`large-${number}`)));

  expect(many.calls).toHaveLength(200);
  expect(many.calls[0]?.id).toBe('call-249');
  expect(many.find('call-49')).toBeUndefined();
  expect(large.calls.map(({ id }) => id)).toEqual(['large-4', 'large-3', 'large-2']);
});

test('the call recorder stores a call whose function throws an error, and throws the error again', async () => {
  const recorder = new CallRecorder(tracer);
  const failing = recorder.record(functionOf(() => Promise.reject(new Error('of the function'))));

  await expect(failing.handler({ some: 'event' }, Object(context('failed')))).rejects.toThrow(
    'of the function',
  );

  expect(recorder.find('failed')).toMatchObject({
    event: { some: 'event' },
    answer: undefined,
    trace: {
      steps: expect.arrayContaining([expect.objectContaining({ name: 'recognise', outcome: 'failed' })]),
    },
  });
});
