import { type ErrorCode, ToolError } from 'scalekit-lambda-tools';

// Repeating the call would not help.
const NOT_READABLE: ReadonlySet<ErrorCode> = new Set([
  'not_found',
  'permission_denied',
  'conflict',
  'rejected_by_provider',
  'invalid_provider_response',
]);

/** Returns what a read gives, or undefined if GitHub does not give it to this account; for what an answer can do without. */
export async function ifReadable<Result>(read: Promise<Result>): Promise<Result | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ToolError && NOT_READABLE.has(error.code)) return undefined;
    throw error;
  }
}
