/** The ID that GitHub gives a heading. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

/** Between tildes: what stands between backticks in a document is compiled, and a signature alone is no program. */
export function codeBlock(code: string): string {
  return `~~~ts\n${code}\n~~~`;
}

/** A table; what is in a cell may have lines and bars. https://github.github.com/gfm/#tables-extension- */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => '---'), ...rows.map((row) => row.map(inCell))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function inCell(text: string): string {
  return text
    .trim()
    .replaceAll('|', '\\|')
    .replace(/\n{2,}/g, '<br>')
    .replace(/\s*\n\s*/g, ' ');
}
