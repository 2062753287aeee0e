// ```sh is run, `sh fails` has to fail, `sh account` and `sh python` only name what there is; ```ts with a path is written, without
// one compiled; ```text and ```json after commands are their output, in which … stands for anything; `text npm start` comes later.
import { describe, test } from 'vitest';
import { projectDocuments } from '../support/document/project-documents.ts';
import { hasNamedTools, readDocument } from '../support/document/read-document.ts';

const TIMEOUT_MS = 300_000;

const documents = projectDocuments().filter(
  ({ file, fences }) =>
    // contributing.test.ts runs it.
    file !== 'CONTRIBUTING.md' && fences.some(({ language }) => ['sh', 'ts'].includes(language)),
);

describe.skipIf(!hasNamedTools)('all that they say is so', () => {
  test.each(documents)(
    '$file',
    async (document) => {
      const { end } = await readDocument(document, true);
      await end();
    },
    TIMEOUT_MS,
  );
});
