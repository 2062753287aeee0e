import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Fence, MarkdownDocument } from './markdown-document.ts';

const PACKAGES = 'packages-of-the-reader.d.ts';
const CONFIGURATION = 'tsconfig.document.json';
const INSTALL = /\bnpm install ([^`\n]+)/g;

/**
 * Compiles a document's TypeScript. `copy` is a copy of the project that already contains the document's files.
 * @returns the errors of the compiler, or an empty text if there are no errors
 */
export async function typeFaults({ file, fences, prose }: MarkdownDocument, copy: string): Promise<string> {
  const shown = fences.filter(({ language }) => language === 'ts');
  if (shown.length === 0) return '';
  for (const fence of shown.filter(({ mark }) => mark === ''))
    await writeFile(join(copy, pathOf(file, fence)), fence.text);
  // The reader's application has these packages, but this project does not.
  const packages = prose
    .flatMap(({ text }) => [...text.matchAll(INSTALL)].flatMap(([, names = '']) => names.split(' ')))
    .filter((name) => !existsSync(join(copy, 'node_modules', name)));
  const declarations = packages.map((name) => `declare module '${name}';\n`).join('');
  await writeFile(join(copy, besides(file, PACKAGES)), declarations);
  const files = [...new Set(shown.map((fence) => pathOf(file, fence))), besides(file, PACKAGES)];
  const configuration = { extends: './tsconfig.json', files, include: [] };
  await writeFile(join(copy, CONFIGURATION), JSON.stringify(configuration));
  return new Promise((resolve) => {
    const tsc = join(copy, 'node_modules/.bin/tsc');
    execFile(tsc, ['-p', CONFIGURATION], { cwd: copy }, (error, stdout) =>
      resolve(error ? stdout || error.message : ''),
    );
  });
}

function pathOf(document: string, { mark, line }: Fence): string {
  return mark || besides(document, `of-line-${line}.ts`);
}

function besides(document: string, name: string): string {
  return join(dirname(document), name);
}
