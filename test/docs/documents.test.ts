// ```sh is run, and `sh fails` must fail. `sh account` and `sh python` are not run, because they need an account, another
// language or minutes; they may name only existing things. ```ts with a path is written, and ```ts without a path is
// compiled. ```text and ```json after commands are their output, in which … stands for any text.
// `text npm start` is later output of the running `npm start`.
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
