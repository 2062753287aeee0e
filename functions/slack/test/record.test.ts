import { readdir } from 'node:fs/promises';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { replayFixture } from '../../../local/testing/replay-fixture.ts';
import { printedOutputs, startRecordings } from '../../../test/support/recordings.ts';
import { tool as sendMessage } from '../send-message.ts';

let recordings: Awaited<ReturnType<typeof startRecordings>>;
beforeEach(async () => {
  recordings = await startRecordings();
  return () => recordings.remove();
});

test('a write is kept with its input and its answer, and replayed', async () => {
  const words = 'Marta from Tidewheel wants forty wheelsets; write to marta@tidewheel.example';

  const { code, stdout } = await recordings.record('slack_send_message', { channel: 'sales', text: words });

  const { text, fixture } = await recordings.readFixture('slack/test/fixtures/send-message.kept.json');
  const [sent] = z.array(z.object({ ts: z.string(), channel: z.string() })).parse(printedOutputs(stdout));
  expect(code).toBe(0);
  expect(text).not.toMatch(/Marta|Tidewheel|wheelsets|sales|user_ada|xoxp|Bearer|authorization/i);
  expect(text).not.toContain(sent?.ts);
  expect(text).not.toContain(sent?.channel);
  const [call] = fixture.calls;
  const replay = await replayFixture(fixture);
  expect({ output: await replay.run(sendMessage, call?.input) }).toEqual(call?.result);
  await replay.close();
});

test('an error is kept by its code', async () => {
  const { code } = await recordings.record('slack_send_message', {
    channel: 'no-such-channel',
    text: 'Hello',
  });

  const { fixture } = await recordings.readFixture('slack/test/fixtures/send-message.kept.json');
  expect(code).toBe(0);
  expect(fixture.calls.map(({ result }) => result)).toEqual([{ error: 'not_found' }]);
});

test('a secret leaves no file, and is not told', async () => {
  const secret = `xoxb${'-1234567890-abcdef'}`;

  const { code, stderr } = await recordings.record('slack_send_message', {
    channel: 'sales',
    text: `Use ${secret}`,
  });

  expect(code).toBe(1);
  expect(stderr).toContain('The recording is not written. Found:\n  Slack token at calls[0].input.text\n');
  expect(stderr).not.toContain(secret);
  expect(await readdir(recordings.folder)).toEqual([]);
});

test('what is no list has no pages', async () => {
  const { code, stderr } = await recordings.record(
    'slack_send_message',
    { channel: 'sales', text: 'Hi' },
    '--all-pages',
  );

  expect(code).toBe(1);
  expect(stderr).toContain('slack_send_message is no list');
});
