import type { Tool } from '../contract/define-tool.ts';

const CONFIRMATION = 'Ask the user for confirmation before calling this tool.';

/** The sentence for the description of a tool, on surfaces that have no field for confirmation. */
export function confirmationOf({ confirm }: Tool): string {
  return confirm ? CONFIRMATION : '';
}
