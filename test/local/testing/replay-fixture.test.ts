import { afterEach, describe, expect, test } from 'vitest';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import type { Exchange, Fixture } from '../../../local/testing/fixture-schema.ts';
import { type Replay, ReplayError, replayFixture } from '../../../local/testing/replay-fixture.ts';
import { listNotes, sendNote } from '../../support/globex.ts';

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
      path: '/api/notes',
      // The order of these parameters differs from the tool's request.
      query: [...(token ? [['after', token] as const] : []), ['limit', '2'], ['kind', 'new']].map(
        ([name = '', value = '']): [string, string] => [name, value],
      ),
      body: null,
    },
    answer: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: {
        json: { notes: ids.map((id) => ({ id, thread: id })), ...(next && { next }) },
      },
    },
  };
}

function posted(text: string, id: string): Exchange {
  return {
    request: {
      method: 'POST',
      path: '/api/notes.send',
      query: [],
      body: { json: { text, room: 'R1' } },
    },
    answer: { status: 200, headers: {}, body: { json: { ok: true, id, room: 'R1' } } },
  };
}

const idsOf = ({ notes }: { notes: { id: string }[] }) => notes.map(({ id }) => id);

test('replayFixture replays every page of a list, and replaces the cursors with fixed names', async () => {
  await start('globex', [page(['a', 'b'], undefined, 't2'), page(['c', 'd'], 't2', 't3'), page(['e'], 't3')]);

  const first = await replay.run(listNotes, { max_results: 2 });
  const second = await replay.run(listNotes, { max_results: 2, cursor: first.next_cursor });
  const third = await replay.run(listNotes, { max_results: 2, cursor: second.next_cursor });

  expect([first, second, third].map(idsOf)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect([first, second, third].map(({ next_cursor }) => next_cursor)).toEqual([
    'cursor-1',
    'cursor-2',
    null,
  ]);
  await close();
});

test('replayFixture replays the responses to equal requests in the recorded order', async () => {
  await start('globex', [posted('Hello', '1.1'), posted('Hello', '1.2')]);

  const sent = [];
  for (let count = 0; count < 2; count += 1)
    sent.push(await replay.run(sendNote, { room: 'R1', text: 'Hello' }));

  expect(sent.map(({ id }) => id)).toEqual(['1.1', '1.2']);
  await close();
});

test("replayFixture throws the tool's error if the recorded response is an error", async () => {
  const refused = posted('Hello', '1.1');
  refused.answer.body = { json: { ok: false, error: 'room_not_found' } };
  await start('globex', [refused]);

  await expect(replay.run(sendNote, { room: 'R1', text: 'Hello' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await close();
});

describe('a request that was not recorded', () => {
  test.each([
    ['another body', { room: 'R1', text: 'Bye' }],
    ['an extra key', { room: 'R1', text: 'Hello', reply_to: '1.1' }],
  ])('makes the call fail, and is reported: %s', async (_, input) => {
    await start('globex', [posted('Hello', '1.1')]);

    await expect(replay.run(sendNote, input)).rejects.toThrow(ToolError);

    expect(() => replay.assertComplete()).toThrow('POST /api/notes.send was requested, but not recorded');
    await expect(close()).rejects.toThrow(ReplayError);
  });

  test('makes the call fail, and is reported: another query', async () => {
    await start('globex', [page(['a'])]);

    await expect(replay.run(listNotes, { max_results: 3 })).rejects.toThrow(ToolError);

    expect(() => replay.assertComplete()).toThrow('GET /api/notes was requested, but');
  });

  test('makes the call fail, and is reported: a request that is sent more often than it was recorded', async () => {
    await start('globex', [posted('Hello', '1.1')]);
    await replay.run(sendNote, { room: 'R1', text: 'Hello' });
    replay.assertComplete();

    await expect(replay.run(sendNote, { room: 'R1', text: 'Hello' })).rejects.toThrow(ToolError);

    await expect(close()).rejects.toThrow('POST /api/notes.send was requested, but not recorded');
  });
});

test('recorded requests that were not sent are reported', async () => {
  await start('globex', [page(['a', 'b'], undefined, 't2'), page(['c'], 't2')]);
  await replay.run(listNotes, { max_results: 2 });

  expect(() => replay.assertComplete()).toThrow(/^GET \/api\/notes was recorded, but not requested\.$/);
  await expect(close()).rejects.toThrow(ReplayError);
});
