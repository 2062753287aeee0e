import { globSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../command-line/usage-error.ts';
import { connectorsOf, type EvalTask } from './eval-task.ts';

const FILES = 'functions/*/local/eval-tasks.ts';

/**
 * Finds the tasks of a project: the export `tasks` of every `functions/<connector>/local/eval-tasks.ts`. A task that
 * needs a connector without tools is left out.
 * @param project an absolute path
 * @param connectors the connectors that have tools
 */
export async function findTasks(project: string, connectors: ReadonlySet<string>): Promise<EvalTask[]> {
  const found: EvalTask[] = [];
  for (const file of globSync(FILES, { cwd: project }).sort()) {
    const { tasks }: { tasks: EvalTask[] } = await import(pathToFileURL(join(project, file)).href);
    found.push(...tasks);
  }
  return found.filter((task) => connectorsOf(task).every((connector) => connectors.has(connector)));
}

/**
 * Returns the tasks whose names match a glob.
 * @throws UsageError if a glob matches no task, because it must be misspelt
 */
export function selectTasks(tasks: readonly EvalTask[], globs: readonly string[]): EvalTask[] {
  const fits = ({ name }: EvalTask, glob: string) => matchesGlob(name, glob);
  const idle = globs.find((glob) => !tasks.some((task) => fits(task, glob)));
  if (idle !== undefined)
    throw new UsageError(`No task matches ${idle}. There are ${tasks.map(({ name }) => name).join(', ')}.`);
  return tasks.filter((task) => globs.some((glob) => fits(task, glob)));
}
