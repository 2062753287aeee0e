import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { EvalTable } from './eval/eval-table.ts';
import { findTasks, selectTasks } from './eval/find-tasks.ts';
import { loadModel } from './eval/load-model.ts';
import { readEvalOptions } from './eval/read-eval-options.ts';
import { type EvalResult, runTask } from './eval/run-task.ts';
import { reportStartFailure } from './report-start-failure.ts';
import { startStack } from './start-stack.ts';

const PROJECT = join(import.meta.dirname, '..');

/** Lets a model do the tasks, and writes the results. */
async function main(): Promise<void> {
  const { model: name, globs, report } = readEvalOptions(process.argv.slice(2));
  const model = await loadModel(name);
  const startedAt = new Date().toISOString();
  const stack = await startStack({ log: () => {} });
  const results: EvalResult[] = [];
  try {
    const connectors = new Set(stack.tools.map(({ tool }) => tool.connector.name));
    const tasks = selectTasks(await findTasks(PROJECT, connectors), globs);
    const table = new EvalTable(tasks);
    console.log(table.heading);
    for (const task of tasks) {
      const result = await runTask(task, { stack, model });
      results.push(result);
      console.log(table.row(result));
    }
    console.log(table.sum(results));
  } finally {
    await stack.close();
  }
  const written = {
    version: packageJson.version,
    model: `${name.provider}:${name.model}`,
    started_at: startedAt,
    tasks: results.map(({ task, isReached, ...rest }) => ({ name: task, is_reached: isReached, ...rest })),
  };
  await writeFile(report, `${JSON.stringify(written, null, 2)}\n`);
  console.log(`\n${report} has every call and answer.`);
}

await main().catch(reportStartFailure);
