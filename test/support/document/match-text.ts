const ELLIPSIS = '…';
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with it.
const COLOUR = /\u001b\[[\d;]*m/g;
// What npm prints before it runs a script.
const BANNER = /^\n?> \S+@\S+ .*\n> .*\n\n?/gm;

/** What a person reads of an output, with one line break at its end. */
export function readableOutput(output: string): string {
  return `${output.replaceAll(COLOUR, '').replaceAll(BANNER, '').replace(/^\n+/, '').trimEnd()}\n`;
}

/**
 * True if an output is what a document shows of it, from its first line to its last.
 * @param shown `…` in a line stands for any characters, alone in a line for any lines
 */
export function matchesText(shown: string, output: string): boolean {
  const lines = shown.trimEnd().split('\n');
  return new RegExp(`^${lines.map(linePattern).join('')}$`).test(readableOutput(output));
}

/** True if an output has all shown lines, in this order, whatever is between them. */
export function hasLinesInOrder(shown: string, output: string): boolean {
  const lines = shown.trimEnd().split('\n');
  const anything = linePattern(ELLIPSIS);
  return new RegExp(`^${lines.map((line) => anything + linePattern(line)).join('')}`).test(
    readableOutput(output),
  );
}

/** For a text without line breaks. */
export function textPattern(shown: string): string {
  return shown.split(ELLIPSIS).map(escapePattern).join('.*?');
}

function linePattern(line: string): string {
  return line.trim() === ELLIPSIS ? '(?:.*\\n)*?' : `${textPattern(line.trimEnd())}[ \\t]*\\n`;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
