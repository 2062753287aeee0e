import names from './prebuilt-tool-names.json' with { type: 'json' };

const PREBUILT: ReadonlySet<string> = new Set(Object.values(names).flat());
// These tools keep their names, because they come from the Scalekit guide on which this project is based.
const ALLOWED: ReadonlySet<string> = new Set([
  'gmail_list_filters',
  'gmail_list_unread',
  'slack_send_message',
]);

/**
 * Returns a fault if Scalekit has a tool with this name. The list of names comes from Scalekit's documentation of
 * November 2026.
 * https://docs.scalekit.com/agentkit/connectors/
 */
export function prebuiltNameFault(name: string): string | undefined {
  if (!PREBUILT.has(name) || ALLOWED.has(name)) return undefined;
  return `Scalekit already has a tool ${name}, and an agent that has both cannot distinguish them. Use Scalekit's tool, or choose another name.`;
}
