import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readScreenshotsOptions } from '../../scripts/screenshots/read-screenshots-options.ts';
import { runsInChromium } from '../support/chromium.ts';
import { hasTools } from '../support/project-tools.ts';
import { runScript } from '../support/run-script.ts';

const PROJECT = join(import.meta.dirname, '../..');
const DOCUMENTS = ['README.md', 'docs/accounts.md', 'docs/failures.md'];
const SIZE_LIMIT_BYTES = 200_000;
const PNG = Buffer.from('\x89PNG', 'latin1');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'screenshots-'));
  return () => rm(folder, { recursive: true });
});

/** Returns the file names of the screenshots that the documents show. */
async function shownPictures(): Promise<string[]> {
  const texts = await Promise.all(DOCUMENTS.map((file) => readFile(join(PROJECT, file), 'utf8')));
  const names = texts.join('').matchAll(/images\/([\w-]+\.png)/g);
  return [...new Set(Array.from(names, ([, name = '']) => name))].sort();
}

test('npm run screenshots takes the screenshots of the documents, each below the size limit', async ({
  skip,
}) => {
  skip(!runsInChromium(), 'There is no Chromium on this machine.');
  skip(!hasTools('gmail_triage_inbox'), 'The project lacks the tool that is shown.');
  const { code, stderr } = await runScript('scripts/screenshots.ts', '--out', folder);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const taken = (await readdir(folder)).sort();
  expect(taken).toEqual(await shownPictures());
  expect(taken).toEqual((await readdir(join(PROJECT, 'docs/images'))).sort());
  for (const name of taken) {
    const picture = await readFile(join(folder, name));
    expect(picture.subarray(0, PNG.length)).toEqual(PNG);
    expect(picture.length).toBeLessThan(SIZE_LIMIT_BYTES);
  }
}, 120_000);

test('npm run screenshots prints its usage in one line', async () => {
  expect(await runScript('scripts/screenshots.ts', '--jpeg')).toMatchObject({
    code: 1,
    stderr: "Unknown option '--jpeg'. Usage: npm run screenshots -- [--out <folder>]\n",
  });
  expect(readScreenshotsOptions([]).out).toBe(join(process.cwd(), 'docs/images'));
});
