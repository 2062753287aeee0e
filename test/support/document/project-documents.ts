import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MarkdownDocument, parseMarkdown } from './markdown-document.ts';

const PROJECT = join(import.meta.dirname, '../../..');
// The files in these folders are installed, generated, or recorded from providers.
const LEFT_OUT = ['**/node_modules', 'coverage', 'dist', 'schemas', 'functions/*/test/fixtures', '.*'];

/** Returns every Markdown file of the project. */
export function projectDocuments(): MarkdownDocument[] {
  return globSync('**/*.md', { cwd: PROJECT, exclude: LEFT_OUT })
    .sort()
    .map((file) => parseMarkdown(file, readFileSync(join(PROJECT, file), 'utf8')));
}
