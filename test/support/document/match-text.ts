const ELLIPSIS = '…';
// biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours begin with this character.
const COLOUR = /\u001b\[[\d;]*m/g;
// Matches the lines that npm prints before it runs a script.
const BANNER = /^\n?> \S+@\S+ .*\n> .*\n\n?/gm;

/** Returns an output without colours and without npm's first lines, with one line break at the end. */
export function readableOutput(output: string): string {
  return `${output.replaceAll(COLOUR, '').replaceAll(BANNER, '').replace(/^\n+/, '').trimEnd()}\n`;
}

/**
 * Returns true if a document shows the entire output.
 * @param shown `…` within a line stands for any characters; a line with only `…` stands for any number of lines
 */
export function matchesText(shown: string, output: string): boolean {
  const lines = shown.trimEnd().split('\n');
  return new RegExp(`^${lines.map(linePattern).join('')}$`).test(readableOutput(output));
}

/** Returns true if an output contains all shown lines in the same order. There may be other lines between them. */
export function hasLinesInOrder(shown: string, output: string): boolean {
  const lines = shown.trimEnd().split('\n');
  const anything = linePattern(ELLIPSIS);
  return new RegExp(`^${lines.map((line) => anything + linePattern(line)).join('')}`).test(
    readableOutput(output),
  );
}

/** Returns the regular expression for a text without line breaks. */
export function textPattern(shown: string): string {
  return shown.split(ELLIPSIS).map(escapePattern).join('.*?');
}

function linePattern(line: string): string {
  return line.trim() === ELLIPSIS ? '(?:.*\\n)*?' : `${textPattern(line.trimEnd())}[ \\t]*\\n`;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
