import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTasks } from '../../../local/eval/find-tasks.ts';
import { runTask } from '../../../local/eval/run-task.ts';
import { projectTools } from '../../support/project-tools.ts';
import { startStackForTest } from '../../support/start-stack-for-test.ts';
import { transcriptModel } from '../../support/transcript-model.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const SHIPPED = ['gmail', 'slack', 'github', 'salesforce', 'hubspot'];
const connectors = new Set(projectTools.map(({ connector }) => connector.name));
const tasks = await findTasks(PROJECT, connectors);

let stack: Awaited<ReturnType<typeof startStackForTest>>;
beforeAll(async () => {
  stack = await startStackForTest();
});
afterAll(() => stack.close());

test('no two tasks have the same name', () => {
  expect(new Set(tasks.map(({ name }) => name)).size).toBe(tasks.length);
});

// A fork may have removed some of these connectors.
test.skipIf(!SHIPPED.every((connector) => connectors.has(connector)))(
  'there are at least 25 tasks, and each shipped connector has a task that reads and a task that writes',
  () => {
    expect(tasks.length).toBeGreaterThanOrEqual(25);
    for (const connector of SHIPPED) {
      const own = tasks.filter(({ name }) => name.startsWith(`${connector}_`));
      expect(own.some(({ writes = [] }) => writes.length > 0)).toBe(true);
      expect(own.some(({ writes = [] }) => writes.length === 0)).toBe(true);
    }
  },
);

describe.each(tasks)('the task $name', (task) => {
  test('is completed by the transcript `right`', async () => {
    const result = await runTask(task, { stack, model: transcriptModel(task.right) });

    expect(result.faults).toEqual([]);
    expect(result.isReached).toBe(true);
    expect(result.calls.map(({ tool }) => tool)).toEqual(task.right.calls.map(({ tool }) => tool));
    expect(result.tokens).toEqual({ input: result.calls.length + 1, output: result.calls.length + 1 });
  });

  test('is not completed by the transcript `wrong`', async () => {
    const { faults, ...transcript } = task.wrong;

    const result = await runTask(task, { stack, model: transcriptModel(transcript) });

    expect(result.faults).toEqual(faults);
    expect(result.isReached).toBe(false);
  });

  test('is not completed by a model that calls no tool and claims success', async () => {
    const model = transcriptModel({ calls: [], answer: 'It is done.' });

    const result = await runTask(task, { stack, model });

    expect(result.isReached).toBe(false);
  });
});
