import { expect } from 'vitest';
import { COMPILE_CACHE } from '../compile-cache.ts';
import { copyProject } from '../copy-project.ts';
import { hasTools } from '../project-tools.ts';
import { freeFirstPort } from './document-ports.ts';
import type { MarkdownDocument } from './markdown-document.ts';
import { readerEnvironment } from './reader-environment.ts';
import { rewrittenFiles } from './rewritten-files.ts';
import { runDocument } from './run-document.ts';
import { typeFaults } from './type-faults.ts';

/** True if the project has all tools that the documents name. A fork may have removed some of them. */
export const hasNamedTools = hasTools(
  'gmail_list_unread',
  'slack_send_message',
  'github_get_traffic',
  'salesforce_get_current_user',
  'hubspot_list_invoices',
);

/**
 * Checks a document in a copy of the project: runs its commands, writes its files, compiles its code, and compares
 * the results with those in the document.
 * @returns the first port of the started servers, and a function that stops all of them
 */
export async function readDocument(document: MarkdownDocument) {
  const { copy, folder, remove } = await copyProject();
  try {
    const firstPort = await freeFirstPort();
    const variables = { ...readerEnvironment(folder), ...COMPILE_CACHE };
    const running = await runDocument(document, { copy, folder, firstPort, variables });
    const end = async () => {
      await running.close();
      await remove();
    };
    try {
      expect(await rewrittenFiles(document, copy)).toEqual([]);
      expect(await typeFaults(document, copy)).toBe('');
    } catch (error) {
      await end();
      throw error;
    }
    return { firstPort, end };
  } catch (error) {
    await remove();
    throw error;
  }
}
