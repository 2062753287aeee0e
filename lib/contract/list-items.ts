// What may belong to a text that holds a comma, or be the quotes of another language: then nobody knows what an item is.
const UNCLEAR = /["[\]{}]|^'|'$/;

/** The items of a list such as `a, b` or `[a, b]`; undefined where it is not clear what they are. */
export function listItems(text: string): string[] | undefined {
  const inner = /^\[(.*)\]$/s.exec(text.trim())?.[1] ?? text;
  const items = inner.split(',').map((item) => item.trim());
  return items.every((item) => item !== '' && !UNCLEAR.test(item)) ? items : undefined;
}
