import { join } from 'node:path';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';

/** The tools of this project. A fork may have other tools. */
export const projectTools = (await discoverTools(join(import.meta.dirname, '../..'))).map(({ tool }) => tool);

/** Returns true if the project has all these tools. Tests use this to skip themselves if a tool is missing. */
export function hasTools(...names: readonly string[]): boolean {
  return names.every((name) => projectTools.some((tool) => tool.name === name));
}

/** Returns a list tool without required inputs, for an example call. */
export function anyList() {
  for (const { name, list, input, connector } of projectTools)
    if (list && input.safeParse({}).success) return { name, key: list.key, connector: connector.name };
  throw new Error('No tool of the project is a list that needs no input.');
}
