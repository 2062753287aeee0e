import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { acceptsJson, headerTraceparent, parseTraceparent } from '../../../lib/surfaces/headers.ts';
import { readThing } from '../../support/acme.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

describe('traceparent', () => {
  // https://www.w3.org/TR/trace-context/#examples-of-http-traceparent-headers
  const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
  const TRACEPARENT = `00-${TRACE_ID}-00f067aa0ba902b7-01`;

  let bed: TestBed;
  beforeAll(async () => {
    bed = await startTestBed();
  });
  afterAll(() => bed.close());
  beforeEach(() => {
    bed.reset();
    bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
  });

  test('is read, ignoring upper and lower case in its name', () => {
    expect(headerTraceparent({ 'Trace-Parent': 'x', TraceParent: TRACEPARENT })).toEqual({
      header: TRACEPARENT,
      traceId: TRACE_ID,
    });
    expect(headerTraceparent(undefined)).toBeUndefined();
  });

  test.each([
    undefined,
    5,
    '',
    `${TRACEPARENT},${TRACEPARENT}`,
    `${TRACEPARENT}\n`,
    TRACEPARENT.toUpperCase(),
    TRACEPARENT.replace('00-', '01-'),
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${TRACE_ID}-0000000000000000-01`,
    `${TRACEPARENT}-more`,
  ])('%j is not valid', (value) => {
    expect(parseTraceparent(value)).toBeUndefined();
  });

  test('is logged and sent to the provider', async () => {
    const event = httpEvent({ body: { thing: 't1' }, headers: { traceparent: TRACEPARENT } });

    await bed.handler(readThing)(event, lambdaContext());

    expect(bed.logged()).toContain(`"trace_id":"${TRACE_ID}"`);
    expect(bed.provider.requests[0]?.headers.traceparent).toBe(TRACEPARENT);
  });

  test('is not used if it is invalid', async () => {
    const event = httpEvent({ body: { thing: 't1' }, headers: { traceparent: 'user_ada' } });

    await bed.handler(readThing)(event, lambdaContext());

    expect(bed.logged()).not.toMatch(/trace_id|user_ada/);
    expect(bed.provider.requests[0]?.headers).not.toHaveProperty('traceparent');
  });
});

describe('acceptsJson', () => {
  test.each([
    null,
    '',
    '*/*',
    'application/json',
    'application/*',
    'APPLICATION/JSON; charset=utf-8',
    'application/json, text/event-stream',
    'text/event-stream, */*;q=0.1',
    'text/html, application/json;q=0.9',
    'application/json;q=1, */*;q=0',
  ])('returns true for %j', (accept) => {
    expect(acceptsJson(accept)).toBe(true);
  });

  test.each([
    'text/event-stream',
    'text/html, text/plain',
    'application/json;q=0',
    'application/json;q=0, */*',
    'application/*;q=0.0, */*',
    'application/json;q=high',
    'application/jsonp',
    ',',
  ])('returns false for %j', (accept) => {
    expect(acceptsJson(accept)).toBe(false);
  });
});
