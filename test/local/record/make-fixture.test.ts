import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { defineConnector, defineTool, path } from '../../../lib/index.ts';
import { makeFixture, type Recording } from '../../../local/record/make-fixture.ts';
import { sourceWordsOf } from '../../../local/record/source-words.ts';
import type { Exchange, Json } from '../../../local/testing/fixture-schema.ts';

const words = sourceWordsOf('path`/v1/things` path`/v1/owners` ({ id, note, owner, count, nonce })');
const Thing = z.object({ id: z.string(), note: z.string(), owner: z.string() });

/** Creates a tool that reads several things, and then the owner of the last thing. */
const thingTool = (query: () => Record<string, string> = () => ({})) =>
  defineTool({
    connector: defineConnector({ name: 'acme' }),
    name: 'acme_get_things',
    effect: 'read',
    scopes: ['things'],
    description: 'Gives things.',
    input: {
      ids: z.array(z.string()).describe('Their IDs.'),
      count: z.int().max(10).optional().describe('How many.'),
    },
    output: { notes: z.array(z.string()), owner: z.string() },
    examples: [{ input: { ids: ['t1'], count: 2 }, output: { notes: ['A note'], owner: 'o1' } }],
    async run({ ids }, { api }) {
      const things = await Promise.all(
        ids.map((id) => api.get(path`/v1/things/${id}`, { query: query(), response: Thing })),
      );
      const owner = things.at(-1)?.body.owner ?? '';
      await api.get(path`/v1/owners/${owner}`, { response: z.object({ id: z.string() }) });
      return { notes: things.map(({ body }) => body.note), owner };
    },
  });

const got = (what: string, json: Json, status = 200): Exchange => ({
  request: { method: 'GET', path: `/v1/${what}`, query: [], body: null },
  answer: { status, headers: {}, body: { json } },
});

const recording = (change: Partial<Recording> = {}): Recording => ({
  tool: thingTool(),
  input: { ids: ['Zx81k', 'Qw22p', 'Hh43t'], count: 10 },
  exchanges: [
    // The requests arrived in another order than the IDs in the input.
    got('things/Qw22p', { id: 'Qw22p', note: 'Second', owner: '8812' }),
    got('things/Hh43t', { id: 'Hh43t', note: 'Third one', owner: '8813' }),
    got('things/Zx81k', { id: 'Zx81k', note: 'First, of Marta', owner: '8811' }),
    got('owners/8812', { id: '8812', 'marta@tidewheel.example': 'Marta' }),
  ],
  codes: [null],
  ...change,
});

test('the tool gets each recorded response, with made-up values, for the same request as in the recording', async () => {
  const { calls, exchanges } = await makeFixture(recording(), words);

  expect(calls).toEqual([
    {
      // The made-up count would be 13, which the contract does not allow. The fixture has the count of the contract's
      // example.
      input: { ids: ['aaaac', 'aaaae'], count: 2 },
      result: { output: { notes: ['aaaae yucca mos', 'Aaaaac'], owner: '1113' } },
    },
  ]);
  expect(exchanges.map(({ request }) => request.path).sort()).toEqual([
    '/v1/owners/1113',
    '/v1/things/aaaac',
    '/v1/things/aaaae',
  ]);
});

test('the fixture contains the code of an error', async () => {
  const input = { ids: ['Zx81k'] };
  const exchanges = [got('things/Zx81k', { note: 'Marta has no such thing' }, 404)];

  const { calls } = await makeFixture(recording({ input, exchanges, codes: ['not_found'] }), words);

  expect(calls).toEqual([{ input: { ids: ['aaaac'] }, result: { error: 'not_found' } }]);
});

describe('no fixture is made', () => {
  test.each<[string, Partial<Recording>, string]>([
    [
      'if the call sends no request',
      { exchanges: [] },
      'There was no request to the provider. No fixture was written.',
    ],
    [
      'if the tool needs a value that was replaced',
      { input: { ids: ['x'] }, exchanges: [got('things/x', { id: 'x' })] },
      'invalid_provider_response instead of an output',
    ],
    [
      'if the tool sends a random value',
      { tool: thingTool(() => ({ nonce: crypto.randomUUID() })) },
      'A second run sends different requests. No fixture was written. GET /v1/things/aaaac was requested',
    ],
  ])('%s', async (_, change, message) => {
    await expect(makeFixture(recording(change), words)).rejects.toThrow(message);
  });
});
