/** An object inside a message. Its fields are not validated, because Slack may change their format at any time. */
export type Node = Readonly<Record<string, unknown>>;

/** Returns the value if it is an object. Returns undefined for any other value. */
export function nodeOf(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}

/** Returns the objects in an array, or an empty list if the value is not an array. */
export function nodesOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Returns a number or a non-blank text as text, and an empty text for any other value. */
export function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : '';
}

/** Joins the texts that are not empty. */
export function joined(texts: readonly string[], separator = '\n'): string {
  return texts.filter((text) => text !== '').join(separator);
}

/** Returns a link in mrkdwn, or only the label if the URL is missing. */
export function linked(label: string, address: string): string {
  // A vertical bar, an angle bracket or a space would end the link.
  const target = address.replace(/[<>|\s]/g, '');
  if (target === '') return label;
  const inside = label.replace(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_, url: string, name?: string) => name ?? url);
  return inside === '' ? `<${target}>` : `<${target}|${inside.replaceAll('|', '¦')}>`;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
