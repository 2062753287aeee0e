import { expect, test } from 'vitest';
import type { ErrorCode } from '../../../lib/errors/error-codes.ts';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { ifReadable } from '../../../lib/provider/optional-read.ts';

const failing = (code: ErrorCode) => Promise.reject(new ToolError(code));

test('ifReadable returns the result of a read', async () => {
  expect(await ifReadable(Promise.resolve(7))).toBe(7);
});

test.each<ErrorCode>(['not_found', 'permission_denied', 'conflict', 'rejected_by_provider'])(
  'ifReadable returns undefined for %s',
  async (code) => {
    expect(await ifReadable(failing(code))).toBeUndefined();
  },
);

test.each<ErrorCode>(['rate_limited', 'provider_unavailable', 'authorization_required'])(
  'ifReadable throws %s, because a repeated call may succeed',
  async (code) => {
    await expect(ifReadable(failing(code))).rejects.toMatchObject({ code });
  },
);

test('ifReadable uses the given codes instead of the default codes', async () => {
  expect(await ifReadable(failing('rate_limited'), ['rate_limited'])).toBeUndefined();
  await expect(ifReadable(failing('not_found'), ['rate_limited'])).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('ifReadable throws every error that is not a ToolError', async () => {
  await expect(ifReadable(Promise.reject(new TypeError('x')))).rejects.toThrow(TypeError);
});
