import { afterEach, expect, test, vi } from 'vitest';
import { audiences } from '../../../lib/deploy/functions.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['', ['scalekit-lambda-tools']],
  ['one', ['one']],
  ['one, two', ['one', 'two']],
])('the audiences of %j', (value, expected) => {
  vi.stubEnv('OIDC_AUDIENCE', value);

  expect(audiences()).toEqual(expected);
});
