import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type MarkdownDocument, parseMarkdown } from '../support/document/markdown-document.ts';

const PROJECT = join(import.meta.dirname, '../..');
const FILES = '**/*.{md,ts,tsx,js,mjs,yml,sh}';
// These files are installed, generated or hidden.
const LEFT_OUT = ['node_modules', 'coverage', 'dist', 'schemas', 'docs/tools.md', '.*'];

const COMMENT = /(?:^\s*\*(?!\/)|(?:^|\s)(?:\/\/|\{?\/\*+|#(?!!)))(?:\s+(.*?))?(?:\s*\*\/\}?)?$/;

/** Each pattern has one group: the phrase to report. */
const RULES: readonly { pattern: RegExp; instead: string }[] = [
  {
    pattern: /(?:^|[.!?|]\s+)\**(What|Of|Where|By what|Whether)\b(?![^.!]*\?)/gm,
    instead: 'start with the subject or the verb, such as “The fields …”, “Returns …” or “If …”',
  },
  { pattern: /\b(is\s+none)(?=\s*(?:[.,:;|]|$))/g, instead: '“is empty”, “is missing” or “is not valid”' },
  { pattern: /\b(as\s+it\s+was)\b/g, instead: '“unchanged”' },
  { pattern: /\b(in\s+vain)\b/g, instead: 'the result, such as “is ignored”' },
  { pattern: /(?<!\b(?:leave|leaves|left|let)\s(?:\S+\s)?)\b(alone)\b/gi, instead: '“only”' },
  {
    pattern: /\b(tell|tells|told)\b(?!(?:\s+\S+){0,5}\s+(?:apart|from)\b)/gi,
    instead: '“report”, “show” or “return”',
  },
];

/** Texts in which a phrase is correct. */
const EXCEPTIONS: readonly { file: string; text: string; reason: string }[] = [
  { file: 'local/providers/story-time.ts', text: 'tell the story', reason: 'a story is told' },
];

interface Block {
  /** The number of its first line, from 1. */
  line: number;
  text: string;
}

/** Returns the lines of a paragraph or a comment as one block, without the marks at their beginnings. */
function blocksOf(lines: readonly { line: number; text: string }[]): Block[] {
  const blocks: Block[] = [];
  let next = 0;
  for (const { line, text } of lines) {
    const last = blocks.at(-1);
    if (last && line === next && text !== '') last.text += `\n${text}`;
    else blocks.push({ line, text });
    next = text === '' ? 0 : line + 1;
  }
  return blocks;
}

/** Returns the comments of a source, one block for each run of comment lines. */
function commentsOf(source: string, firstLine = 1): Block[] {
  const lines = source.split('\n').flatMap((text, index) => {
    const [, comment] = COMMENT.exec(text) ?? [];
    return comment === undefined ? [] : [{ line: firstLine + index, text: comment }];
  });
  return blocksOf(lines);
}

/** Returns the paragraphs of a document, and the comments in its fences. */
function proseOf({ prose, fences }: MarkdownDocument): Block[] {
  const lines = prose.map(({ line, text }) => ({ line, text: text.replace(/^\s*(?:[-*>#]+|\d+\.)\s+/, '') }));
  return [...blocksOf(lines), ...fences.flatMap(({ line, text }) => commentsOf(text, line + 1))];
}

/** Returns a line for each forbidden phrase in a block. */
function faultsOf(file: string, { line, text }: Block): string[] {
  // Code and quotations may contain the phrases, so they are replaced.
  const plain = text.replaceAll(/`[^`]*`|“[^”]*”/g, (quoted) => quoted.replaceAll(/[^\n]/g, '_'));
  return RULES.flatMap(({ pattern, instead }) =>
    [...plain.matchAll(pattern)].flatMap((match) => {
      const [whole, phrase = ''] = match;
      const start = match.index + whole.lastIndexOf(phrase);
      const excepted = EXCEPTIONS.some((known) => known.file === file && text.startsWith(known.text, start));
      const place = line + plain.slice(0, start).split('\n').length - 1;
      return excepted ? [] : [`${file}:${place}: “${phrase}”. Write instead: ${instead}.`];
    }),
  );
}

const files = globSync(FILES, { cwd: PROJECT, exclude: LEFT_OUT }).sort();

test('documents and comments are in plain English', () => {
  const faults = files.flatMap((file) => {
    const source = readFileSync(join(PROJECT, file), 'utf8');
    const blocks = file.endsWith('.md') ? proseOf(parseMarkdown(file, source)) : commentsOf(source);
    return blocks.flatMap((block) => faultsOf(file, block));
  });

  expect(faults).toEqual([]);
});

test.each([
  ['/** What it returns. */', 'What'],
  ['// It is read. Of all\n// parts, one is left.', 'Of'],
  ['f(); // undefined if there is\n// none.', 'is\nnone'],
  ['# Whether it is on.', 'Whether'],
  ['{/* It alone is shown. */}', 'alone'],
  [' * It waits in vain, and tells nobody.', 'in vain|tells'],
])('the check of plain English reports the phrases in %j', (source, phrases) => {
  const faults = commentsOf(source).flatMap((block) => faultsOf('file.ts', block));

  expect(faults.map((fault) => /“(.+?)”/s.exec(fault)?.[1]).join('|')).toBe(phrases);
});

test.each([
  '// What is it? It is none of these, and `is none` is code.',
  '// An ID tells the two apart. A name tells a user from a bot. We leave it alone.',
  'const tells = "alone";',
  'length * alone',
])('the check of plain English accepts %j', (source) => {
  expect(commentsOf(source).flatMap((block) => faultsOf('file.ts', block))).toEqual([]);
});
