import { glob } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';

export interface ProjectState {
  /** For each connector's name, the name of its export. */
  connectors: ReadonlyMap<string, string>;
  toolNames: ReadonlySet<string>;
}

/**
 * Returns the tools and connectors of a project.
 * @throws ToolFileError if a tool's file cannot be imported
 */
export async function readProjectState(project: string): Promise<ProjectState> {
  const connectors = new Map<string, string>();
  for await (const file of glob('functions/*/connector.ts', { cwd: project })) {
    const exported: Record<string, unknown> = await import(pathToFileURL(join(project, file)).href);
    const name = basename(dirname(file));
    const [found] = Object.entries(exported).find(([, value]) => nameOf(value) === name) ?? [];
    if (found) connectors.set(name, found);
  }
  const toolNames = new Set((await discoverTools(project)).map(({ tool }) => tool.name));
  return { connectors: new Map([...connectors].sort()), toolNames };
}

function nameOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
}
