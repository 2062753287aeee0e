import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FileWatch, watchFiles } from '../../../local/reload/watch-files.ts';

let folder: string;
let watch: FileWatch;
let reports: string[][];
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'watch-')));
  await mkdir(join(folder, 'gmail/test'), { recursive: true });
  reports = [];
  watch = watchFiles([folder], async (files) => {
    reports.push(files.map((file) => file.slice(folder.length + 1)).toSorted());
  });
});
afterEach(async () => {
  await watch.close();
  await rm(folder, { recursive: true });
});

// A watcher misses files in new folders only sometimes, so the test repeats this many times.
test('changes within a short time are reported together, even in new folders', async () => {
  for (let number = 0; number < 20; number += 1) {
    const files = [`new${number}/b.ts`, `new${number}/local/provider.ts`, 'gmail/a.ts'].toSorted();
    await mkdir(join(folder, `new${number}/local`), { recursive: true });
    for (const file of files) await writeFile(join(folder, file), '');
    await vi.waitFor(() => expect(reports.flat()).toEqual(expect.arrayContaining(files)));
    reports.length = 0;

    for (const file of files) await writeFile(join(folder, file), '1');
    await vi.waitFor(() => expect(reports.flat()).toEqual(expect.arrayContaining(files)));
    reports.length = 0;
  }
});

/** Waits for the next report and returns its files. */
async function toldOf(act: () => Promise<unknown>): Promise<string[]> {
  const before = reports.length;
  await act();
  await vi.waitFor(() => expect(reports.length).toBeGreaterThan(before));
  return reports.slice(before).flat();
}

test('a file that an editor replaced and a deleted file are reported', async () => {
  const file = join(folder, 'gmail/a.ts');
  expect(await toldOf(() => writeFile(file, '1'))).toContain('gmail/a.ts');
  await writeFile(`${file}~`, '2');
  expect(await toldOf(() => rename(`${file}~`, file))).toContain('gmail/a.ts');
  await writeFile(`${file}~`, '3');
  expect(await toldOf(() => rename(`${file}~`, file))).toContain('gmail/a.ts');
  expect(await toldOf(() => writeFile(file, '4'))).toContain('gmail/a.ts');
  expect(await toldOf(() => rm(file))).toContain('gmail/a.ts');
});

test('the files of a deleted folder are reported', async () => {
  await toldOf(() => writeFile(join(folder, 'gmail/a.ts'), '1'));
  expect(await toldOf(() => rm(join(folder, 'gmail'), { recursive: true }))).toContain('gmail/a.ts');
});

test('tests and files that are not TypeScript are ignored', async () => {
  await writeFile(join(folder, 'gmail/test/a.test.ts'), '');
  await writeFile(join(folder, 'gmail/notes.md'), '');
  await writeFile(join(folder, 'gmail/last.ts'), '');

  await vi.waitFor(() => expect(reports.flat()).toContain('gmail/last.ts'));
  expect(reports.flat()).toEqual(['gmail/last.ts']);
});

test('the error of a listener is printed, and the next change is reported', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const seen: string[] = [];
  const failing = watchFiles([folder], async (files) => {
    seen.push(...files);
    if (seen.length === 1) throw new Error('of the first change');
  });
  try {
    await writeFile(join(folder, 'gmail/first.ts'), '');
    await vi.waitFor(() => expect(seen).toContain(join(folder, 'gmail/first.ts')));
    await writeFile(join(folder, 'gmail/second.ts'), '');
    await vi.waitFor(() => expect(seen).toContain(join(folder, 'gmail/second.ts')));
    expect(printed).toHaveBeenCalledWith(expect.any(String), new Error('of the first change'));
  } finally {
    printed.mockRestore();
    await failing.close();
  }
});
