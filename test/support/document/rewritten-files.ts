import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MarkdownDocument } from './markdown-document.ts';

/**
 * Returns the files whose content at the end differs from the document, for example because `npm run fix` has changed
 * them.
 */
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
