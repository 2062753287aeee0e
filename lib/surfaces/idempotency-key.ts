import { ToolError } from '../errors/tool-error.ts';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,256}$/;

/**
 * By what a caller tells a repetition of a call from another one; undefined without it.
 * @param path where the surface has it, for the error
 * @throws ToolError `invalid_input`
 */
export function parseIdempotencyKey(key: unknown, path: string): string | undefined {
  if (key === undefined || (typeof key === 'string' && IDEMPOTENCY_KEY.test(key))) return key;
  throw new ToolError('invalid_input', {
    details: [{ path, issue: 'must be 1 to 256 visible ASCII characters' }],
  });
}
