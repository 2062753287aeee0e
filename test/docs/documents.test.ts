// The test runs the fenced blocks of each document. The language and the word after it decide what the test does with
// a block:
// - `sh`: it runs the commands. `sh fails`: it runs the commands, and the last command must fail.
// - `sh account`, `sh python`: it only checks that the names in the commands exist, because the commands need an
// account, another language or minutes.
// - `ts` with a path: it writes the file. `ts` without a path: it compiles the code.
// - `text`, `json` after commands: it compares the block with their output. `…` stands for any text.
// - `text npm start`: it waits for this output of the running `npm start`.
import { describe, test } from 'vitest';
import { projectDocuments } from '../support/document/project-documents.ts';
import { hasNamedTools, readDocument } from '../support/document/read-document.ts';

const TIMEOUT_MS = 300_000;

const documents = projectDocuments().filter(
  ({ file, fences }) =>
    // contributing.test.ts runs CONTRIBUTING.md.
    file !== 'CONTRIBUTING.md' && fences.some(({ language }) => ['sh', 'ts'].includes(language)),
);

describe.skipIf(!hasNamedTools)('the commands and outputs of a document are right', () => {
  test.each(documents)(
    '$file',
    async (document) => {
      const { end } = await readDocument(document);
      await end();
    },
    TIMEOUT_MS,
  );
});
