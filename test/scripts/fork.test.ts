import { glob, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyProject } from '../support/copy-project.ts';
import { projectConnectors } from '../support/project-connectors.ts';

// A fork deletes the connectors that it does not need, and should not have to change anything else.
const names = [...(await projectConnectors()).keys()].sort();
const halves = [0, 1].map((half) => ({ removed: names.filter((_, index) => index % 2 === half) }));
// These tests copy the project themselves, or work with any connector.
const OF_COPIES = [
  'test/{build,first-deployment,growth,templates}.test.ts',
  'test/docs/{contributing,documents}.test.ts',
  // These tests are skipped without their tools. To run them here would take minutes.
  'test/local/console/*.browser.test.ts',
  'test/scripts/{fork,new}.test.ts',
];

// Both forks use one copy, because Vitest keeps transformed modules by their paths.
let project: Awaited<ReturnType<typeof copyProject>>;
beforeAll(async () => {
  project = await copyProject();
});
afterAll(() => project.remove());

/** Moves connectors out of the project. Returns a function that moves them back. */
async function withoutConnectors(connectors: readonly string[]) {
  const aside = join(project.folder, 'removed');
  await mkdir(aside, { recursive: true });
  const moves = connectors.map((name) => [join(project.copy, 'functions', name), join(aside, name)] as const);
  for (const [from, to] of moves) await rename(from, to);
  return async () => {
    for (const [from, to] of moves) await rename(to, from);
  };
}

/** Returns the tests outside the connectors' folders that mention one of these connectors. */
async function testsWith(connectors: readonly string[]): Promise<string[]> {
  const word = new RegExp(`\\b(${connectors.join('|')})`, 'i');
  const files: string[] = [];
  for await (const file of glob('test/**/*.test.ts', { cwd: project.copy, exclude: OF_COPIES }))
    if (word.test(await readFile(join(project.copy, file), 'utf8'))) files.push(file);
  return files;
}

describe.skipIf(names.length < 2).each(halves)(
  'in the project without the folders of $removed',
  ({ removed }) => {
    test('every check, the demo, the tests and the package pass unchanged', async () => {
      const restore = await withoutConnectors(removed);
      const bin = (name: string) => join(project.copy, 'node_modules/.bin', name);
      const node = process.execPath;

      try {
        for (const [program, ...args] of [
          ['npm', 'run', 'check'],
          [node, 'local/demo.ts'],
          [bin('serverless'), 'package', '--stage', 'prod'],
          [bin('vitest'), 'run', '--project', '!bundled', ...(await testsWith(removed))],
        ]) {
          const { code, output } = await project.run(program ?? '', ...args);
          expect(code, `${program} ${args.join(' ')}\n${output.slice(-4_000)}`).toBe(0);
        }
      } finally {
        await restore();
      }
    }, 300_000);
  },
);
