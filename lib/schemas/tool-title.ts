import type { Tool } from '../contract/define-tool.ts';

/** A tool's name for people, such as `Send message (slack)`. */
export function toolTitle({ name, connector }: Tool): string {
  const words = name.slice(connector.name.length + 1).replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${connector.name})`;
}
