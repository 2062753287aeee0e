import { createHash } from 'node:crypto';

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
const LENGTH_MAX = 64;
const HASH_LENGTH = 7;

/**
 * The name of the Lambda function of a tool: the prefix and the tool's name, or, where that is longer than Lambda allows,
 * its beginning and a hash of all of it.
 */
export function toolFunctionName(prefix: string, toolName: string): string {
  const name = prefix + toolName;
  if (name.length <= LENGTH_MAX) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, LENGTH_MAX - HASH_LENGTH - 1)}-${hash}`;
}
