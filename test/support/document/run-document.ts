import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Claim, claimFence, lastLine } from './claim-fence.ts';
import { withPorts } from './document-ports.ts';
import { jsonDifferences } from './json-differences.ts';
import type { Fence, MarkdownDocument } from './markdown-document.ts';
import { hasLinesInOrder, matchesText, readableOutput } from './match-text.ts';
import { ShellSession } from './shell-session.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const OUTPUT_TIMEOUT_MS = 20_000;
// Another test or CI runs these commands.
const RUN_ELSEWHERE = [
  /^(?:npm ci && )?npm test( -- --coverage)?$/, // These tests run this document, too.
  /^npm run bench( -- --(load|interleave))?$/, // Tests in test/scripts/bench run shorter versions.
];
// Dependencies are installed already, and a test must not need npm's registry. CI runs this command in a new
// checkout.
const INSTALL = /^npm ci(?: && |$)/gm;

export interface DocumentSurroundings {
  /** The copy of the project in which the document is run. */
  copy: string;
  /** A folder next to the copy. */
  folder: string;
  firstPort: number;
  variables: Readonly<Record<string, string>>;
}

/**
 * Runs the blocks of a document from beginning to end in one shell.
 * @returns a function that ends the shell and every process that was started in it
 * @throws Error with the file and line of a block that fails its check
 */
export async function runDocument(document: MarkdownDocument, surroundings: DocumentSurroundings) {
  const { copy, folder, firstPort, variables } = surroundings;
  const session = new ShellSession({
    directory: copy,
    scratch: await mkdtemp(join(folder, 'session-')),
    variables: { ...variables, PORT: String(firstPort) },
  });
  const run: DocumentRun = { ...surroundings, session, printed: undefined };
  let last: Fence | undefined;
  try {
    for (const fence of document.fences) {
      const shown = { ...fence, text: withPorts(fence.text, firstPort) };
      await perform(claimFence(document, fence, last), shown, run).catch((cause: unknown) => {
        const message = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`${document.file}:${fence.line}: ${message}`, { cause });
      });
      last = fence;
    }
  } catch (error) {
    await session.close();
    throw error;
  }
  return { close: () => session.close() };
}

interface DocumentRun extends DocumentSurroundings {
  session: ShellSession;
  /** The output of the last commands, or undefined if the last command is still running. */
  printed: string | undefined;
}

async function perform(claim: Claim, { text }: Fence, run: DocumentRun): Promise<void> {
  const { session } = run;
  if (claim.kind === 'run') run.printed = await session.run(commandsOf(text), claim.fails);
  if (claim.kind === 'start') {
    const command = lastLine(text);
    await session.run(commandsOf(text.slice(0, -command.length)));
    await session.start(command);
    run.printed = undefined;
  }
  if (claim.kind === 'write') await writeShown(claim.path, text, run.copy);
  if (claim.kind === 'later output')
    await session.waitForOutput((printed) => hasLinesInOrder(text, printed), OUTPUT_TIMEOUT_MS);
  if (claim.kind !== 'output') return;
  const { printed } = run;
  if (printed === undefined)
    await session.waitForOutput((started) => matchesText(text, started), OUTPUT_TIMEOUT_MS);
  else if (claim.format === 'json') assertJson(text, printed);
  else if (!matchesText(text, printed)) throw new Error(`The output is another:\n${readableOutput(printed)}`);
}

/**
 * Writes a new file, or compares the text with the file in the project.
 * @throws Error if the project has a file with this path and other content
 */
async function writeShown(path: string, text: string, copy: string): Promise<void> {
  if (existsSync(join(PROJECT, path))) {
    if ((await readFile(join(PROJECT, path), 'utf8')) !== text)
      throw new Error(`${path} has another content.`);
    return;
  }
  await mkdir(join(copy, dirname(path)), { recursive: true });
  await writeFile(join(copy, path), text);
}

function assertJson(shown: string, printed: string): void {
  const differences = jsonDifferences(JSON.parse(shown), JSON.parse(readableOutput(printed)));
  if (differences.length > 0) throw new Error(`${differences.join('\n')}\nIt printed:\n${printed}`);
}

function commandsOf(text: string): string {
  const lines = text.replace(INSTALL, '').split('\n');
  return lines.map((line) => (RUN_ELSEWHERE.some((pattern) => pattern.test(line)) ? ':' : line)).join('\n');
}
