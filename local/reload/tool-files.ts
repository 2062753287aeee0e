import type { Tool } from '../../lib/contract/define-tool.ts';
import { type DiscoveredTool, readToolFiles } from '../../lib/deploy/discover-tools.ts';

/** A file that could not be taken up. */
export interface FileProblem {
  /** Relative to the project. */
  file: string;
  message: string;
}

export interface ReadTools {
  /** In the order of their names. */
  tools: DiscoveredTool[];
  problems: FileProblem[];
  /** The names of those that are new or have changed, and of those that are gone. */
  taken: string[];
  gone: string[];
}

/** The tools of a project as they are now; where a file is broken, as it was before. */
export class ToolFiles {
  readonly #project: string;
  readonly #good = new Map<string, Tool>();

  /** @param project an absolute path */
  constructor(project: string) {
    this.#project = project;
  }

  /** @param faultOf why a tool cannot be deployed; undefined where it can */
  async read(faultOf: (tool: Tool) => Error | undefined): Promise<ReadTools> {
    const { tools: found, faults } = await readToolFiles(this.#project);
    const problems = faults.map(({ file, message }) => ({ file, message }));
    const before = this.#byName();
    // One that is gone, or holds no tool any more, takes its tool with it.
    const files = new Set([...found, ...faults].map(({ file }) => file));
    for (const file of this.#good.keys()) if (!files.has(file)) this.#good.delete(file);

    for (const { tool, file } of found) {
      const fault = this.#good.get(file) === tool ? undefined : faultOf(tool);
      if (fault) problems.push({ file, message: `${file}: ${fault.message}` });
      else this.#good.set(file, tool);
    }
    const now = this.#byName();
    return {
      tools: [...now.values()].sort((one, other) => one.tool.name.localeCompare(other.tool.name)),
      problems,
      taken: [...now].flatMap(([name, { tool }]) => (before.get(name)?.tool === tool ? [] : [name])),
      gone: [...before.keys()].filter((name) => !now.has(name)),
    };
  }

  #byName(): Map<string, DiscoveredTool> {
    return new Map([...this.#good].map(([file, tool]) => [tool.name, { file, tool }]));
  }
}
