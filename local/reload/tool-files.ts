import { readToolFiles, type ToolModule } from '../../lib/deploy/discover-tools.ts';

/** A file that could not be taken up. */
export interface FileProblem {
  /** Relative to the project. */
  file: string;
  message: string;
}

export interface ReadTools {
  /** In the order of their names. */
  tools: ToolModule[];
  problems: FileProblem[];
  /** The names of those that are new or have changed, and of those that are gone. */
  taken: string[];
  gone: string[];
}

/** The tools of a project as they are now; where a file is broken, as it was before. */
export class ToolFiles {
  readonly #project: string;
  readonly #good = new Map<string, ToolModule>();

  /** @param project an absolute path */
  constructor(project: string) {
    this.#project = project;
  }

  /** @param faultOf why a tool cannot be deployed; undefined where it can */
  async read(faultOf: (tool: ToolModule) => Error | undefined): Promise<ReadTools> {
    const { tools: found, faults } = await readToolFiles(this.#project);
    const problems = faults.map(({ file, message }) => ({ file, message }));
    const before = this.#byName();
    // One that is gone, or holds no tool any more, takes its tool with it.
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
      taken: [...now].flatMap(([name, { tool }]) => (before.get(name)?.tool === tool ? [] : [name])),
      gone: [...before.keys()].filter((name) => !now.has(name)),
    };
  }

  #byName(): Map<string, ToolModule> {
    return new Map([...this.#good.values()].map((discovered) => [discovered.tool.name, discovered]));
  }
}
