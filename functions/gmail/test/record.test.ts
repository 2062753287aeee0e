import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { replayFixture } from '../../../local/testing/replay-fixture.ts';
import { printedOutputs, startRecordings } from '../../../test/support/recordings.ts';
import { tool as listFilters } from '../list-filters.ts';
import { tool as listUnread } from '../list-unread.ts';

const Messages = z.object({ messages: z.array(z.object({ id: z.string(), thread_id: z.string() })) });

let recordings: Awaited<ReturnType<typeof startRecordings>>;
beforeEach(async () => {
  recordings = await startRecordings();
  return () => recordings.remove();
});

/** Which values are equal to which: what scrubbing keeps of IDs. */
const equalities = (values: string[]) => values.map((value) => values.indexOf(value));

test('a list is kept with all its pages, and replayed', async () => {
  const { code, stdout } = await recordings.record('gmail_list_unread', { max_results: 5 }, '--all-pages');

  const { text, fixture } = await recordings.readFixture('gmail/test/fixtures/list-unread.kept.json');
  const given = z.array(Messages).parse(printedOutputs(stdout));
  expect(code).toBe(0);
  expect(fixture.calls.map(({ input }) => input)).toEqual([
    { max_results: 5 },
    { max_results: 5, cursor: 'cursor-1' },
    { max_results: 5, cursor: 'cursor-2' },
  ]);
  expect(fixture.exchanges).toHaveLength(3);
  const replay = await replayFixture(fixture);
  const replayed = [];
  for (const { input } of fixture.calls) replayed.push(await replay.run(listUnread, input));
  await replay.close();
  expect(replayed).toEqual(fixture.calls.map(({ result }) => ('output' in result ? result.output : result)));
  const idsOf = (pages: z.output<typeof Messages>[]) =>
    pages.flatMap(({ messages }) => messages.flatMap(({ id, thread_id }) => [id, thread_id]));
  expect(given.flatMap(({ messages }) => messages)).toHaveLength(14);
  expect(equalities(idsOf(replayed))).toEqual(equalities(idsOf(given)));
  for (const id of idsOf(given)) expect(text).not.toContain(id);
  expect(stdout).toMatch(/^\d+ × ID: exchanges\[0\]\.answer\.body\.json\.messages\[0\]\.id, /m);
  expect(stdout.split('\nReplaced\n')[1]).not.toMatch(/19e5a1c0ada|user_ada/);
});

test('a provider answer with addresses gives the output with the same ones', async () => {
  const { stdout } = await recordings.record('gmail_list_filters', {});

  const { fixture, text } = await recordings.readFixture('gmail/test/fixtures/list-filters.kept.json');
  expect(text).not.toMatch(/boltchain|northport|luckywheel|Suppliers|Label_invoices/i);
  expect(printedOutputs(stdout)).toMatchObject([
    { filters: [{ criteria: 'from:(orders@boltchain.example)' }, {}, {}, {}] },
  ]);
  const replay = await replayFixture(fixture);
  const { filters } = await replay.run(listFilters);
  await replay.close();
  expect(filters.map(({ criteria }) => criteria)).toEqual([
    'from:(person1@example.com)',
    'from:(person2@example.com)',
    'from:(person3@example.com)',
    'from:(person4@example.com)',
  ]);
  expect(filters[2]?.actions).toEqual(['archive', 'delete']);
});

test('a call that reaches no provider leaves no file', async () => {
  const { code, stderr } = await recordings.record('gmail_list_unread', { max_results: 0 });

  expect(code).toBe(1);
  expect(stderr).toContain('no request to the provider at exchanges');
  expect(await readdir(recordings.folder)).toEqual([]);
});

test('a fixture is not overwritten, and nothing is called', async () => {
  await recordings.record('gmail_list_unread', { max_results: 1 });
  const file = join(recordings.folder, 'gmail/test/fixtures/list-unread.kept.json');
  await writeFile(file, 'mine');

  const { code, stdout, stderr } = await recordings.record('gmail_list_unread', { max_results: 1 });

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`There is ${file} already`);
  expect(await readFile(file, 'utf8')).toBe('mine');
});
