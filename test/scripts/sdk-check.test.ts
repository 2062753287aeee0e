import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeResults, isSame } from '../../scripts/sdk-check/describe-results.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** Runs the script with a folder of its own for temporary files. */
function checkSdk(...options: string[]) {
  const temporary = mkdtempSync(join(tmpdir(), 'sdk-check-test-'));
  onTestFinished(() => rmSync(temporary, { recursive: true }));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/sdk-check.ts', ...options], {
    cwd: PROJECT,
    env: { ...process.env, TMPDIR: temporary },
    encoding: 'utf8',
  });
  // Node and npm keep caches there.
  const left = readdirSync(temporary).filter((name) => name.startsWith('sdk-check-'));
  return { status, stdout, stderr, left };
}

const same = { name: 'a GET through the proxy', failure: undefined };

test.each([
  ['no version', []],
  ['two versions', ['2.10.0', '2.11.0']],
  ['an unknown option', ['2.10.0', '--fast']],
])('with %s it says how it is used', (_, options) => {
  expect(checkSdk(...options)).toEqual({
    status: 2,
    stdout: '',
    stderr: 'Usage: npm run sdk:check -- <version, range, tag or tarball> [--keep]\n',
    left: [],
  });
});

test('what npm cannot install is one line, and nothing is left behind', () => {
  const { status, stderr, left } = checkSdk('./missing.tgz');

  expect(status).toBe(2);
  expect(stderr).toMatch(/^npm cannot install @scalekit-sdk\/node@file:\S+missing\.tgz: .+\n$/);
  expect(left).toEqual([]);
});

test('names each comparison, each other test that fails, and a reason that they share once', () => {
  const different = { name: 'a POST with JSON through the proxy', failure: 'Error: not exported' };
  const results = {
    comparisons: [same, different, { ...different, name: 'a DELETE through the proxy' }],
    others: [same, { name: 'requests.test.ts: the whole file', failure: 'Error: not exported' }],
  };

  expect(isSame(results)).toBe(false);
  expect(describeResults(results).split('\n')).toEqual([
    'same     a GET through the proxy',
    'DIFFERS  a POST with JSON through the proxy',
    '         Error: not exported',
    'DIFFERS  a DELETE through the proxy',
    '',
    '1 of the 2 tests against the emulated Scalekit pass; these do not:',
    'FAILS    requests.test.ts: the whole file',
    '         Error: not exported',
  ]);
});

test('says so where all is the same', () => {
  const results = { comparisons: [same], others: [same] };

  expect(isSame(results)).toBe(true);
  expect(describeResults(results)).toBe(
    'same     a GET through the proxy\n\n1 of the 1 tests against the emulated Scalekit pass.',
  );
});
