const LINES_ABOVE = 3;
const LINES_MAX = 20;
const LENGTH_MAX = 1_000;

interface CommentedLines {
  /** Null for a comment on the whole file. */
  originalLine?: number | null | undefined;
  /** The first line of several; null for a single one. */
  originalStartLine?: number | null | undefined;
}

/**
 * Returns the end of a diff hunk, which is the commented line: the commented lines and three above, as far as they are
 * together at most 20 lines and 1,000 characters. Returns null if the comment is not on a line.
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
