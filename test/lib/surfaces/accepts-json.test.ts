import { expect, test } from 'vitest';
import { acceptsJson } from '../../../lib/surfaces/accepts-json.ts';

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
])('%j takes JSON', (accept) => {
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
])('%j does not', (accept) => {
  expect(acceptsJson(accept)).toBe(false);
});
