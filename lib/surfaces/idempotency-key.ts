import { ToolError } from '../errors/tool-error.ts';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,256}$/;

/**
 * Validates the caller's key for this call; undefined without a key. A repeated call has the same one.
 * @param path the name of the field or header, for the error
 * @throws ToolError `invalid_input`
 */
export function parseIdempotencyKey(key: unknown, path: string): string | undefined {
  if (key === undefined || (typeof key === 'string' && IDEMPOTENCY_KEY.test(key))) return key;
  throw new ToolError('invalid_input', {
    details: [{ path, issue: 'must be 1 to 256 visible ASCII characters' }],
  });
}
