import type { ErrorCode } from '../errors/error-codes.ts';
import { ToolError } from '../errors/tool-error.ts';

// These errors are final: repeating the call would not help.
const REFUSED: readonly ErrorCode[] = [
  'not_found',
  'permission_denied',
  'conflict',
  'rejected_by_provider',
  'invalid_provider_response',
];

/**
 * Returns the result of a read, or undefined if the read fails with one of these codes. Use it for data that is not
 * essential to the output.
 * @param codes the error codes for which undefined is returned; by default the codes that a repeated call would get
 * again
 * @throws every other error
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
