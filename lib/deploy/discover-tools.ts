import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Tool } from '../contract/define-tool.ts';
import { toolOf } from '../create-handler.ts';
import type { Handler } from '../lambda-handler.ts';

const NO_TOOLS = ['functions/*/{local,test}/**'];

/** A mistake in a tool's file. The message names the file and says what to do. */
export class ToolFileError extends Error {
  override readonly name = 'ToolFileError';
  /** The path, relative to the project. */
  readonly file: string;

  constructor(file: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.file = file;
  }
}

export interface DiscoveredTool {
  tool: Tool;
  /** The path of the tool's file, relative to the project. */
  file: string;
}

/** A tool with the Lambda handler that its file exports. */
export interface ToolModule extends DiscoveredTool {
  handler: Handler;
}

/**
 * Finds the tools of a project: every file under `functions/` that exports `tool` and `handler`, except a connector's
 * tests and its emulated provider.
 * @param projectDirectory an absolute path
 * @throws ToolFileError if one of the exports is missing, if they do not belong together, or if a name is used twice
 */
export async function discoverTools(projectDirectory: string): Promise<ToolModule[]> {
  const { tools, faults } = await readToolFiles(projectDirectory);
  if (faults[0]) throw faults[0];
  return tools;
}

/**
 * Like `discoverTools`, but does not throw for faulty files. Returns an error for each of them, and the valid tools.
 * @param projectDirectory an absolute path
 */
export async function readToolFiles(
  projectDirectory: string,
): Promise<{ tools: ToolModule[]; faults: ToolFileError[] }> {
  const tools = new Map<string, ToolModule>();
  const faults: ToolFileError[] = [];
  for await (const file of glob('functions/**/*.ts', { cwd: projectDirectory, exclude: NO_TOOLS })) {
    try {
      const imported = await importTool(projectDirectory, file);
      if (!imported) continue;
      const { tool } = imported;
      const other = tools.get(tool.name);
      if (other) {
        const message = `${file} and ${other.file} both define ${tool.name}. Rename one of them.`;
        throw new ToolFileError(file, message);
      }
      tools.set(tool.name, { ...imported, file });
    } catch (error) {
      if (!(error instanceof ToolFileError)) throw error;
      faults.push(error);
    }
  }
  return {
    tools: [...tools.values()].sort((one, other) => one.tool.name.localeCompare(other.tool.name)),
    faults,
  };
}

/** Returns the exports of a tool's file, or undefined if the file exports neither `tool` nor `handler`. */
async function importTool(
  projectDirectory: string,
  file: string,
): Promise<Omit<ToolModule, 'file'> | undefined> {
  const { tool, handler } = await importFile(projectDirectory, file);
  if (!tool && !handler) return undefined;
  if (!tool) {
    throw new ToolFileError(
      file,
      `${file} exports a handler but no tool. Write: export const tool = defineTool({ … });`,
    );
  }
  if (typeof handler !== 'function') {
    throw new ToolFileError(
      file,
      `${file} exports a tool but no handler. Add: export const handler = createHandler(tool);`,
    );
  }
  if (toolOf(handler) !== tool) {
    throw new ToolFileError(
      file,
      `The handler of ${file} is not made from its tool. Write: export const handler = createHandler(tool);`,
    );
  }
  return { tool, handler };
}

async function importFile(
  projectDirectory: string,
  file: string,
): Promise<{ tool?: Tool; handler?: Handler }> {
  try {
    return await import(pathToFileURL(join(projectDirectory, file)).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ToolFileError(file, `${file} cannot be imported: ${reason}${placeIn(cause)}`, { cause });
  }
}

/**
 * Returns the file and line of an error, such as ` (functions/gmail/labels.ts:12)`. The line may be in a file that the
 * tool imports.
 */
function placeIn(cause: unknown): string {
  const stack = cause instanceof Error ? cause.stack : undefined;
  const [, file, line] = /\b(functions\/[^\s?:()]+)(?:\?\S*?)?:(\d+)/.exec(stack ?? '') ?? [];
  return file === undefined ? '' : ` (${file}:${line})`;
}
