// Writes the files of a new tool or a new connector.
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { EFFECTS } from '../lib/contract/define-tool.ts';
import { ToolFileError } from '../lib/deploy/discover-tools.ts';
import { UsageError } from '../local/command-line/usage-error.ts';
import { assertNewConnector, assertNewTool } from './new/assert-new-name.ts';
import { connectorTemplates } from './new/connector-templates.ts';
import { effectOfVerb, listsByVerb } from './new/effect-of-verb.ts';
import { type ProjectState, readProjectState } from './new/project-state.ts';
import { type NewOptions, readNewOptions, USAGE } from './new/read-new-options.ts';
import { testTemplate } from './new/test-template.ts';
import { exampleInput, toolTemplate } from './new/tool-template.ts';
import { writeNewFiles } from './new/write-new-files.ts';
import { CONTRACTS, listTools, TOOL_LIST } from './tool-list/list-tools.ts';

const PROJECT = join(import.meta.dirname, '..');

try {
  const options = readNewOptions(process.argv.slice(2));
  const state = await readProjectState(PROJECT);
  if (options.kind === 'connector') await newConnector(options, state);
  else await newTool(options, state);
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof UsageError || error instanceof ToolFileError ? error.message : error);
}

async function newConnector(options: NewOptions & { kind: 'connector' }, state: ProjectState): Promise<void> {
  const name = options.name ?? (await ask('The name of the connector, as Scalekit has it'));
  assertNewConnector(name, state);
  const files = connectorTemplates(name);
  await writeNewFiles(PROJECT, files);
  const example = join(PROJECT, '.env.example');
  const setting = `#${name.toUpperCase()}_CONNECTION=${name}\n`;
  await writeFile(example, (await readFile(example, 'utf8')).trimEnd().concat('\n', setting));
  tellFiles([...Object.keys(files), '.env.example']);
  console.log(`
Next: its error table and its emulated provider, each after the documentation of the provider, and
  npm run new -- ${name} <verb_object>`);
}

async function newTool(options: NewOptions & { kind: 'tool' }, state: ProjectState): Promise<void> {
  const connector =
    options.connector ?? (await ask(`The connector (${[...state.connectors.keys()].join(', ')})`));
  const verbObject = options.verbObject ?? (await ask('A verb and an object, such as list_starred'));
  assertNewTool(connector, verbObject, state);
  const effect = options.effect ?? effectOfVerb(verbObject) ?? (await askEffect());
  const isList = options.isList || (effect === 'read' && listsByVerb(verbObject));
  if (isList && effect !== 'read')
    throw new UsageError('A list is a tool that reads: leave --list or --effect out.');

  const name = `${connector}_${verbObject}`;
  const tool = { connector, connectorExport: state.connectors.get(connector) ?? '', name, effect, isList };
  const file = `functions/${connector}/${verbObject.replaceAll('_', '-')}.ts`;
  const testFile = join(dirname(file), 'test', basename(file).replace(/\.ts$/, '.test.ts'));
  await writeNewFiles(PROJECT, {
    [file]: toolTemplate(tool),
    [testFile]: testTemplate(tool, basename(file)),
  });
  await listTools(PROJECT);
  tellFiles([file, testFile, TOOL_LIST, CONTRACTS]);
  console.log(`
Next: write what says “To do” in them, and
  npm run invoke -- ${name} --as user_ada '${JSON.stringify(exampleInput(tool))}'
  npx vitest run ${testFile}`);
}

async function askEffect() {
  const answer = await ask(`What it does to the provider's data (${EFFECTS.join(', ')})`, '--effect');
  const effect = EFFECTS.find((known) => known === answer);
  if (effect) return effect;
  throw new UsageError(`There is no effect "${answer}". ${USAGE}`);
}

/**
 * Asks the person at the terminal for a missing argument.
 * @throws UsageError if the input is not a terminal
 */
async function ask(what: string, option?: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new UsageError(`${what} is missing${option ? `: ${option}` : ''}. ${USAGE}`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`${what}: `)).trim();
  } finally {
    terminal.close();
  }
}

function tellFiles(files: readonly string[]): void {
  console.log(files.map((file) => `  ${file}`).join('\n'));
}
