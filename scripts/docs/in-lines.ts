const LINE_LENGTH_MAX = 100;

/** A signature, with a line for each of its parameters where one line is too long for them. */
export function inLines(signature: string): string {
  const start = signature.indexOf('(');
  const parts = signature.length > LINE_LENGTH_MAX ? argumentsAt(signature, start) : undefined;
  if (!parts) return signature;
  const lines = parts.map((part) => `  ${part.trim()},\n`).join('');
  return `${signature.slice(0, start)}(\n${lines})${signature.slice(start + parts.join(',').length + 2)}`;
}

/** What stands between the commas of a list in parentheses. */
function argumentsAt(text: string, start: number): string[] | undefined {
  const parts = [''];
  let depth = 0;
  for (const character of text.slice(start + 1).replaceAll('=>', ARROW)) {
    if (character === ')' && depth === 0) return parts.map((part) => part.replaceAll(ARROW, '=>'));
    if ('([{<'.includes(character)) depth += 1;
    if (')]}>'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop()}${character}`);
  }
  return undefined;
}

// Its bracket closes nothing.
const ARROW = '\u21d2';
