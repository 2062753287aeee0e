import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import { withToolTable } from './tool-table.ts';

/**
 * Lists the tools of a project in its README.
 * @param project an absolute path
 * @throws ToolFileError where a tool's file cannot be imported
 */
export async function listTools(project: string): Promise<void> {
  const file = join(project, 'README.md');
  const readme = await readFile(file, 'utf8');
  const tools = (await discoverTools(project)).map(({ tool }) => tool);
  await writeFile(file, withToolTable(readme, tools));
}
