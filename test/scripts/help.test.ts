import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { runScript } from '../support/run-script.ts';

const Manifest = z.object({ scripts: z.record(z.string(), z.string()) });
const { scripts } = Manifest.parse(
  JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')),
);
// People do not run these scripts. npm runs them when it packs the project.
const OF_NPM = ['prepack', 'postpack'];
const commands = Object.entries(scripts).flatMap(([name, command]) => {
  const [, file] = /^node (\S+\.ts)$/.exec(command) ?? [];
  return file === undefined || OF_NPM.includes(name) ? [] : [{ name, file }];
});

test.concurrent.each(commands)(
  'npm run $name -- --help prints the usage of the command',
  async ({ name, file }) => {
    const { code, stdout, stderr } = await runScript(file, '--help');

    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: npm (?:run (?:--silent )?)?${name}\\b`));
  },
  60_000,
);
