import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandFaults } from '../support/document/command-faults.ts';
import { withPorts } from '../support/document/document-ports.ts';
import { linkFaults } from '../support/document/link-faults.ts';
import { parseMarkdown } from '../support/document/markdown-document.ts';
import { rewrittenFiles } from '../support/document/rewritten-files.ts';
import { runDocument } from '../support/document/run-document.ts';

const FILE = 'docs/story.md';
const PROJECT = join(import.meta.dirname, '../..');

let folder: string;
let copy: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'document-')));
  copy = join(folder, 'copy');
  await mkdir(copy);
});
afterEach(() => rm(folder, { recursive: true }));

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`;
const documentOf = (...parts: string[]) => parseMarkdown(FILE, parts.join('\n'));

async function run(...parts: string[]): Promise<void> {
  const variables = { PATH: process.env.PATH ?? '' };
  const surroundings = { copy, folder, firstPort: 12_000, variables };
  const running = await runDocument(documentOf(...parts), surroundings);
  await running.close();
}

describe('the test of a document', () => {
  test('passes if the commands, run in one shell, print the output that the document shows', async () => {
    await run(
      fence('sh', 'WORD=hello\ncd "$(mktemp -d)"'),
      fence('sh', 'echo "$WORD at $(date)"\necho between\necho last'),
      fence('text', 'hello at …\n…\nlast'),
      fence('sh', `echo '{"one": [1, 2], "two": "a-b", "three": 3}'`),
      fence('json', '{ "one": [1, "…"], "two": "a…", "…": "…" }'),
    );
  });

  test('passes if a command fails and the document marks the command as failing', async () => {
    await run(fence('sh fails', 'echo so\nfalse'), fence('text', 'so'), fence('sh', 'echo on'));
  });

  test('passes if the document has commands that only CI runs', async () => {
    await run(fence('sh', 'npm ci\nnpm test\nnpm run bench'), fence('text', ''));
  });

  test('writes a new file that the document shows, and passes', async () => {
    await run(
      fence('ts functions/new/tool.ts', 'export const one = 1;'),
      fence('sh', 'cat functions/new/tool.ts'),
      fence('text', 'export const one = 1;'),
    );

    expect(await readFile(join(copy, 'functions/new/tool.ts'), 'utf8')).toBe('export const one = 1;\n');
  });

  test('passes if a long-running command prints the shown output later', async () => {
    const command = 'npm run mcp -- --http';
    // The copy is empty, so this shell function replaces npm.
    const npm = `npm() { echo "Ctrl-C ends it. $*"; until [ -e go ]; do sleep 0.05; done; echo went; sleep 60; }`;

    await run(
      fence('sh', `${npm}\n${command}`),
      fence('text', 'Ctrl-C ends it. run mcp -- --http --port 12010'),
      fence('sh', 'touch go'),
      fence('text npm start', 'went'),
    );
  });
});

test.each([
  [
    'a block of an unknown kind',
    fence('yaml', 'a: 1'),
    /nothing is done with a block of this kind here \(yaml\)/,
  ],
  ['a block without a language', fence('', 'a'), /\(no language\)/],
  ['an output without a command', fence('text', 'a'), /\(text\)/],
  ['an unknown mark', fence('sh maybe', 'true'), /\(sh maybe\)/],
  ['a command that fails', fence('sh', 'false\necho on'), /It failed:\nfalse/],
  ['a command that does not fail', fence('sh fails', 'true'), /It should fail:\ntrue/],
  ['a variable that is not set', fence('sh', 'echo "$NOBODY_SET_IT"'), /unbound variable/],
  ['a command that ends the shell', fence('sh', 'exit 3'), /It failed:\nexit 3/],
  [
    'a long-running command that ends at once',
    fence('sh', 'npm() { echo no; }\nnpm start'),
    /The command has ended/,
  ],
  [
    'a file whose content differs from the file in the project',
    fence('ts lib/index.ts', ''),
    /lib\/index\.ts has another content/,
  ],
])('%s is rejected with its file and line', async (_, text, message) => {
  await expect(run('A story.', text)).rejects.toThrow(message);
  await expect(run('A story.', text)).rejects.toThrow(/^docs\/story\.md:2: /);
});

test.each([
  ['text', 'one\ntwo', 'one'],
  ['text', 'two', 'one\ntwo'],
  ['text', 'o…e\nthree', 'one\ntwo'],
  ['text', '…\none', 'one\ntwo'],
  ['json', '{ "a": 1 }', '{"a": 2}'],
  ['json', '{ "a": 1 }', '{"a": 1, "b": 2}'],
  ['json', '{ "a": "x…" }', '{"a": "y"}'],
  ['json', '{ "a": [1] }', '{"a": [1, 2]}'],
  ['json', '{ "a": [1, 2, "…"] }', '{"a": [1]}'],
  ['json', '{ "a": {} }', '{"a": []}'],
])('the shown %s %j does not match the output %j', async (language, shown, printed) => {
  const commands = fence('sh', `echo '${printed.replaceAll('\n', "'\necho '")}'`);

  await expect(run(commands, fence(language, shown))).rejects.toThrow(/^docs\/story\.md:\d+: /);
});

test('a code block without an end is rejected with its file and line', () => {
  expect(() => documentOf('A story.', '```sh', 'true')).toThrow('docs/story.md:2: the fence has no end.');
});

test('if a file is rewritten after the document shows it, the file is reported', async () => {
  const shown = fence('ts tool.ts', 'export  const one = 1;');
  await run(shown, fence('sh', `echo 'export const one = 1;' >tool.ts`));

  expect(await rewrittenFiles(documentOf(shown), copy)).toEqual(['tool.ts']);
});

test('broken links are reported with their places', async () => {
  const readme = parseMarkdown('README.md', await readFile(join(PROJECT, 'README.md'), 'utf8'));
  const document = documentOf(
    '# One `thing`, twice',
    '# One thing twice',
    '[a](../README.md) [b](https://example.com) [c](#one-thing-twice) [d](#one-thing-twice-1) [e](../README.md#deploy)',
    '[f](nowhere.md) <img src="nowhere.png"> [g](#nowhere) [h](../README.md#nowhere)',
  );

  expect(linkFaults(document, [document, readme])).toEqual([
    'docs/story.md:4: nowhere.md leads to no file.',
    'docs/story.md:4: nowhere.png leads to no file.',
    'docs/story.md:4: #nowhere leads to no heading.',
    'docs/story.md:4: ../README.md#nowhere leads to no heading.',
  ]);
});

test('commands that fail for a reader are reported with their places', () => {
  const document = documentOf(
    'Run `npm run nothing`, `npm test` and `npx nothing-either`.',
    fence('sh account', 'A=$(date -u) B="x y" npx serverless deploy --param nowhere=1\njq . \\\n  more'),
    fence('sh python', 'python nobody.py'),
    fence('sh', `npm run scopes -- --tools "*,!a_*"\nnpm run scopes -- --tools '*,!a_*'`),
  );

  expect(commandFaults(document)).toEqual([
    'docs/story.md:1: package.json has no script nothing.',
    'docs/story.md:1: no package that is installed brings nothing-either.',
    'docs/story.md:2: lib/deploy/parameters.ts has no parameter nowhere.',
    'docs/story.md:2: a reader may not have the program jq.',
    'docs/story.md:12: Bash changes !a_* in double quotes. Use single quotes.',
    'docs/story.md:8: there is no nobody.py beside the document.',
  ]);
});

test('a document can be run on ports that differ from the ports in its commands', () => {
  expect(withPorts('curl http://127.0.0.1:4407/ http://127.0.0.1:8080', 20_000)).toBe(
    'curl http://127.0.0.1:20007/ http://127.0.0.1:8080',
  );
});
