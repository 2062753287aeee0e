const LINES_ABOVE = 3;
const LINES_MAX = 20;
const LENGTH_MAX = 1_000;

interface CommentedLines {
  /** Null if the comment is on the entire file. */
  originalLine?: number | null | undefined;
  /** The first of several commented lines; null if only one line is commented. */
  originalStartLine?: number | null | undefined;
}

/**
 * Returns the commented lines and up to three lines above them, at most 20 lines and 1,000 characters. Returns null if
 * the comment is not on a line. A diff hunk ends with the commented line, so the lines are taken from its end.
 * https://docs.github.com/en/graphql/reference/objects#pullrequestreviewcomment
 */
export function commentedCode(
  diffHunk: string,
  { originalLine, originalStartLine }: CommentedLines,
): string | null {
  const commented = Math.max(0, (originalLine ?? 0) - (originalStartLine ?? originalLine ?? 0)) + 1;
  const lines = diffHunk.replace(/^@@.*\n?/, '').split('\n');
  const shown = lines.slice(-Math.min(commented + LINES_ABOVE, LINES_MAX));
  while (shown.length > 1 && shown.join('\n').length > LENGTH_MAX) shown.shift();
  return shown.join('\n') || null;
}
