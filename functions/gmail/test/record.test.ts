import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { printedOutputs, startRecordings } from '../../../test/support/recordings.ts';

const Messages = z.object({ messages: z.array(z.object({ id: z.string(), thread_id: z.string() })) });

let recordings: Awaited<ReturnType<typeof startRecordings>>;
beforeEach(async () => {
  recordings = await startRecordings();
  return () => recordings.remove();
});

test('npm run invoke records all pages of a list', async () => {
  const { code, stdout } = await recordings.record('gmail_list_unread', { max_results: 5 }, '--all-pages');

  const { text, fixture } = await recordings.readFixture('gmail/test/fixtures/list-unread.kept.json');
  const given = z.array(Messages).parse(printedOutputs(stdout));
  expect(code).toBe(0);
  expect(fixture.calls.map(({ input: { cursor } }) => cursor)).toEqual([undefined, 'cursor-1', 'cursor-2']);
  expect(fixture.exchanges).toHaveLength(3);
  const ids = given.flatMap(({ messages }) => messages.flatMap(({ id, thread_id }) => [id, thread_id]));
  expect(ids).toHaveLength(28);
  for (const id of ids) expect(text).not.toContain(id);
});

test('npm run invoke records nothing if no provider is called', async () => {
  const { code, stderr } = await recordings.record('gmail_list_unread', { max_results: 0 });

  expect(code).toBe(1);
  expect(stderr).toContain('There was no request to the provider');
  expect(await readdir(recordings.folder)).toEqual([]);
});

test('npm run invoke does not overwrite a fixture, and sends nothing', async () => {
  await recordings.record('gmail_list_unread', { max_results: 1 });
  const file = join(recordings.folder, 'gmail/test/fixtures/list-unread.kept.json');
  await writeFile(file, 'mine');

  const { code, stdout, stderr } = await recordings.record('gmail_list_unread', { max_results: 1 });

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`${file} already exists`);
  expect(await readFile(file, 'utf8')).toBe('mine');
});
