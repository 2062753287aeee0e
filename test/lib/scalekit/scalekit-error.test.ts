import { describe, expect, test } from 'vitest';
import { scalekitError } from '../../../lib/scalekit/scalekit-error.ts';

describe('scalekitError', () => {
  test.each([
    [400, 'not_configured'],
    [401, 'not_configured'],
    [403, 'not_configured'],
    [404, 'not_configured'],
    [429, 'rate_limited'],
    [302, 'scalekit_unavailable'],
    [500, 'scalekit_unavailable'],
    [503, 'scalekit_unavailable'],
  ])('maps the status %d to %s', (status, code) => {
    // Act
    const error = scalekitError({ status, headers: {}, body: 'raw body' }, 'the client credentials');

    // Assess
    expect(error).toMatchObject({ name: 'ToolError', code });
    expect(JSON.stringify(error.toBody(null))).not.toContain('raw body');
  });

  test('states what Scalekit rejected', () => {
    // Act
    const error = scalekitError({ status: 401, headers: {}, body: '' }, 'the client credentials');

    // Assess
    expect(error.message).toContain('Scalekit refuses the client credentials.');
  });

  test.each([
    ['the wait that Scalekit requests', { 'retry-after': '7' }, 7],
    ['a default wait if Scalekit requests no wait', {}, 60],
  ])('contains %s', (_, headers, seconds) => {
    // Act
    const error = scalekitError({ status: 429, headers, body: '' }, 'anything');

    // Assess
    expect(error.retryAfterSeconds).toBe(seconds);
  });
});
