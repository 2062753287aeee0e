import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Tool } from '../contract/define-tool.ts';
import { type Handler, toolOf } from '../create-handler.ts';

const NO_TOOLS = ['functions/*/{local,test}/**'];

/** A mistake in a tool's file; the message names the file and says what to do. */
export class ToolFileError extends Error {
  override readonly name = 'ToolFileError';
}

export interface DiscoveredTool {
  tool: Tool;
  /** The tool's file, relative to the project. */
  file: string;
}

/**
 * Finds the tools of a project: every file under `functions/` that exports `tool` and `handler`, but for a
 * connector's tests and its emulated provider.
 * @param projectDirectory an absolute path
 * @throws ToolFileError where one of the two is missing or not the other's, or a name comes twice
 */
export async function discoverTools(projectDirectory: string): Promise<DiscoveredTool[]> {
  const tools = new Map<string, DiscoveredTool>();
  for await (const file of glob('functions/**/*.ts', { cwd: projectDirectory, exclude: NO_TOOLS })) {
    const tool = await importTool(projectDirectory, file);
    if (!tool) continue;
    const other = tools.get(tool.name);
    if (other)
      throw new ToolFileError(`${file} and ${other.file} both define ${tool.name}. Rename one of them.`);
    tools.set(tool.name, { tool, file });
  }
  return [...tools.values()].sort((one, other) => one.tool.name.localeCompare(other.tool.name));
}

/** The tool of a file; undefined where the file has nothing to do with tools. */
async function importTool(projectDirectory: string, file: string): Promise<Tool | undefined> {
  const { tool, handler } = await importFile(projectDirectory, file);
  if (!tool && !handler) return undefined;
  if (!tool) {
    throw new ToolFileError(
      `${file} exports a handler but no tool. Write: export const tool = defineTool({ … });`,
    );
  }
  if (typeof handler !== 'function') {
    throw new ToolFileError(
      `${file} exports a tool but no handler. Add: export const handler = createHandler(tool);`,
    );
  }
  if (toolOf(handler) !== tool) {
    throw new ToolFileError(
      `The handler of ${file} is not made from its tool. Write: export const handler = createHandler(tool);`,
    );
  }
  return tool;
}

async function importFile(
  projectDirectory: string,
  file: string,
): Promise<{ tool?: Tool; handler?: Handler }> {
  try {
    return await import(pathToFileURL(join(projectDirectory, file)).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ToolFileError(`${file} cannot be imported: ${reason}`, { cause });
  }
}
