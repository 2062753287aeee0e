import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { MarkdownDocument } from './markdown-document.ts';

const PROJECT = join(import.meta.dirname, '../../..');
// Matches links in Markdown, and the URLs of pictures in HTML.
const LINKS = /\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"]+)"/g;
const ELSEWHERE = /^[a-z]+:/;
const HEADING = /^#{1,6} (.+?)\s*$/;
const CONNECTOR = /^functions\/[^/]+/;

/** Returns the broken links of a document, with their lines. */
export function linkFaults(
  { file, prose }: MarkdownDocument,
  documents: readonly MarkdownDocument[],
): string[] {
  return prose.flatMap(({ line, text }) =>
    [...text.matchAll(LINKS)].flatMap(([, markdown, html]) => {
      const link = markdown ?? html ?? '';
      const fault = ELSEWHERE.test(link) ? undefined : faultOf(link, file, documents);
      return fault ? [`${file}:${line}: ${link} ${fault}`] : [];
    }),
  );
}

function faultOf(link: string, file: string, documents: readonly MarkdownDocument[]): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : relative(PROJECT, join(PROJECT, dirname(file), path));
  const connector = CONNECTOR.exec(target)?.[0];
  // A fork may have removed the linked connector.
  if (connector && !existsSync(join(PROJECT, connector))) return undefined;
  const linked = documents.find((document) => document.file === target);
  if (!linked && !existsSync(join(PROJECT, target))) return 'leads to no file.';
  if (anchor === undefined) return undefined;
  return linked && anchorsOf(linked).has(anchor) ? undefined : 'leads to no heading.';
}

/** Returns the anchors of a document's headings, as GitHub writes them. */
function anchorsOf({ prose }: MarkdownDocument): Set<string> {
  const anchors = new Set<string>();
  for (const { text } of prose) {
    const [, heading] = HEADING.exec(text) ?? [];
    if (heading === undefined) continue;
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    let count = 0;
    while (anchors.has(count === 0 ? anchor : `${anchor}-${count}`)) count += 1;
    anchors.add(count === 0 ? anchor : `${anchor}-${count}`);
  }
  return anchors;
}
