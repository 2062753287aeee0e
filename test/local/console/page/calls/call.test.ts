import { describe, expect, test } from 'vitest';
import type { CallRequest, RecordedCall } from '../../../../../local/console/console-api.ts';
import { EMPTY_DRAFT } from '../../../../../local/console/page/call-form/draft.ts';
import { formFields } from '../../../../../local/console/page/call-form/form-fields.ts';
import { issuesByField } from '../../../../../local/console/page/call-form/issues-by-field.ts';
import { nextPage, prepareCall } from '../../../../../local/console/page/call-form/prepare-call.ts';
import { errorAnswer } from '../../../../../local/console/page/calls/error-answer.ts';
import { cataloguedTool } from '../catalogued-tool.ts';

const pages = cataloguedTool('acme_page_things', {
  inputSchema: { type: 'object', properties: { size: { type: 'integer' }, cursor: { type: 'string' } } },
});
const settings = {
  identifier: 'user_ada',
  surface: 'http',
  claims: '{"org_id": "o"}',
  idempotencyKey: 'k',
} as const;
const surface = { name: 'http', title: 'HTTP API', takesKey: true, takesClaims: true } as const;

describe('prepareCall', () => {
  test('adds claims and the key if the surface supports them', () => {
    const call = { tool: 'acme_page_things', surface: 'http', identifier: 'user_ada', input: {} };
    expect(prepareCall(pages, EMPTY_DRAFT, settings, surface)).toEqual({
      request: { ...call, claims: { org_id: 'o' }, idempotencyKey: 'k' },
      inputFaults: [],
      claimsFault: null,
    });
    const plain = { ...surface, takesKey: false, takesClaims: false };
    expect(prepareCall(pages, EMPTY_DRAFT, settings, plain).request).toEqual(call);
    const none = { ...settings, claims: ' ', idempotencyKey: '' };
    expect(prepareCall(pages, EMPTY_DRAFT, none, surface).request).toEqual(call);
  });

  test('reports input that cannot be parsed', () => {
    const prepared = prepareCall(
      pages,
      { ...EMPTY_DRAFT, json: '{' },
      { ...settings, claims: '[]' },
      surface,
    );

    expect(prepared.inputFaults).toEqual([{ path: '', issue: expect.stringContaining('not JSON') }]);
    expect(prepared.claimsFault).toBe('This is JSON, but not an object. Write { … }.');
  });
});

describe('nextPage', () => {
  const request: CallRequest = { ...settings, tool: pages.name, input: { size: 2 }, claims: {} };
  const callWith = (result: unknown): RecordedCall => ({
    id: '1',
    tool: pages.name,
    surface: 'http',
    identifier: null,
    startedAt: '2026-11-26T00:00:00Z',
    durationMs: 1,
    code: null,
    event: {},
    clientContext: null,
    answer: {},
    result,
    bytes: 2,
    tokens: 1,
    trace: { durationMs: 1, steps: [] },
    log: null,
  });

  test('repeats the call with the cursor, but without the idempotency key', () => {
    const { idempotencyKey: _, ...unkeyed } = request;
    expect(nextPage(pages, request, callWith({ next_cursor: 'c' }))).toEqual({
      ...unkeyed,
      input: { size: 2, cursor: 'c' },
    });
  });

  test.each([[{ next_cursor: null }], [{}], [[]], [null]])('returns null after the response %j', (result) => {
    expect(nextPage(pages, request, callWith(result))).toBeNull();
  });

  test('returns null if the tool has no input `cursor`', () => {
    expect(nextPage(cataloguedTool('acme_x'), request, callWith({ next_cursor: 'c' }))).toBeNull();
  });
});

describe('errorAnswer', () => {
  test('returns the fields of the error object', () => {
    const error = {
      code: 'authorization_required',
      message: 'Connect.',
      retryable: false,
      retry_after_seconds: 5,
      authorization_url: 'https://example.com',
      account_status: 'EXPIRED',
      details: [{ path: 'a', issue: 'b' }, 'c', { path: 1 }],
      request_id: 'r',
    };
    expect(errorAnswer({ error })).toEqual({
      code: 'authorization_required',
      message: 'Connect.',
      isRetryable: false,
      retryAfterSeconds: 5,
      authorizationUrl: 'https://example.com',
      accountStatus: 'EXPIRED',
      details: [{ path: 'a', issue: 'b' }],
    });
  });

  test('returns the valid fields of an unknown error object, and null for an output', () => {
    expect(errorAnswer({ error: {} })).toMatchObject({ code: 'error', authorizationUrl: null, details: [] });
    expect([null, [], 'error', { error: 'x' }, { messages: [] }].map(errorAnswer)).toEqual(
      Array(5).fill(null),
    );
  });
});

test('an error of a field is shown at the field, and all other errors are shown above the form', () => {
  const fields = formFields(pages.inputSchema);
  const faults = [
    { path: 'size', issue: 'too large' },
    { path: 'size.0.name', issue: 'missing' },
    { path: 'unknown', issue: 'not in the contract' },
    { path: '', issue: 'no object' },
  ];
  expect(issuesByField(fields, faults)).toEqual({
    byField: new Map([['size', ['too large', '0.name: missing']]]),
    others: ['unknown: not in the contract', 'no object'],
  });
});
