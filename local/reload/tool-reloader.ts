import { join, relative, sep } from 'node:path';
import type { ToolModule } from '../../lib/deploy/discover-tools.ts';
import { SettingsError } from '../../lib/settings/settings-error.ts';
import type { Stack } from '../stack.ts';
import { FreshImports } from './fresh-imports.ts';
import { type FileProblem, ToolFiles } from './tool-files.ts';
import { type FileWatch, watchFiles } from './watch-files.ts';

// Node.js imports the files in these folders only once, at the start.
const IMPORTED_ONCE = ['lib', 'local'];

/** The result of loading changed files. */
export interface Reload {
  /** The names of the tools that are new, changed or removed. */
  changed: readonly string[];
  removed: readonly string[];
  /** The connectors whose emulated provider was started or restarted. */
  providers: readonly string[];
  problems: readonly FileProblem[];
  needsRestart: readonly string[];
}

/** Reloads the tools of a project when their files change. Create it before any tool is imported. */
export class ToolReloader {
  readonly #project: string;
  readonly #functions: string;
  readonly #imports: FreshImports;
  readonly #files: ToolFiles;
  readonly #needsRestart = new Set<string>();
  readonly #listeners = new Set<(reload: Reload) => void>();
  #problems: readonly FileProblem[] = [];

  /** @param project an absolute path */
  constructor(project: string) {
    this.#project = project;
    this.#functions = join(project, 'functions');
    this.#imports = new FreshImports(this.#functions);
    this.#files = new ToolFiles(project);
  }

  /** The files that cannot be loaded in their current state. */
  get problems(): readonly FileProblem[] {
    return this.#problems;
  }

  /** Changed files that need a restart, relative to the project. */
  get needsRestart(): readonly string[] {
    return [...this.#needsRestart];
  }

  /**
   * Loads the tools at the start. A broken file is reported, and the other tools start.
   * @throws SettingsError if a setting that the tools need is missing or malformed
   */
  async first(faultOf: (tool: ToolModule) => Error | undefined): Promise<ToolModule[]> {
    const { tools, problems } = await this.#files.read((tool) => {
      const fault = faultOf(tool);
      if (fault instanceof SettingsError) throw fault;
      return fault;
    });
    this.#problems = problems;
    return tools;
  }

  /**
   * Adds a listener that is called after each reload.
   * @returns a function that removes the listener
   */
  onReload(listener: (reload: Reload) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Watches the files of the project and deploys changed tools. */
  watch(stack: Stack): FileWatch {
    const folders = [this.#functions, ...IMPORTED_ONCE.map((name) => join(this.#project, name))];
    return watchFiles(folders, (files) => this.#reload(files, stack));
  }

  async #reload(files: readonly string[], stack: Stack): Promise<void> {
    const ours = files.filter((file) => file.startsWith(this.#functions + sep));
    for (const file of files) if (!ours.includes(file)) this.#needsRestart.add(relative(this.#project, file));
    this.#imports.changed(ours);
    const { providers, problem } = await this.#reloadProviders(stack);
    const { tools, problems, changed, removed } = await this.#files.read((tool) => stack.faultOf(tool));
    stack.deploy(tools);
    this.#problems = problem ? [problem, ...problems] : problems;
    const reload = { changed, removed, providers, problems: this.#problems, needsRestart: this.needsRestart };
    for (const listener of this.#listeners) listener(reload);
  }

  async #reloadProviders(stack: Stack): Promise<{ providers: string[]; problem?: FileProblem }> {
    try {
      return { providers: await stack.reloadProviders() };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const file = 'functions/*/local/provider.ts';
      return {
        providers: [],
        problem: { file, message: `An emulated provider could not be started: ${message}` },
      };
    }
  }
}

/** Describes a reload for the terminal. */
export function describeReload({ changed, removed, providers, problems, needsRestart }: Reload): string {
  const lines = [
    ...(changed.length > 0 ? [`Reloaded: ${changed.join(', ')}`] : []),
    ...(removed.length > 0 ? [`Removed: ${removed.join(', ')}`] : []),
    ...(providers.length > 0 ? [`Emulated provider started: ${providers.join(', ')}`] : []),
    ...problems.map(describeProblem),
    ...(needsRestart.length > 0
      ? [`Restart npm start to use the changes of ${needsRestart.join(', ')}.`]
      : []),
  ];
  return lines.length > 0 ? lines.join('\n') : 'Reloaded. No tool has changed.';
}

/** Describes a file that could not be loaded, for the terminal. */
export function describeProblem({ message }: FileProblem): string {
  return `Not loaded: ${message}`;
}
