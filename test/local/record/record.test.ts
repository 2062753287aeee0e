import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { tool as listFilters } from '../../../functions/gmail/list-filters.ts';
import { tool as listUnread } from '../../../functions/gmail/list-unread.ts';
import { tool as sendMessage } from '../../../functions/slack/send-message.ts';
import { fixtureSchema } from '../../../local/record/fixture-schema.ts';
import { replayFixture } from '../../../local/testing/replay-fixture.ts';
import { runScript } from '../../support/run-script.ts';

const Messages = z.object({ messages: z.array(z.object({ id: z.string(), threadId: z.string() })) });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fixtures-'));
});
afterEach(() => rm(folder, { recursive: true }));

const record = (tool: string, input: object, ...options: string[]) =>
  runScript(
    'local/invoke.ts',
    ...[tool, '--as', 'user_ada', '--record', 'kept', '--out', folder, ...options, JSON.stringify(input)],
  );

async function readFixture(path: string) {
  const text = await readFile(join(folder, path), 'utf8');
  return { text, fixture: fixtureSchema.parse(JSON.parse(text)) };
}

/** The outputs that were printed, as the caller got them. */
const printed = (stdout: string): unknown[] =>
  [...stdout.matchAll(/^Its body\n(.*?)\n\nTime$/gms)].map(([, json = '']) => JSON.parse(json));

/** Which values are equal to which: what scrubbing keeps of IDs. */
const equalities = (values: string[]) => values.map((value) => values.indexOf(value));

test('a list is kept with all its pages, and replayed', async () => {
  const { code, stdout } = await record('gmail_list_unread', { max_results: 5 }, '--all-pages');

  const { text, fixture } = await readFixture('gmail/fixtures/list-unread.kept.json');
  const given = z.array(Messages).parse(printed(stdout));
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
    pages.flatMap(({ messages }) => messages.flatMap(({ id, threadId }) => [id, threadId]));
  expect(given.flatMap(({ messages }) => messages)).toHaveLength(14);
  expect(equalities(idsOf(replayed))).toEqual(equalities(idsOf(given)));
  for (const id of idsOf(given)) expect(text).not.toContain(id);
  expect(stdout).toMatch(/^\d+ × ID: exchanges\[0\]\.answer\.body\.json\.messages\[0\]\.id, /m);
  expect(stdout.split('\nReplaced\n')[1]).not.toMatch(/19e5a1c0ada|user_ada/);
});

test('a write is kept with its input and its answer, and replayed', async () => {
  const words = 'Marta from Tidewheel wants forty wheelsets; write to marta@tidewheel.example';

  const { code, stdout } = await record('slack_send_message', { channel: 'sales', text: words });

  const { text, fixture } = await readFixture('slack/fixtures/send-message.kept.json');
  const [sent] = z.array(z.object({ ts: z.string(), channel: z.string() })).parse(printed(stdout));
  expect(code).toBe(0);
  expect(text).not.toMatch(/Marta|Tidewheel|wheelsets|sales|user_ada|xoxp|Bearer|authorization/i);
  expect(text).not.toContain(sent?.ts);
  expect(text).not.toContain(sent?.channel);
  const [call] = fixture.calls;
  const replay = await replayFixture(fixture);
  expect({ output: await replay.run(sendMessage, call?.input) }).toEqual(call?.result);
  await replay.close();
});

test('a provider answer with addresses gives the output with the same ones', async () => {
  const { stdout } = await record('gmail_list_filters', {});

  const { fixture, text } = await readFixture('gmail/fixtures/list-filters.kept.json');
  expect(text).not.toMatch(/boltchain|northport|luckywheel|Suppliers|Label_invoices/i);
  expect(printed(stdout)).toMatchObject([
    { filters: [{ criteria: 'from:(orders@boltchain.example)' }, {}, {}] },
  ]);
  const replay = await replayFixture(fixture);
  const { filters } = await replay.run(listFilters);
  await replay.close();
  expect(filters.map(({ criteria }) => criteria)).toEqual([
    'from:(person1@example.com)',
    'from:(person2@example.com)',
    'from:(person3@example.com)',
  ]);
  expect(filters[2]?.actions).toEqual(['archive', 'delete']);
});

test('an error is kept by its code', async () => {
  const { code } = await record('slack_send_message', { channel: 'no-such-channel', text: 'Hello' });

  const { fixture } = await readFixture('slack/fixtures/send-message.kept.json');
  expect(code).toBe(0);
  expect(fixture.calls.map(({ result }) => result)).toEqual([{ error: 'not_found' }]);
});

test('a secret leaves no file, and is not told', async () => {
  const secret = `xoxb${'-1234567890-abcdef'}`;

  const { code, stderr } = await record('slack_send_message', { channel: 'sales', text: `Use ${secret}` });

  expect(code).toBe(1);
  expect(stderr).toContain('The recording is not written. Found:\n  Slack token at calls[0].input.text\n');
  expect(stderr).not.toContain(secret);
  expect(await readdir(folder)).toEqual([]);
});

test('a call that reaches no provider leaves no file', async () => {
  const { code, stderr } = await record('gmail_list_unread', { max_results: 0 });

  expect(code).toBe(1);
  expect(stderr).toContain('no request to the provider at exchanges');
  expect(await readdir(folder)).toEqual([]);
});

test('a fixture is not overwritten, and nothing is called', async () => {
  await record('gmail_list_unread', { max_results: 1 });
  const file = join(folder, 'gmail/fixtures/list-unread.kept.json');
  await writeFile(file, 'mine');

  const { code, stdout, stderr } = await record('gmail_list_unread', { max_results: 1 });

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`There is ${file} already`);
  expect(await readFile(file, 'utf8')).toBe('mine');
});

test('what is no list has no pages', async () => {
  const { code, stderr } = await record(
    'slack_send_message',
    { channel: 'sales', text: 'Hi' },
    '--all-pages',
  );

  expect(code).toBe(1);
  expect(stderr).toContain('slack_send_message is no list');
});
