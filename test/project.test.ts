import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';

const PROJECT = join(import.meta.dirname, '..');
const LockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).default({}),
    }),
  ),
});
const { packages } = LockFile.parse(JSON.parse(await readFile(join(PROJECT, 'package-lock.json'), 'utf8')));

test('the Scalekit SDK is pinned to the installed version', async () => {
  const { dependencies } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'));
  const installed = await readFile(join(PROJECT, 'node_modules/@scalekit-sdk/node/package.json'), 'utf8');

  expect(dependencies['@scalekit-sdk/node']).toBe(JSON.parse(installed).version);
});

test('the lock file names no registry', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test('the lock file has the packages for other platforms, which npm ci requires', () => {
  const locked = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
  const optional = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies));

  expect(optional.filter((name) => !locked.has(name))).toEqual([]);
});
