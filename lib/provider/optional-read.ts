import type { ErrorCode } from '../errors/error-codes.ts';
import { ToolError } from '../errors/tool-error.ts';

// A repeated call would get these errors again.
const REFUSED: readonly ErrorCode[] = [
  'not_found',
  'permission_denied',
  'conflict',
  'rejected_by_provider',
  'invalid_provider_response',
];

/**
 * Returns the result of a read, or undefined if the read fails with one of the error codes. Use it for data that the
 * output can do without.
 * @param codes the error codes; by default the codes that a repeated call would get again
 * @throws the error of the read, if it has another code
 */
export async function ifReadable<Result>(
  read: Promise<Result>,
  codes: readonly ErrorCode[] = REFUSED,
): Promise<Result | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ToolError && codes.includes(error.code)) return undefined;
    throw error;
  }
}
