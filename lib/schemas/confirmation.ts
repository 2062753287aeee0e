import type { Tool } from '../contract/define-tool.ts';

const CONFIRMATION = 'Ask the user for confirmation before calling this tool.';

/** Returns the sentence for a tool's description, on surfaces without a field for confirmation. */
export function confirmationOf({ confirm }: Tool): string {
  return confirm ? CONFIRMATION : '';
}
