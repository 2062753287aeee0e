import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MarkdownDocument } from './markdown-document.ts';

/** The files that a document shows otherwise than they are in the end, such as before `npm run fix` mended them. */
export async function rewrittenFiles({ fences }: MarkdownDocument, copy: string): Promise<string[]> {
  const shown = new Map(
    fences.flatMap(({ language, mark, text }) =>
      language === 'ts' && mark !== '' ? [[mark, text] as const] : [],
    ),
  );
  const files = await Promise.all(
    [...shown].map(async ([path, text]) =>
      (await readFile(join(copy, path), 'utf8')) === text ? [] : [path],
    ),
  );
  return files.flat();
}
