import { createHash } from 'node:crypto';

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
const LENGTH_MAX = 64;
const HASH_LENGTH = 7;

/**
 * Returns the name of a tool's Lambda function: the prefix and the tool's name. If that is too long for Lambda, it is
 * the beginning and a hash of the whole name.
 */
export function toolFunctionName(prefix: string, toolName: string): string {
  const name = prefix + toolName;
  if (name.length <= LENGTH_MAX) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, LENGTH_MAX - HASH_LENGTH - 1)}-${hash}`;
}
