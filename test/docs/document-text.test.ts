import { execFileSync, spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claimFence } from '../support/document/claim-fence.ts';
import { commandFaults } from '../support/document/command-faults.ts';
import { linkFaults } from '../support/document/link-faults.ts';
import { projectDocuments } from '../support/document/project-documents.ts';

const PROJECT = join(import.meta.dirname, '../..');
const documents = projectDocuments();

test('the test finds the documents of the project', () => {
  expect(documents.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['CONTRIBUTING.md', 'README.md', 'docs/examples/README.md', 'docs/runbook.md']),
  );
});

describe.each(documents.map((document) => ({ document, file: document.file })))('$file', ({ document }) => {
  test('contains only code blocks that a test checks', () => {
    const claims = document.fences.map((fence, index) =>
      claimFence(document, fence, document.fences[index - 1]),
    );
    const parsed = document.fences.filter((_, index) => claims[index]?.kind === 'parse');

    expect(claims).toHaveLength(document.fences.length);
    for (const { text } of parsed) expect(() => JSON.parse(text)).not.toThrow();
  });

  test('has no broken links', () => {
    expect(linkFaults(document, documents)).toEqual([]);
  });

  test('names only existing commands, programs and parameters', () => {
    expect(commandFaults(document)).toEqual([]);
  });
});

test.skipIf(spawnSync('python3', ['--version']).status !== 0)('the examples in Python can be parsed', () => {
  const files = globSync('docs/examples/*.py', { cwd: PROJECT });
  const parse = 'import ast, sys\nfor file in sys.argv[1:]: ast.parse(open(file).read(), file)';

  expect(files).not.toEqual([]);
  execFileSync('python3', ['-c', parse, ...files], { cwd: PROJECT, stdio: 'pipe' });
});
