import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../../lib/errors/error-codes.ts';
import { ToolError } from '../../../lib/errors/tool-error.ts';

describe('ToolError', () => {
  test('has every key in its body; a key without a value is null or empty', () => {
    // Act
    const body = new ToolError('not_found').toBody(null);

    // Assess
    expect(body).toStrictEqual({
      error: {
        code: 'not_found',
        message: ERROR_CODES.not_found.message,
        retryable: false,
        retry_after_seconds: null,
        authorization_url: null,
        account_status: null,
        details: [],
        request_id: null,
      },
    });
  });

  test('has its options in its body, except the options for operators', () => {
    // Prepare
    const error = new ToolError('rate_limited', {
      message: 'Slow down.',
      cause: new Error('raw body'),
      retryAfterSeconds: 30,
      authorizationUrl: 'https://acme.scalekit.com/link',
      accountStatus: 'EXPIRED',
      details: [{ path: 'scopes', issue: 'missing' }],
      upstream: { status: 429, pathTemplate: '/repos/{}' },
    });

    // Act
    const body = error.toBody('request-1');

    // Assess
    expect(body).toStrictEqual({
      error: {
        code: 'rate_limited',
        message: 'Slow down.',
        retryable: true,
        retry_after_seconds: 30,
        authorization_url: 'https://acme.scalekit.com/link',
        account_status: 'EXPIRED',
        details: [{ path: 'scopes', issue: 'missing' }],
        request_id: 'request-1',
      },
    });
  });

  test('stores the details for operators', () => {
    // Prepare
    const cause = new Error('raw body');
    const upstream = { status: 503, pathTemplate: '/repos/{}' };

    // Act
    const error = new ToolError('provider_unavailable', { cause, upstream });

    // Assess
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'ToolError', status: 503, upstream });
    expect(error.cause).toBe(cause);
  });

  test('stores a wait of zero seconds', () => {
    // Act
    const { error } = new ToolError('rate_limited', { retryAfterSeconds: 0 }).toBody(null);

    // Assess
    expect(error.retry_after_seconds).toBe(0);
  });
});

test('a rate-limit error always states the time to wait, which is a minute by default', () => {
  expect(new ToolError('rate_limited').retryAfterSeconds).toBe(60);
  expect(new ToolError('rate_limited', { retryAfterSeconds: 7 }).retryAfterSeconds).toBe(7);
});

test("a long or invisible text from a tool's author is cleaned and cut in an error", () => {
  const error = new ToolError('conflict', {
    message: `a\u202eb ${'x'.repeat(1_000)}`,
    details: [{ path: 'a\u200bb', issue: 'y'.repeat(1_000) }],
  });

  expect(error.message).toMatch(/^ab x+…$/);
  expect(error.message.length).toBe(400);
  expect(error.details).toEqual([{ path: 'ab', issue: `${'y'.repeat(199)}…` }]);
});
