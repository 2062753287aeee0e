/** A fenced block. */
export interface Fence {
  /** The number of its first line, from 1. */
  line: number;
  language: string;
  /** The info string after the language, for example a path. */
  mark: string;
  /** The content of the block, without the indentation of the list around it. */
  text: string;
  /** True if only blank lines are between this block and the previous block. */
  isNextToLast: boolean;
}

export interface MarkdownDocument {
  /** The path, relative to the project. */
  file: string;
  fences: readonly Fence[];
  /** The lines outside fences, each with its number. */
  prose: readonly { line: number; text: string }[];
}

const FENCE = /^( *)(`{3,})(\S*) *(.*)$/;

/** Finds the fenced blocks and the other lines of a document. @throws Error if a fenced block is not closed */
export function parseMarkdown(file: string, source: string): MarkdownDocument {
  const lines = source.split('\n');
  const fences: Fence[] = [];
  const prose: { line: number; text: string }[] = [];
  let isNextToLast = false;
  for (let index = 0; index < lines.length; index += 1) {
    const text = lines[index] ?? '';
    const [, indent, ticks, language = '', mark = ''] = FENCE.exec(text) ?? [];
    if (indent === undefined || ticks === undefined) {
      prose.push({ line: index + 1, text });
      isNextToLast &&= text.trim() === '';
      continue;
    }
    const end = lines.indexOf(`${indent}${ticks}`, index + 1);
    if (end < 0) throw new Error(`${file}:${index + 1}: the fence has no end.`);
    const content = lines.slice(index + 1, end).map((line) => withoutIndent(line, indent.length));
    fences.push({
      line: index + 1,
      language,
      mark: mark.trim(),
      text: content.map((line) => `${line}\n`).join(''),
      isNextToLast,
    });
    isNextToLast = true;
    index = end;
  }
  return { file, fences, prose };
}

function withoutIndent(line: string, indent: number): string {
  return line.slice(0, indent).trim() === '' ? line.slice(indent) : line;
}
