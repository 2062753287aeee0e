import { join } from 'node:path';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';

/** The tools of this project: a fork need not have those that we have. */
export const projectTools = (await discoverTools(join(import.meta.dirname, '../..'))).map(({ tool }) => tool);

/** True if the project has these: a test of one that it does not have has nothing to call. */
export function hasTools(...names: readonly string[]): boolean {
  return names.every((name) => projectTools.some((tool) => tool.name === name));
}

/** A list among them that asks for nothing, to be called as an example. */
export function anyList() {
  for (const { name, list, input, connector } of projectTools)
    if (list && input.safeParse({}).success) return { name, key: list.key, connector: connector.name };
  throw new Error('No tool of the project is a list that needs no input.');
}
