import type { Tool } from '../contract/define-tool.ts';

const CONFIRMATION = 'Ask the user for confirmation before calling this tool.';

/** What the description of a tool has to tell where its target has no way to ask the user. */
export function confirmationOf({ confirm }: Tool): string {
  return confirm ? CONFIRMATION : '';
}
