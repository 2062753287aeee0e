import { createHash } from 'node:crypto';

const FIRST_WORD_LENGTH_MAX = 5;
const INITIALS_MAX = 2;
const HASH_LENGTH = 7;
const HASH_BYTES = 6;

/**
 * Returns the name of a tool's AgentCore target and Bedrock action group, such as `slack-sm-0a1b2c3`. The name has at
 * most 16 characters, because it is a part of the names that agents see: `target___tool` and `POST__group__operation`.
 * Agents cut these names at 64 characters.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-tool-naming.html
 * @param toolName at most 40 characters
 * @returns a name that never changes for a tool and is different for each tool
 */
export function derivedName(toolName: string): string {
  const [first = '', ...others] = toolName.split('_');
  const initials = others.map((word) => word.charAt(0)).join('');
  const abbreviation = `${first.slice(0, FIRST_WORD_LENGTH_MAX)}-${initials.slice(0, INITIALS_MAX)}`;
  return `${abbreviation}-${hashOf(toolName)}`;
}

function hashOf(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  return digest.readUIntBE(0, HASH_BYTES).toString(36).padStart(HASH_LENGTH, '0').slice(-HASH_LENGTH);
}
