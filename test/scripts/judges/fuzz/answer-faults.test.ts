import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerFaultsOf } from '../../../../scripts/judges/fuzz/answer-faults.ts';
import { operationsOf } from '../../../../scripts/judges/fuzz/operations.ts';
import { projectOpenApi } from '../../../../scripts/judges/open-api-document.ts';

const document = await projectOpenApi(join(import.meta.dirname, '../../../..'), 'https://api.example.org');
const faultsOf = answerFaultsOf(document);
const operation = operationsOf(document).find(({ path }) => path === '/tools');

const error = {
  code: 'rate_limited',
  message: 'Wait.',
  retryable: true,
  retry_after_seconds: 3,
  authorization_url: null,
  account_status: null,
  details: [],
  request_id: 'r1',
};
const JSON_TYPE = { 'content-type': 'application/json' };

test.each<[string, { status: number; headers?: Record<string, string>; body: unknown }, string[]]>([
  ['a documented answer', { status: 200, body: { tools: [{}] } }, []],
  ['a documented error', { status: 429, headers: { 'retry-after': '3' }, body: { error } }, []],
  ["API Gateway's own answer", { status: 401, body: { message: 'Unauthorized' } }, []],
  ['an undocumented status', { status: 418, body: {} }, ['418 is not documented']],
  ['a body of another type', { status: 200, body: { tools: {} } }, ['200 breaks its schema']],
  [
    'an error without the documented keys',
    { status: 400, body: { error: { code: 'x' } } },
    ['400 breaks its schema'],
  ],
  [
    'a header of another type',
    { status: 429, headers: { 'retry-after': 'soon' }, body: { error } },
    ['429 has an invalid retry-after'],
  ],
  [
    'another content type',
    { status: 200, headers: { 'content-type': 'text/html' }, body: {} },
    ['200 has the content type text/html'],
  ],
  [
    'a documented server error',
    { status: 500, body: { error: { ...error, code: 'internal_error' } } },
    ['500 internal_error'],
  ],
])('answerFaultsOf finds the faults of %s, or no faults', (_, { status, headers = {}, body }, faults) => {
  if (!operation) throw new Error('The document has no list of tools.');
  const answer = { status, headers: new Headers({ ...JSON_TYPE, ...headers }), text: JSON.stringify(body) };

  expect(faultsOf(operation, answer)).toEqual(faults);
});

test('a body that is not JSON is a fault', () => {
  if (!operation) throw new Error('The document has no list of tools.');
  const answer = { status: 200, headers: new Headers(JSON_TYPE), text: '{' };

  expect(faultsOf(operation, answer)).toEqual(['200 is not JSON']);
});

test('every operation documents a response whose schema can be compiled', () => {
  for (const each of operationsOf(document)) {
    expect([...each.responses.keys()]).toContain('200');
    for (const status of each.responses.keys()) {
      const answer = { status: Number(status), headers: new Headers(JSON_TYPE), text: '[]' };
      expect(faultsOf(each, answer)).toContain(`${status} breaks its schema`);
    }
  }
});
