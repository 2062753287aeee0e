import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import { readCheckedAgainst } from './checked-against.ts';
import { contractText } from './contract-text.ts';
import { withToolTable } from './tool-table.ts';

/** The path of the list of tools, relative to the project. */
export const TOOL_LIST = 'docs/tools.md';

/** The path of the list of contracts, relative to the project. */
export const CONTRACTS = 'docs/contracts.txt';

/**
 * Writes the list of a project's tools into `TOOL_LIST`, and the tools' contracts into `CONTRACTS`. A review then
 * shows each change of a contract.
 * @param project an absolute path
 * @throws ToolFileError if a tool's file cannot be imported
 */
export async function listTools(project: string): Promise<void> {
  const file = join(project, TOOL_LIST);
  const document = await readFile(file, 'utf8');
  const discovered = await discoverTools(project);
  const checkedAgainst = await readCheckedAgainst(project, discovered);
  const tools = discovered.map(({ tool }) => tool);
  await writeFile(file, withToolTable(document, tools, checkedAgainst));
  await writeFile(join(project, CONTRACTS), tools.map(contractText).join('\n'));
}
