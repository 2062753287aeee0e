import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOptions } from '../../scripts/schemas/read-options.ts';
import { anyList } from '../support/project-tools.ts';

const PROJECT = join(import.meta.dirname, '../..');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schemas-'));
});
afterEach(() => rm(folder, { recursive: true }));

function run(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(PROJECT, 'scripts/schemas.ts'), ...args], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

test('npm run schemas writes the schemas of all tools, and prints the name of each file', async () => {
  const { name } = anyList();
  const { code, stdout, stderr } = await run('--out', folder, '--server', 'https://api.example.com/');

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const written = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = written
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  expect(stdout.trimEnd().split('\n').sort()).toEqual(files.sort());
  expect(files).toContain(join(folder, `bedrock/${name}.openapi.json`));
  expect(JSON.parse(await readFile(join(folder, 'openapi.json'), 'utf8'))).toMatchObject({
    servers: [{ url: 'https://api.example.com' }],
    paths: { [`/tools/${name}`]: {} },
  });
});

test('npm run schemas prints an error of one line if a file cannot be written', async () => {
  await writeFile(join(folder, 'file'), '');

  const { code, stdout, stderr } = await run('--out', join(folder, 'file'));

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^E[A-Z]+: .*file'?\n$/);
});

test('npm run schemas rejects a wrong option with an error of one line', async () => {
  const { code, stdout, stderr } = await run('--nope');

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(
    "Unknown option '--nope'. Usage: npm run schemas -- [--out <folder>] [--server <URL of the API>]…\n",
  );
});

test('npm run schemas writes to schemas/ by default, with the API itself as the server', () => {
  expect(readOptions([])).toEqual({ out: 'schemas', servers: ['/'] });
});

test.each([
  [['--out'], "Option '--out <value>' argument missing. Usage: "],
  [['--out='], '--out is empty. Usage: '],
  [['extra'], "Unexpected argument 'extra'. Usage: "],
  [['--server', 'foo'], '--server "foo" is no http or https URL. Usage: '],
])('npm run schemas rejects %j', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
