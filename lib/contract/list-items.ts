// These characters may belong to a text with a comma, or be quotes of another syntax, so the items are not clear.
const UNCLEAR = /["[\]{}]|^'|'$/;

/** Returns the items of a list such as `a, b` or `[a, b]`, or undefined if they are not clear. */
export function listItems(text: string): string[] | undefined {
  const inner = /^\[(.*)\]$/s.exec(text.trim())?.[1] ?? text;
  const items = inner.split(',').map((item) => item.trim());
  return items.every((item) => item !== '' && !UNCLEAR.test(item)) ? items : undefined;
}
