import names from './prebuilt-tool-names.json' with { type: 'json' };

const PREBUILT: ReadonlySet<string> = new Set(Object.values(names).flat());
// The tools of the guide that this project is based on keep their names.
const ALLOWED: ReadonlySet<string> = new Set([
  'gmail_list_filters',
  'gmail_list_unread',
  'slack_send_message',
]);

/**
 * Returns true if Scalekit has a tool with this name. The list is from its documentation in November 2026.
 * https://docs.scalekit.com/agentkit/connectors/
 */
export function isPrebuiltName(name: string): boolean {
  return PREBUILT.has(name) && !ALLOWED.has(name);
}
