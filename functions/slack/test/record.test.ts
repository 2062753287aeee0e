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

test('npm run invoke records a write without its texts and IDs, and replays the recording', async () => {
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

test('npm run invoke records only the code of an error', async () => {
  const { code } = await recordings.record('slack_send_message', {
    channel: 'no-such-channel',
    text: 'Hello',
  });

  const { fixture } = await recordings.readFixture('slack/test/fixtures/send-message.kept.json');
  expect(code).toBe(0);
  expect(fixture.calls.map(({ result }) => result)).toEqual([{ error: 'not_found' }]);
});

test('npm run invoke rejects --all-pages for a tool without a list', async () => {
  const { code, stderr } = await recordings.record(
    'slack_send_message',
    { channel: 'sales', text: 'Hi' },
    '--all-pages',
  );

  expect(code).toBe(1);
  expect(stderr).toContain('--all-pages is only for lists');
});
