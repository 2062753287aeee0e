import { readToolFiles, type ToolModule } from '../../lib/deploy/discover-tools.ts';

/** A file that could not be loaded. */
export interface FileProblem {
  /** Relative to the project. */
  file: string;
  message: string;
}

export interface ReadTools {
  /** Sorted by the name of the tool. */
  tools: ToolModule[];
  problems: FileProblem[];
  /** The names of the tools that are new, changed or removed. */
  changed: string[];
  removed: string[];
}

/** The current tools of a project. If a file is broken, the last working version of its tool is used. */
export class ToolFiles {
  readonly #project: string;
  readonly #good = new Map<string, ToolModule>();

  /** @param project an absolute path */
  constructor(project: string) {
    this.#project = project;
  }

  /** @param faultOf returns why a tool cannot be deployed, or undefined */
  async read(faultOf: (tool: ToolModule) => Error | undefined): Promise<ReadTools> {
    const { tools: found, faults } = await readToolFiles(this.#project);
    const problems = faults.map(({ file, message }) => ({ file, message }));
    const before = this.#byName();
    // If a file was deleted or does not contain a tool any more, its tool is removed.
    const files = new Set([...found, ...faults].map(({ file }) => file));
    for (const file of this.#good.keys()) if (!files.has(file)) this.#good.delete(file);

    for (const discovered of found) {
      const { tool, file } = discovered;
      const fault = this.#good.get(file)?.tool === tool ? undefined : faultOf(discovered);
      if (fault) problems.push({ file, message: `${file}: ${fault.message}` });
      else this.#good.set(file, discovered);
    }
    const now = this.#byName();
    return {
      tools: [...now.values()].sort((one, other) => one.tool.name.localeCompare(other.tool.name)),
      problems,
      changed: [...now].flatMap(([name, { tool }]) => (before.get(name)?.tool === tool ? [] : [name])),
      removed: [...before.keys()].filter((name) => !now.has(name)),
    };
  }

  #byName(): Map<string, ToolModule> {
    return new Map([...this.#good.values()].map((discovered) => [discovered.tool.name, discovered]));
  }
}
