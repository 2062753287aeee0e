const ELLIPSIS = '…';

/** Returns the text, or its beginning and an ellipsis: at most `maximum` UTF-16 units, never half a character. */
export function cutText(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  let end = maximum - ELLIPSIS.length;
  while (end > 0 && isLooseEnd(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end) + ELLIPSIS;
}

/** True for half of a character, and for a joiner that would have followed. */
function isLooseEnd(code: number): boolean {
  return (code >= 0xd800 && code <= 0xdbff) || code === 0x200c || code === 0x200d;
}
