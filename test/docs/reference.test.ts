import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as esbuild from '../../lib/esbuild-plugin.ts';
import * as core from '../../lib/index.ts';
import * as lambda from '../../lib/lambda.ts';
import * as schemas from '../../lib/schemas.ts';
import * as testing from '../../local/testing.ts';

const text = await readFile(join(import.meta.dirname, '../../docs/reference.md'), 'utf8');

test('docs/reference.md names every export of the package', () => {
  const names = [core, lambda, schemas, esbuild, testing].flatMap((module) => Object.keys(module));
  const missing = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
  expect(missing).toEqual([]);
});

test('docs/reference.md lists each error code with its HTTP status', () => {
  const rows = Object.entries(core.ERROR_CODES).map(
    ([code, { status, retryable }]) => `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} |`,
  );
  expect(text).toContain(rows.join('\n'));
});
