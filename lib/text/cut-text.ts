const ELLIPSIS = '…';
// Half of a character, or what would have joined it to the one before.
const LOOSE_END = /(?:[\ud800-\udbff]|\u200c|\u200d)+$/;

/** The text itself, or its beginning and an ellipsis: at most `maximum` UTF-16 units, no character split in two. */
export function cutText(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  return text.slice(0, maximum - ELLIPSIS.length).replace(LOOSE_END, '') + ELLIPSIS;
}
