import { afterEach, describe, expect, test } from 'vitest';
import { tool as listUnread } from '../../../functions/gmail/list-unread.ts';
import { tool as sendMessage } from '../../../functions/slack/send-message.ts';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import type { Exchange, Fixture } from '../../../local/record/fixture-schema.ts';
import { type Replay, ReplayError, replayFixture } from '../../../local/testing/replay-fixture.ts';

let replay: Replay;
let isClosed = false;
async function start(connector: string, exchanges: Exchange[]) {
  const fixture: Fixture = { tool: 'any', connector, calls: [], exchanges };
  replay = await replayFixture(fixture);
  isClosed = false;
}
const close = () => {
  isClosed = true;
  return replay.close();
};
afterEach(async () => {
  if (!isClosed) await close().catch(() => undefined);
});

function page(ids: string[], token?: string, next?: string): Exchange {
  return {
    request: {
      method: 'GET',
      path: '/gmail/v1/users/me/messages',
      // Neither in the order in which the tool asks.
      query: [...(token ? [['pageToken', token] as const] : []), ['maxResults', '2'], ['q', 'is:unread']].map(
        ([name = '', value = '']): [string, string] => [name, value],
      ),
      body: null,
    },
    answer: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: {
        json: { messages: ids.map((id) => ({ id, threadId: id })), ...(next && { nextPageToken: next }) },
      },
    },
  };
}

function posted(text: string, ts: string): Exchange {
  return {
    request: {
      method: 'POST',
      path: '/api/chat.postMessage',
      query: [],
      body: { json: { text, channel: 'C1' } },
    },
    answer: { status: 200, headers: {}, body: { json: { ok: true, ts, channel: 'C1' } } },
  };
}

const idsOf = ({ messages }: { messages: { id: string }[] }) => messages.map(({ id }) => id);

test('every page is replayed, by the names of the cursors', async () => {
  await start('gmail', [page(['a', 'b'], undefined, 't2'), page(['c', 'd'], 't2', 't3'), page(['e'], 't3')]);

  const first = await replay.run(listUnread, { max_results: 2 });
  const second = await replay.run(listUnread, { max_results: 2, cursor: first.next_cursor });
  const third = await replay.run(listUnread, { max_results: 2, cursor: second.next_cursor });

  expect([first, second, third].map(idsOf)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect([first, second, third].map(({ next_cursor }) => next_cursor)).toEqual([
    'cursor-1',
    'cursor-2',
    null,
  ]);
  await close();
});

test('equal requests get their answers in the order of the recording', async () => {
  await start('slack', [posted('Hello', '1.1'), posted('Hello', '1.2')]);

  const sent = [];
  for (let count = 0; count < 2; count += 1)
    sent.push(await replay.run(sendMessage, { channel: 'C1', text: 'Hello' }));

  expect(sent.map(({ ts }) => ts)).toEqual(['1.1', '1.2']);
  await close();
});

test('an error of the provider is the error of the tool', async () => {
  const refused = posted('Hello', '1.1');
  refused.answer.body = { json: { ok: false, error: 'channel_not_found' } };
  await start('slack', [refused]);

  await expect(replay.run(sendMessage, { channel: 'C1', text: 'Hello' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await close();
});

describe('a request that was not recorded', () => {
  test.each([
    ['another body', { channel: 'C1', text: 'Bye' }],
    ['one key more', { channel: 'C1', text: 'Hello', thread_ts: '1.1' }],
  ])('with %s fails the call, and is named', async (_, input) => {
    await start('slack', [posted('Hello', '1.1')]);

    await expect(replay.run(sendMessage, input)).rejects.toThrow(ToolError);

    expect(() => replay.assertComplete()).toThrow(
      'POST /api/chat.postMessage was asked for, but not recorded',
    );
    await expect(close()).rejects.toThrow(ReplayError);
  });

  test('with another query fails the call, and is named', async () => {
    await start('gmail', [page(['a'])]);

    await expect(replay.run(listUnread, { max_results: 3 })).rejects.toThrow(ToolError);

    expect(() => replay.assertComplete()).toThrow('GET /gmail/v1/users/me/messages was asked for, but');
  });

  test('is one that comes more often than it was recorded', async () => {
    await start('slack', [posted('Hello', '1.1')]);
    await replay.run(sendMessage, { channel: 'C1', text: 'Hello' });
    replay.assertComplete();

    await expect(replay.run(sendMessage, { channel: 'C1', text: 'Hello' })).rejects.toThrow(ToolError);

    await expect(close()).rejects.toThrow('POST /api/chat.postMessage was asked for, but not recorded');
  });
});

test('a recorded answer that nobody asked for is named', async () => {
  await start('gmail', [page(['a', 'b'], undefined, 't2'), page(['c'], 't2')]);
  await replay.run(listUnread, { max_results: 2 });

  expect(() => replay.assertComplete()).toThrow(
    /^GET \/gmail\/v1\/users\/me\/messages was recorded, but not asked for\.$/,
  );
  await expect(close()).rejects.toThrow(ReplayError);
});
