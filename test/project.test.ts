import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const PROJECT = join(import.meta.dirname, '..');
const LockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      link: z.boolean().default(false),
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

test('the lock file contains no URL of a registry', () => {
  expect(Object.values(packages).filter(({ resolved, link }) => resolved !== undefined && !link)).toEqual([]);
});

test('the lock file contains the packages for other platforms, which npm ci requires', () => {
  const locked = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
  const optional = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies));

  expect(optional.filter((name) => !locked.has(name))).toEqual([]);
});

// Without this setting, npm 10 runs all install scripts.
test('.npmrc stops npm from running the install scripts of dependencies', async () => {
  expect(await readFile(join(PROJECT, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

describe('Node.js', () => {
  const binaries = Object.entries(packages).filter(([path]) =>
    /\/node(?:-bin)?-(?:linux|darwin)-/.test(path),
  );

  test('has the same version on all platforms', async () => {
    const { version, optionalDependencies } = JSON.parse(
      await readFile(join(PROJECT, 'scripts/node/package.json'), 'utf8'),
    );

    expect(Object.keys(optionalDependencies)).toHaveLength(binaries.length);
    expect(new Set(Object.values(optionalDependencies))).toEqual(new Set([version]));
    expect(new Set(binaries.map(([, entry]) => entry.version))).toEqual(new Set([version]));
  });

  // If a package of another platform has the link node_modules/.bin/node, too, npm 10 removes this link.
  test('is installed in scripts/node, not in the folder of the project', () => {
    expect(binaries.map(([path]) => dirname(path))).toEqual(binaries.map(() => 'scripts/node/node_modules'));
  });

  test('runs these tests in the version of scripts/node', () => {
    expect(`v${packages['scripts/node']?.version}`).toBe(process.version);
  });
});

test('the package `emulate` comes from vercel-labs, and is not the older package with the same name', async () => {
  const { repository } = JSON.parse(
    await readFile(join(PROJECT, 'node_modules/emulate/package.json'), 'utf8'),
  );

  expect(repository.url).toContain('vercel-labs/emulate');
});
